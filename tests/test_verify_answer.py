"""A whole answer: exact spans, numbers that all cite and are cited, a length that is kept."""

from dataclasses import replace
from datetime import date

from assistant.answer import Answer, AnswerSentence, Citation, Status, Verdict
from assistant.verify import Problem, citation_is_exact, verify_answer
from ingest.article import Article, Block, BlockKind

PUBLISHED = date(2025, 8, 4)
CHOICE = "한빛연구소와 새벽소프트가 선정되고, 강물AI는 탈락했다."
ARTICLE = Article(
    id="a1",
    title="고른 팀",
    text=f"고른 팀\n{CHOICE}\n둘째 줄이다.",
    blocks=(Block(BlockKind.TITLE, 0, 4),),
    published=PUBLISHED,
)


def whole_answer() -> Answer:
    start = ARTICLE.text.index(CHOICE)
    citation = Citation.of(1, ARTICLE, start, start + len(CHOICE))
    sentence = AnswerSentence(CHOICE, (1,), Verdict.QUOTED)
    return Answer(
        "누가 떨어졌나?", "누가 떨어졌나?", "ko", Status.ANSWERED, (sentence,), (citation,)
    )


def checked(answer: Answer) -> list[Problem]:
    return verify_answer(answer, lambda article_id, _: ARTICLE if article_id == "a1" else None)


def test_a_whole_answer_passes() -> None:
    assert checked(whole_answer()) == []


def test_broken_answers_are_caught() -> None:
    good = whole_answer()
    one, cited = good.sentences[0], good.citations[0]
    many = tuple(replace(one) for _ in range(12))
    broken = {
        "unknown-number": (replace(good, sentences=(replace(one, citations=(99,)),)), "citation"),
        "number-zero": (replace(good, sentences=(replace(one, citations=(0,)),)), "citation"),
        "unused": (replace(good, citations=(cited, replace(cited, number=2))), "citation"),
        "uncited": (replace(good, sentences=(replace(one, citations=()),)), "quote"),
        "shifted": (replace(good, citations=(replace(cited, start=cited.start + 1),)), "quote"),
        "other-article": (replace(good, citations=(replace(cited, article_id="b"),)), "quote"),
        "other-revision": (replace(good, citations=(replace(cited, revision="0"),)), "quote"),
        "short-answer": (replace(good, short_answer="다른 말"), "quote"),
        "pasted": (replace(good, sentences=many, separator="\n"), "length"),
        "long": (replace(good, sentences=(*many, *many)), "length"),
        "empty": (replace(good, sentences=(), citations=()), "status"),
        "bare-refusal": (replace(good, status=Status.ABSTAINED), "status"),
    }
    for name, (answer, kind) in broken.items():
        assert kind in {problem.kind for problem in checked(answer)}, name


def test_a_citation_outside_the_article_is_not_exact() -> None:
    cited = whole_answer().citations[0]
    assert citation_is_exact(cited, ARTICLE)
    assert not citation_is_exact(replace(cited, end=10_000), ARTICLE)
    assert not citation_is_exact(cited, None)
