"""Names are found in a text, compared across scripts and repaired, and never inside other words."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import lexicon
from assistant.lexicon_files import listed, rows
from assistant.lexicon_fuzzy import edit_distance
from assistant.lexicon_names import name_key
from assistant.lexicon_sounds import read_letters

PAIRS = Path(__file__).parent / "transliterations.tsv"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("네이버는 SKT와 손잡았다", ["네이버", "SK텔레콤"]),
        ("lg ai연구원모델이름", ["LG AI연구원"]),
        ("엘지ai연구원이 만든", ["LG AI연구원"]),
        ("sk 텔레콤 주가", ["SK텔레콤"]),
        ("에스케이텔레콤과 케이티", ["SK텔레콤", "KT"]),
        ("네이버 클라우드 컨소시엄", ["네이버클라우드"]),
        ("Naver Cloud, not NAVER", ["네이버클라우드", "네이버"]),
        ("KTX를 탔다", []),
        ("SK몰라컴퍼니", []),
        ("메타버스와 애플리케이션", []),
        ("Who told us? I met a man.", []),
        ("The WHO told the US.", ["세계보건기구", "미국"]),
        ("open ai의 챗 GPT", ["오픈AI", "챗GPT"]),
        ("K-EXAONE은 EXAONE의 뒤를 잇는다", ["K-엑사원", "엑사원"]),
    ],
)
def test_known_names_are_found_and_nothing_inside_other_words(text: str, names: list[str]) -> None:
    assert [mention.canonical for mention in lexicon.find_known_names(text)] == names


@given(st.text("네이버는SKTLGai연구원 -카오가🙂ß", max_size=60))
def test_mentions_are_spans_in_order(text: str) -> None:
    end = 0
    for mention in lexicon.find_known_names(text):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text
        assert lexicon.canonical_name(mention.text) == mention.canonical
        end = mention.end


def test_a_long_run_of_syllables_is_no_trouble() -> None:
    assert lexicon.find_known_names("네이버" + "이" * 5000) == []


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("SKT", "에스케이텔레콤", True),
        ("naver", "네이버", True),
        ("LG AI Research", "엘지 AI연구원", True),
        ("abc랩", "에이비씨랩", True),
        ("크래프톤", "KRAFTON", True),
        ("가나다전자", "가나다 전자", True),
        ("네이버", "네이버클라우드", False),
        ("LG", "LG AI연구원", False),
        ("KT", "SKT", False),
        ("삼성전자", "Samsung Electro-Mechanics", False),
    ],
)
def test_same_name(a: str, b: str, same: bool) -> None:
    assert lexicon.same_name(a, b) is same
    assert lexicon.same_name(b, a) is same


def test_related_names_go_both_ways() -> None:
    assert "네이버클라우드" in lexicon.related_names("NAVER")
    assert "네이버" in lexicon.related_names("Naver Cloud")
    assert lexicon.related_names("아무도모르는회사") == frozenset()


def test_name_forms_hold_every_spelling_and_the_letters_read_aloud() -> None:
    assert {"SKT", "SK Telecom", "에스케이티"} <= lexicon.name_forms("SK텔레콤")
    assert lexicon.name_forms("아무도모르는회사") == {"아무도모르는회사"}
    assert read_letters("NC") == "엔씨"


VOCABULARY = ["네이버클라우드", "업스테이지", "크래프톤", "EXAONE", "KT", "SKT", "네이버", "GPT-4"]


@pytest.mark.parametrize(
    ("token", "name"),
    [
        ("네이버클라드", "네이버클라우드"),
        ("업스태이지는", "업스테이지"),
        ("크레프톤", "크래프톤"),
        ("EXAON", "EXAONE"),
        ("네이바", "네이버"),
        ("케이티", "KT"),
        *[(name, name) for name in VOCABULARY],
        *[(short, None) for short in ("KTX", "SKY", "LG", "NC", "GPT-5", "네이처", "클라우드", "")],
    ],
)
def test_fuzzy_name_forgives_slips_of_long_names_only(token: str, name: str | None) -> None:
    assert lexicon.fuzzy_name(token, VOCABULARY) == name


def test_of_two_names_equally_near_none_is_taken() -> None:
    assert lexicon.fuzzy_name("가나다라바", ["가나다라마", "가나다라사"]) is None


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_edit_distance_is_symmetric_and_zero_for_equals_only(a: str, b: str) -> None:
    assert edit_distance(a, b, 9) == edit_distance(b, a, 9)
    assert (edit_distance(a, b, 9) == 0) is (a == b)


def test_transliteration_keeps_its_measured_precision_and_recall() -> None:
    pairs = [line.split("\t") for line in PAIRS.read_text("utf-8").splitlines() if line[0] != "#"]
    held_out = pairs[1::2]
    heard = sum(lexicon.transliterates(*pair) for pair in held_out)
    few = held_out[::3]
    sample = [(ko, en) for (ko, own), (_, en) in product(few, few) if en != own]
    wrong = [pair for pair in sample if lexicon.transliterates(*pair)]
    assert len(pairs) >= 200
    assert heard / len(held_out) >= 0.9
    assert len(wrong) / len(sample) <= 0.0005


def test_every_spelling_belongs_to_one_name() -> None:
    owners: dict[str, set[str]] = {}
    for name, column in rows("names.tsv"):
        for spelling in (name, *listed(column, " · ")):
            owners.setdefault(name_key(spelling.lstrip("=")), set()).add(name)
    assert {key: names for key, names in owners.items() if len(names) > 1} == {}


def test_related_names_are_listed_and_not_the_same() -> None:
    known = {name for name, _ in rows("names.tsv")}
    for first, column in rows("related.tsv"):
        others = listed(column, " · ")
        assert {first, *others} <= known
        assert not any(lexicon.same_name(first, other) for other in others)
