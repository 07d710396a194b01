"""A server that is asked all the time while jobs replace what it answers from."""

from __future__ import annotations

import threading

import pytest
from fakes import BigramEmbedder
from faulting import beside
from town import KOREAN

from assistant.chain import Assistant
from assistant.writers import extractive
from ingest.job import run_job
from ingest.library import Library
from vectorstore.index import IndexStore
from vectorstore.search import Searcher

pytestmark = pytest.mark.faults

QUESTION = "한빛버스에는 얼마가 지원되나요?"
JOBS = 6


def publish(path, amount):
    path.write_text(
        f"---\nid: bus\npublished: 2025-03-10\n---\n{KOREAN.replace('120억', f'{amount}억')}",
        "utf-8",
    )


def test_every_answer_is_whole_and_never_older_than_the_last_job(tmp_path):
    home, path = tmp_path / "home", tmp_path / "bus.md"
    library, store = Library(home), IndexStore(home, BigramEmbedder())
    publish(path, 120)
    assert run_job([path], library, store, home=home).exit_code == 0
    served = IndexStore(home, BigramEmbedder())
    assistant = Assistant(served, Searcher(served), extractive.write)
    latest, done = [120], threading.Event()
    problems: list[str] = []
    answers: list[str | None] = []

    def ask() -> None:
        reader = Library(home)
        while not done.is_set():
            at_least = latest[0]
            try:
                answer = assistant.ask(QUESTION)
                (citation,) = answer.citations
                text = reader.get("bus", citation.revision).text
                if text[citation.start : citation.end] != citation.quote:
                    problems.append(f"{citation.quote!r} does not stand at its place")
                if int(str(answer.short_answer).split("억")[0]) < at_least:
                    problems.append(f"{answer.short_answer} is older than {at_least}억")
                answers.append(answer.short_answer)
            except Exception as problem:
                problems.append(repr(problem))

    with beside(done, ask, ask):
        for amount in range(121, 121 + JOBS):
            publish(path, amount)
            assert run_job([path], library, store, home=home).exit_code == 0
            latest[0] = amount
        seen = len(answers)
        while len(answers) < seen + 2 and not problems:
            done.wait(0.05)
    assert problems == []
    assert answers[-1] == f"{120 + JOBS}억 원"
