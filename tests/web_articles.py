"""Articles of our own with figures and days that make charts, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from browser_script import cite, make_article

from assistant.answer import Answer, AnswerSentence, Status, Verdict
from ingest.article import Article, BlockKind

BUDGET = (
    (BlockKind.TITLE, "가람시, 마을 도서관 예산 90억원을 나눈다"),
    (BlockKind.PARAGRAPH, "가람시는 5일 도서관 예산 90억원을 확정했다."),
    (BlockKind.HEADING, "어디에 쓰이나"),
    (
        BlockKind.PARAGRAPH,
        "건물 수리에 50억원이 쓰인다. 책 구입비는 30억원이다. 어린이 강좌에는 10억원이 돌아간다.",
    ),
    (BlockKind.HEADING, "발표 뒤의 주가"),
    (
        BlockKind.PARAGRAPH,
        "관련 회사의 주가가 올랐다. 상승률은 가람건설 6.5%, 나루출판 3.2%, 다솜교육 1.1%이다. "
        "반면 라온종이는 2.4% 하락했다.",
    ),
    (BlockKind.HEADING, "다음 순서"),
    (BlockKind.PARAGRAPH, "공사는 5월 말에 시작된다. 새 도서관은 9월 1일 문을 연다."),
)
ENGLISH = (
    (BlockKind.TITLE, "Garam splits 9 billion won among its libraries"),
    (BlockKind.PARAGRAPH, "The city will spend 9 billion won on its libraries."),
    (BlockKind.HEADING, "Where it goes"),
    (
        BlockKind.PARAGRAPH,
        "Building repairs, worth 5 billion won, come first. For books, 3 billion won is set "
        "aside. The course fund of 1 billion won was asked for by schools.",
    ),
    (BlockKind.HEADING, "Shares"),
    (BlockKind.PARAGRAPH, "Shares gained: NARU rose 3.2%, Dasom 1.1% and Garam Works 6.5%."),
)


def budget() -> Article:
    """An article whose parts add up, with changes in percent and days to come."""
    return replace(make_article("budget", BUDGET), published=date(2026, 3, 5))


def english() -> Article:
    """The same in English."""
    article = make_article("budget-en", ENGLISH)
    return replace(article, language="en", publisher="Garam Post", published=date(2026, 3, 6))


COSTS = "얼마가 드나요?"


def conflicting() -> Answer:
    """Two articles whose figures differ, stated side by side."""
    quotes = (
        (make_article(), "공사에는 모두 42억 원이 든다."),
        (budget(), "책 구입비는 30억원이다."),
    )
    citations = tuple(
        cite(article, number, quote) for number, (article, quote) in enumerate(quotes, 1)
    )
    said = AnswerSentence("기사마다 수치가 다릅니다.", (1, 2), Verdict.DERIVED, "conflict")
    return Answer(COSTS, COSTS, "ko", Status.ANSWERED, (said,), citations)
