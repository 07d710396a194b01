"""A small article of our own and the answers that a scripted assistant gives about it."""

from __future__ import annotations

from datetime import date

from fakes import ScriptedAssistant

from assistant.answer import Answer, AnswerSentence, Citation, Status, Verdict
from ingest.article import Article, Block, BlockKind

LINES = (
    (BlockKind.TITLE, "달빛시, 자전거 도로 세 곳을 새로 연다"),
    (BlockKind.SUBTITLE, "강변과 시장을 잇는 길, 내년 봄까지 순서대로"),
    (
        BlockKind.PARAGRAPH,
        "달빛시는 3일 자전거 도로 세 곳을 새로 만든다고 밝혔다. 공사에는 모두 42억 원이 든다.",
    ),
    (BlockKind.HEADING, "어디에 놓이나"),
    (
        BlockKind.PARAGRAPH,
        "강변길은 6km로 가장 길다. 시장길은 2km, 역앞길은 1km이다. 강변길에는 쉼터 네 곳이 생긴다.",
    ),
    (BlockKind.HEADING, "언제 열리나"),
    (BlockKind.PARAGRAPH, "역앞길은 올해 11월에 먼저 열린다. 나머지 두 곳은 내년 4월에 문을 연다."),
)
HOSTILE = (
    "<script>window.hurt=1</script><img src=x onerror=window.hurt=1> "
    "![그림](http://elsewhere.invalid/a.png) [눌러](javascript:window.hurt=1) "
    '"><div style="position:fixed;inset:0">덮개</div> ${window.hurt=1} {{constructor}}'
)


def make_article(
    identity: str = "bike", lines: tuple[tuple[BlockKind, str], ...] = LINES
) -> Article:
    """An article of the given lines, one block each."""
    blocks, at = [], 0
    for kind, line in lines:
        blocks.append(Block(kind, at, at + len(line)))
        at += len(line) + 2
    return Article(
        id=identity,
        title=lines[0][1],
        text="\n\n".join(line for _, line in lines),
        blocks=tuple(blocks),
        publisher="달빛일보",
        published=date(2026, 3, 3),
        url="https://news.example/bike",
    )


def cite(article: Article, number: int, quote: str) -> Citation:
    """Cite the first place where an article says this."""
    start = article.text.index(quote)
    return Citation.of(number, article, start, start + len(quote))


def told(question: str, article: Article, *quotes: str, short: str | None = None) -> Answer:
    """An answer that quotes the article."""
    return Answer(
        question=question,
        standalone_question=question,
        language="ko",
        status=Status.ANSWERED,
        sentences=tuple(
            AnswerSentence(quote, (number,), Verdict.QUOTED)
            for number, quote in enumerate(quotes, 1)
        ),
        citations=tuple(cite(article, number, quote) for number, quote in enumerate(quotes, 1)),
        short_answer=short,
        as_of="2026-03-03",
        notices=("기사가 나온 뒤에 달라졌을 수 있습니다.",),
    )


def refused(question: str, article: Article) -> Answer:
    """A refusal with the nearest text."""
    return Answer(
        question=question,
        standalone_question=question,
        language="ko",
        status=Status.ABSTAINED,
        sentences=(
            AnswerSentence("기사에는 공사를 맡은 회사가 나오지 않습니다.", (), Verdict.NOTICE),
        ),
        missing="공사를 맡은 회사",
        nearest=(cite(article, 1, "공사에는 모두 42억 원이 든다."),),
        as_of="2026-03-03",
    )


def corrected(question: str, article: Article) -> Answer:
    """A correction of a false premise, with a sum that says how it was made."""
    return Answer(
        question=question,
        standalone_question="달빛시의 자전거 도로 다섯 곳은 모두 몇 km인가요?",
        language="ko",
        status=Status.CORRECTED,
        sentences=(
            AnswerSentence(
                "다섯 곳이 아니라 세 곳입니다.", (1,), Verdict.DERIVED, "세 곳 ≠ 다섯 곳"
            ),
            AnswerSentence("세 길을 더하면 9km입니다.", (2, 3), Verdict.DERIVED, "6 + 2 + 1 = 9"),
        ),
        citations=(
            cite(article, 1, "자전거 도로 세 곳을 새로 만든다"),
            cite(article, 2, "강변길은 6km로 가장 길다."),
            cite(article, 3, "시장길은 2km, 역앞길은 1km이다."),
        ),
        as_of="2026-03-03",
    )


LENGTHS = "새 자전거 도로는 얼마나 긴가요?"
BUILDER = "공사는 어느 회사가 맡나요?"
FIVE = "그 다섯 곳은 모두 몇 km야?"
OPENING = "Which path opens first?"
ATTACK = HOSTILE


def scripted() -> ScriptedAssistant:
    """An assistant that knows these questions and no others."""
    bike = make_article()
    evil = make_article("evil", ((BlockKind.TITLE, HOSTILE), (BlockKind.PARAGRAPH, HOSTILE)))
    answers = (
        told(
            LENGTHS,
            bike,
            "강변길은 6km로 가장 길다.",
            "시장길은 2km, 역앞길은 1km이다.",
            short="6km",
        ),
        refused(BUILDER, bike),
        corrected(FIVE, bike),
        told(OPENING, bike, "역앞길은 올해 11월에 먼저 열린다.", short="올해 11월"),
        told(ATTACK, evil, HOSTILE),
    )
    return ScriptedAssistant((bike, evil), {answer.question: answer for answer in answers})
