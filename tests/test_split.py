from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import BlockKind
from ingest.read import read, read_text
from ingest.sentences import HARD_LIMIT, split_sentences
from ingest.split import split_article

ORIGINAL = Path("../shared/articles/platum-ai-national-team.txt")

CASES = {
    "quotes inside quotes": [
        "이 대표는 “올해는 ‘책의 해’다. 꼭 해낸다.”라며 “지켜봐 달라”고 말했다.", "모두 웃었다.",
    ],
    "a particle after a space": ["이어 “끝이 아니다.” 라고 덧붙였다.", "끝."],
    "straight quotes": ['그는 "좋다. 하자."고 했다.', "'새 책'을 샀다."],
    "numbers": ["값은 5.33% 오른 1만 2,000원이다.", "(15→10팀)만 남았다.", "v2.0도 나왔다."],
    "dates": ["회의는 2025. 8. 4. 열렸다.", "다음은 9월이다."],
    "ellipsis": ["글쎄… 아직 모른다.", "정말?", "그렇다!"],
    "foot notes": ["그는 상인이다.[1]", "서점을 열었다.[2][3]"],
    "an open quote": ["“혼자 남은 따옴표다.", "그래도 나눈다."],
}  # fmt: skip
ENGLISH = {
    "titles and initials": ["Mr. Kim met J. Smith of Acme Inc. on Aug. 4.", "They agreed."],
    "a country at the end": ["She lives in the U.S.", "The shop is hers.", "It's v2.0 now."],
    "speech": ['"It is done. We won," he said.', '"Really?" she asked.', "They left."],
    "speech at the end": ["He said, “We did it.”", "Then he left."],
}


@pytest.mark.parametrize(
    ("language", "sentences"),
    [("ko", case) for case in CASES.values()] + [("en", case) for case in ENGLISH.values()],
    ids=[*CASES, *ENGLISH],
)
def test_sentence_borders(language: str, sentences: list[str]) -> None:
    found = split_sentences(" ".join(sentences), language)
    assert [one.text for one in found] == sentences


def test_borders_without_a_space() -> None:
    assert [s.text for s in split_sentences("문을 열었다.손님이 왔다.")] == [
        "문을 열었다.",
        "손님이 왔다.",
    ]


MARKDOWN = """# 서점 서른 해

동네 책방의 기록

첫 문단이다. 두 번째 문장이다.

## 숫자로 보기

| 해 | 손님 |
|---|---|
| 2024 | 1만 2,000명 |

- 시집
- 그림책
"""


def test_passages_know_their_kind_heading_and_rows() -> None:
    article = read_text(MARKDOWN, "a.md", "a.md", marked_up=True)
    found = [(p.kind.value, p.heading, len(p.sentences)) for p in split_article(article)]
    heading = "숫자로 보기"
    assert found == [
        ("title", "", 1), ("subtitle", "", 1), ("paragraph", "", 2), ("heading", "", 1),
        ("table_row", heading, 2), ("list_item", heading, 2),
    ]  # fmt: skip


def test_tiny_paragraphs_join_and_long_ones_part() -> None:
    long = " ".join(f"{number}번째 손님이 책을 한 권 사 갔다." for number in range(60))
    article = read_text(f"제목\n\n네.\n\n{'가' * 50}였다.\n\n{long}", "a.txt", "a.txt")
    body = split_article(article, max_chars=200)[1:]
    assert body[0].text == f"네.\n\n{'가' * 50}였다."
    assert max(len(p.text) for p in body) <= 200
    assert sum(len(p.sentences) for p in body) == 62


WORDS = st.sampled_from(
    (
        "책을",
        "샀다.",
        "“좋다.”라고",
        "(5.33%)",
        "\n\n",
        "\n",
        " ",
        "- ",
        "…",
        '"',
        "‘",
        "U.S.",
        "가" * 700,
    )
)


@given(st.lists(WORDS, min_size=1, max_size=40).map(" ".join))
def test_passages_cover_the_text_in_order(text: str) -> None:
    article = read_text(f"제목\n\n본문이다.\n\n{text}\n\n끝났다.", "a.txt", "a.txt")
    at, passages = 0, split_article(article)
    for passage in passages:
        assert passage.text == article.text[passage.start : passage.end]
        assert (passage.start, passage.end) == (
            passage.sentences[0].start, passage.sentences[-1].end,
        )  # fmt: skip
        for sentence in passage.sentences:
            assert sentence.text == article.text[sentence.start : sentence.end]
            assert not article.text[at : sentence.start].strip()
            at = sentence.end
            whole = passage.kind not in (BlockKind.PARAGRAPH,)
            assert whole or len(sentence.text) <= HARD_LIMIT
    assert at == len(article.text)
    assert len({passage.id for passage in passages}) == len(passages)


@pytest.mark.skipif(not ORIGINAL.exists(), reason="the original article lies outside the project")
def test_the_original_article_comes_out_whole() -> None:
    article = read(ORIGINAL).articles[0]
    kinds = [block.kind for block in article.blocks]
    assert kinds[:2] == [BlockKind.TITLE, BlockKind.SUBTITLE]
    assert kinds.count(BlockKind.HEADING) == 5
    assert kinds.count(BlockKind.PARAGRAPH) == 18
    for gone in ("댓글", "Leave a Comment", "관련 기사", "에디터 /", "Uncategorized", "셀렉트스타"):
        assert gone not in article.text
    sentences = [s for p in split_article(article) for s in p.sentences]
    assert all(s.text.endswith("다.") for s in sentences if len(s.text) > 48)
