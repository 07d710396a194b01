"""A small corpus with its answers, for the evaluation tests."""

from assistant.answer import Answer, AnswerSentence, Citation, Status, Verdict
from assistant.evaluation.questions import Item
from assistant.evaluation.runs import Reply, Run
from ingest.article import Article

TEXT = "\n".join(
    [
        "강마루시, 버스 노선 12개 개편",
        "강마루시는 버스 노선 12개를 바꾸는 데 35억 원을 쓴다.",
        "노선 변경은 3월 2일에 시작된다.",
        "하늘동 차고지는 개편 대상에서 제외됐다.",
    ]
)
ARTICLE = Article("bus", "강마루시, 버스 노선 12개 개편", TEXT, ())
LINES = TEXT.split("\n")


def cite(number, quote):
    start = TEXT.index(quote)
    return Citation.of(number, ARTICLE, start, start + len(quote))


def quoted(question, *quotes, status=Status.ANSWERED):
    cited = tuple(cite(number, quote) for number, quote in enumerate(quotes, start=1))
    told = tuple(AnswerSentence(each.quote, (each.number,), Verdict.QUOTED) for each in cited)
    return Answer(question, question, "ko", status, told, cited)


def refused(question):
    told = (AnswerSentence("기사에 나오지 않습니다.", (), Verdict.NOTICE),)
    return Answer(question, question, "ko", Status.ABSTAINED, told, missing=question)


def derived(question, text, how, *quotes):
    cited = tuple(cite(number, quote) for number, quote in enumerate(quotes, start=1))
    numbers = tuple(each.number for each in cited)
    told = (AnswerSentence(text, numbers, Verdict.DERIVED, how),)
    return Answer(question, question, "ko", Status.ANSWERED, told, cited)


def item(name, answerable=True, must=(), **more):
    return Item(
        name, f"질문 {name}", more.pop("category", "single-fact"), "ko", answerable, must, **more
    )


def run_of(items, answers, **more):
    replies = {name: Reply(name, answer) for name, answer in answers.items()}
    return Run(tuple(items), replies, {("bus", ARTICLE.sha256): TEXT}, **more)
