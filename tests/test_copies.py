"""Near-copies of one story are one group with one speaker; what only looks alike is not."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from ingest.copies import near_copies, shared, sketch, speaker
from ingest.read import read_text

DAY = date(2025, 8, 4)
SUBJECTS = "시장은 위원회는 상인들은 연구소는 주민들은 교육청은 조합은 박물관은 합창단은".split()
OBJECTS = (
    "새 도로를 낡은 창고를 겨울 축제를 배수 펌프를 골목 조명을 어린이 도서관을 빈 점포를".split()
)
DEEDS = "고친다고 밝혔다 늘리기로 했다 미루자고 말했다 반대한다 검토하고 있다 내년에 연다".split()


def story(seed: int, count: int = 20) -> list[str]:
    draw = random.Random(seed)
    return [
        f"{draw.choice(SUBJECTS)} {draw.randint(2, 999)}곳의 {draw.choice(OBJECTS)} "
        f"{draw.choice(OBJECTS)} {draw.choice(DEEDS)}."
        for _ in range(count)
    ]


def article(name: str, sentences: list[str], publisher: str | None = None, day: date | None = DAY):
    made = read_text(f"{name} 제목\n\n{' '.join(sentences)}", name, name)
    return replace(made, id=name, publisher=publisher, published=day)


def groups(*articles) -> dict[str, str]:
    return near_copies(articles)


def test_a_copy_a_cut_and_a_reworded_copy_are_one_group():
    whole = story(1)
    reworded = [line.replace("밝혔다", "전했다").replace("했다", "하였다") for line in whole]
    found = groups(
        article("whole", whole, "새벽일보"),
        article("cut", whole[:9], "저녁일보"),
        article("reworded", ["한 통신이 전한 소식이다.", *reworded], "강변신문"),
        article("other", story(2), "저녁일보"),
    )
    assert found == dict.fromkeys(["whole", "cut", "reworded"], found["whole"])
    assert found["whole"] in ("whole", "reworded")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("새벽일보", DAY), ("새벽일보", DAY)),
        (("새벽일보", DAY), ("저녁일보", date(2025, 8, 20))),
    ],
    ids=["one publisher", "weeks apart"],
)
def test_a_series_is_no_group_of_copies(first, second):
    assert groups(article("one", story(1), *first), article("two", story(1), *second)) == {}


def test_a_follow_up_that_repeats_some_background_is_its_own_story():
    background = story(1, 6)
    assert not groups(
        article("one", [*story(2, 14), *background], "새벽일보"),
        article("two", [*story(3, 14), *background], "저녁일보"),
    )


def test_an_unknown_publisher_or_date_forbids_nothing():
    assert groups(article("one", story(1)), article("two", story(1), day=None)) == {
        "one": "one",
        "two": "one",
    }


def test_the_fullest_speaks_and_among_equals_the_earliest():
    whole = story(1)
    late, early = article("a", whole, "가", date(2025, 8, 5)), article("b", whole, "나", DAY)
    short = article("c", whole[:12], "다", date(2025, 8, 3))
    unknown = article("d", whole, "라", None)
    assert speaker([late, early, short, unknown]) is early
    assert speaker([unknown, late]) is late


def test_no_article_and_tiny_articles_have_no_copies():
    assert groups() == {}
    assert groups(article("one", ["짧다."], "가"), article("two", ["짧다."], "나")) == {}


def test_what_is_shared_is_measured_on_letters_only():
    text = " ".join(story(1))
    spaced = text.replace(" ", "\n\n").replace(".", " . ")
    assert shared(sketch(text), sketch(spaced)) == 1.0
    assert shared(sketch(text), sketch(" ".join(story(2)))) < 0.2


def test_groups_do_not_depend_on_the_order():
    articles = [article(f"n{n}", story(n // 3), f"신문{n}") for n in range(12)]
    shuffled = random.Random(3).sample(articles, len(articles))
    assert near_copies(articles) == near_copies(shuffled)
    assert len(set(near_copies(articles).values())) == 4
