"""An invented town and its bus reform: the articles that the tests of the answers ask about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.answer import Answer
from assistant.candidates import Line, lines_of, name_book
from assistant.draft import Draft
from assistant.names import NameBook
from assistant.question import analyse
from assistant.writers import extractive
from ingest.article import Article
from ingest.metadata import Metadata
from ingest.read import read_text
from ingest.split import split_article
from vectorstore.evidence import Evidence

KOREAN = """# 가온시, 시내버스 노선을 새로 짠다

가온시가 시내버스를 맡을 회사로 한빛버스, 푸른교통, 나래운수 3곳을 뽑았다고 10일 밝혔다.

## 회사별 예산

한빛버스에는 120억 원이 지원된다. 푸른교통에는 95억 원이 지원된다. 나래운수에는 80억 원이 지원된다.

## 탈락한 회사

동녘여객은 심사에서 탈락했고, 샛별고속은 신청을 취소했다. \
동녘여객은 차고지가 부족했기 때문에 떨어졌다.

## 앞으로의 일정

새 노선은 7월 1일부터 운행된다. 시는 내년에 노선 평가를 할 예정이다. 요금은 1,400원에서 5.5% 오른다.
"""

ENGLISH = """# Gaon rebuilds its city buses

The town of Gaon picked Hanbit Bus, Pureun Transit and Narae Lines to run its city buses.

Hanbit Bus receives 12 billion won and will run 40 electric buses. Dongnyeok Express was dropped \
because its depot was too small.
"""


def town(language: str = "ko", published: date | None = date(2025, 3, 10)) -> Article:
    known = Metadata(
        id=f"bus-{language}", publisher="가온신문", published=published, language=language
    )
    text = KOREAN if language == "ko" else ENGLISH
    return read_text(text, "bus.md", f"bus-{language}", known, marked_up=True)


def evidence(*articles: Article) -> list[Evidence]:
    passages = [(one, part) for one in articles for part in split_article(one)]
    count = len(passages)
    return [
        Evidence(part, one, score=1 - rank / count, dense=0.9 - rank / (2 * count), keyword=1.0)
        for rank, (one, part) in enumerate(passages)
    ]


def reading(*articles: Article) -> tuple[list[Line], NameBook]:
    found = evidence(*(articles or (town(),)))
    book = name_book(found)
    return lines_of(found, book), book


def line_with(words: str, *articles: Article) -> Line:
    lines, _ = reading(*articles)
    return next(line for line in lines if words in line.text)


def drafted(question: str, *articles: Article) -> Draft:
    lines, book = reading(*articles)
    return extractive.write(analyse(question, book), lines, book)


def quotes(answer: Answer | Draft) -> Sequence[str]:
    if isinstance(answer, Draft):
        return [span.quote for point in answer.points for span in point.spans]
    return [citation.quote for citation in answer.citations]


def news(
    body: str,
    name: str = "news",
    publisher: str = "가온신문",
    published: date | None = date(2025, 3, 10),
    title: str = "버스 소식",
    language: str = "ko",
) -> Article:
    """A short article of one's own: ``body`` under a title."""
    known = Metadata(id=name, publisher=publisher, published=published, language=language)
    return read_text(f"# {title}\n\n{body}\n", f"{name}.md", name, known, marked_up=True)
