"""The retrieval chain: where the parts of the assistant are put together.

`build_assistant` is the parts list. The chain itself is LangChain runnables, so that it can be
traced, streamed and placed in other chains: retrieve → read → write → verify.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Status, Turn
from assistant.candidates import lines_of, name_book
from assistant.checked import checked
from assistant.confidence import ASKED_SHARE, confidence, likelihood
from assistant.crossing import with_korean
from assistant.dialogue import standalone
from assistant.draft import Draft, finish
from assistant.models.load import ModelChoice, load_pen
from assistant.nearness import with_nearness
from assistant.question import Question, analyse, normalise
from assistant.reading import sentence_scores, words_read
from assistant.rewriting import rewritten
from assistant.whole import passages_read, with_whole_article
from assistant.writers import extractive
from assistant.writers.extractive import LIKELY
from assistant.writers.generative import ModelWriter
from ingest.article import Article
from vectorstore.evidence import Evidence
from vectorstore.index import IndexStore
from vectorstore.search import Searcher

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

Writer = Callable[[Question, Sequence[Any], Any], Draft]

READING_WRITER: Writer = partial(extractive.write, says=sentence_scores)
SWAPS = 3  # how often a swap of the index may come between search and reading
LONGEST_QUESTION = 1000


class QuestionError(ValueError):
    """A question that cannot be asked: empty, or far too long."""


def build_assistant(
    home: Path,
    embedding_model: str = "bundled",
    *,
    direct: bool = False,
    model: ModelChoice | None = None,
    chroma_url: str | None = None,
    answerable_share: float = ASKED_SHARE,
) -> Assistant:
    """Put the assistant together over the index in ``home``; loads no weights yet.

    ``model`` names a language model that phrases what the extractive writer found. With
    ``chroma_url`` the index is on that Chroma server. ``direct`` asks the bundled model without
    importing sentence-transformers: the same vectors, five seconds sooner. A large library is
    expected to answer ``answerable_share`` of its questions: the less, the sooner it refuses.

    Raises:
        ModelError: the language model cannot be loaded; the message names the cure.
    """
    from vectorstore.embeddings import load_embedder

    embedder = partial(load_embedder, embedding_model, direct=direct)
    store = IndexStore(home, embedder, chroma_url=chroma_url)
    rewriter = ModelWriter(load_pen(model)) if model else None
    searcher = Searcher(store)
    return Assistant(store, searcher, READING_WRITER, rewriter, answerable_share)


class Assistant:
    """Answers questions from the index it is given; safe to share between threads."""

    def __init__(
        self,
        store: IndexStore,
        searcher: Searcher,
        writer: Writer,
        rewriter: ModelWriter | None = None,
        answerable_share: float = ASKED_SHARE,
    ) -> None:
        self._store = store
        self._searcher = searcher
        self._writer = writer
        self._rewriter = rewriter
        self._share = answerable_share

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """One verified answer.

        Raises:
            QuestionError: the question is empty or longer than 1,000 characters.
            IndexProblem: there is no index, or it cannot be used.
        """
        return self.runnable().invoke({"question": question, "history": list(history)})

    def stream(self, question: str, history: Sequence[Turn] = ()) -> Iterator[Answer]:
        """Whole Answers, each replacing the last; the last one is final.

        With a language model the first is the extractive one; the same may come again while the
        model writes: a moment in which the reader may leave.
        """
        yield from self.runnable().stream({"question": question, "history": list(history)})

    def search(self, query: str, k: int = 10) -> list[Evidence]:
        """Evidence for a query, best first, without an answer."""
        return self._searcher.search(query, k)

    def warm(self) -> None:
        """Load the models and open the index before the first question.

        Raises:
            IndexProblem: there is no index, or it cannot be used.
        """
        self._searcher.search("warm", 1)
        analyse("준비")
        if self._rewriter is not None:
            self._rewriter.pen.load()

    def article(self, article_id: str, revision: str | None = None) -> Article | None:
        """The served article, or None when it is not served in that revision."""
        for article in self.articles():
            if article.id == article_id and revision in (None, article.sha256):
                return article
        return None

    def articles(self) -> list[Article]:
        """All articles of the served generation."""
        return list(self._store.open().articles())

    def generation(self) -> str:
        """The name of the served generation: it changes when the articles do."""
        return self._store.open().name

    @property
    def writer_name(self) -> str:
        """What answers call their writer."""
        return self._rewriter.pen.label if self._rewriter else "extractive"

    def runnable(self) -> Runnable[dict[str, Any], Answer]:
        """The chain as a LangChain runnable: {"question", "history"} in, Answer out.

        Its ``stream`` gives what `stream` gives.
        """
        from langchain_core.runnables import RunnableLambda

        steps: Any = self._drafting() | RunnableLambda(self._answers)
        return steps  # type: ignore[no-any-return]

    def _drafting(self) -> Any:  # noqa: ANN401 - runnables
        from langchain_core.runnables import RunnableLambda, RunnablePassthrough

        return (
            RunnableLambda(_opened)
            | RunnableLambda(self._retrieve)
            | RunnablePassthrough.assign(read=self._read)
            | RunnablePassthrough.assign(draft=self._write)
        )

    def _answers(self, state: dict[str, Any]) -> Iterator[Answer]:
        """The extractive answer; then, with a model, those in which its sentences stand."""
        answer = self._finished(state)
        yield answer
        if self._rewriter is not None:
            yield from rewritten(self._rewriter, state, answer, self._drafting(), self._finished)

    def _finished(self, state: dict[str, Any]) -> Answer:
        """The verified Answer of a draft, with how sure it is."""
        answer = _verified(state)
        answered = answer.status is not Status.ABSTAINED
        asked, evidence = answer.standalone_question, state["evidence"]
        index, share = state["index"], self._share
        sure = confidence(asked, evidence, index, answered=answered, share=share)
        return replace(answer, confidence=sure)

    def _retrieve(self, state: dict[str, Any]) -> dict[str, Any]:
        """Passages for the question; for a follow-up also those of both questions together.

        With them goes the index that holds them: later steps must not meet one swapped in since.
        """
        from vectorstore.retriever import PassageRetriever, to_evidence

        asked = [turn.content for turn in state["history"] if turn.role == "user"][-1:]
        queries = [state["question"], *(f"{before} {state['question']}" for before in asked)]
        index = self._store.open()
        retriever = PassageRetriever(searcher=self._searcher, k=passages_read(index))
        queries = with_korean(state["question"], queries, index)
        for _ in range(SWAPS):
            documents = {found.id: found for found in chain.from_iterable(retriever.batch(queries))}
            index = self._store.open()
            try:
                found = [to_evidence(document, index) for document in documents.values()]
                whole = with_whole_article(state["question"], found, index)
                return {**state, "evidence": whole, "index": index}
            except KeyError:  # swapped between the search and here: search the new one
                continue
        return {**state, "evidence": [], "index": self._store.open()}

    def _read(self, state: dict[str, Any]) -> dict[str, Any]:
        state["marks"]["search"] = time.perf_counter()
        book = name_book(state["evidence"])
        readings = standalone(state["question"], state["history"], book)
        return {"book": book, "lines": lines_of(state["evidence"], book), "readings": readings}

    def _write(self, state: dict[str, Any]) -> tuple[str, Draft]:
        read, index = state["read"], state["index"]
        tried = []
        for text in read["readings"]:
            likely = likelihood(text, state["evidence"], index, self._share)
            question = replace(analyse(text, read["book"]), likely=likely)
            if likely is not None and likely >= LIKELY:
                question = replace(question, read=words_read(question, state["evidence"]))
            lines = with_nearness(text, read["lines"], index, self._searcher)
            draft = self._writer(question, lines, read["book"])
            tried.append((text, draft))
            if draft.status.value != "abstained":
                break
        return tried[-1] if tried[-1][1].status.value != "abstained" else tried[0]


def _opened(state: dict[str, Any]) -> dict[str, Any]:
    question = normalise(raw := state["question"])
    if not question:
        raise QuestionError("The question is empty. Ask something about the articles.")
    if len(question) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(question):,} characters; ask in at most {LONGEST_QUESTION:,}."
        )
    marks = {"start": time.perf_counter()}
    history = list(state.get("history") or ())
    return {"raw": raw, "question": question, "history": history, "marks": marks}


def _verified(state: dict[str, Any]) -> Answer:
    text, draft = state["draft"]
    marks = state["marks"]
    written = time.perf_counter()
    question = analyse(text, state["read"]["book"])
    answer = checked(finish(draft, state["raw"], text, question.language), draft, state["read"])
    done = time.perf_counter()
    timings = {
        "search": (marks["search"] - marks["start"]) * 1000,
        "write": (written - marks["search"]) * 1000,
        "verify": (done - written) * 1000,
        "total": (done - marks["start"]) * 1000,
    }
    return replace(answer, timings_ms=timings)
