"""Regressions planted on purpose, each asked for real and caught by the gate."""

import sys
from collections import namedtuple
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from assistant import answerable
from assistant.answer import Citation
from assistant.evaluation.baseline import ACCEPTED, Baseline, name_of, write
from assistant.evaluation.cli import eval_app
from assistant.evaluation.questions import load_lines, read_jsonl, sample
from assistant.evaluation.suite import SETS
from ingest.job import BUNDLED

pytestmark = pytest.mark.slow

QUESTIONS = SETS / "news_dev.jsonl"
SIZE = 40  # dialogues count once


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    from assistant.chain import build_assistant
    from assistant.evaluation.homes import corpus_home

    home = corpus_home(tmp_path_factory.mktemp("homes"), [BUNDLED], "bundled")
    return build_assistant(home, direct=True)


@pytest.fixture(scope="module")
def asked(assistant, tmp_path_factory):
    """Ask the sample and score it; gives the run folder and its result."""
    from assistant.evaluation import runner
    from assistant.evaluation.runs import load_run
    from assistant.evaluation.summary import evaluate

    lines = sample(load_lines(QUESTIONS), SIZE, 0)
    kept = {line.number for line in lines}
    source = [row for number, row, _ in read_jsonl(QUESTIONS) if number in kept]

    def ask():
        forget()
        path = tmp_path_factory.mktemp("runs")
        run = runner.RunFolder(path, lines, source)
        run.start({"set": QUESTIONS.name, "corpus": "bundled"})
        runner.ask_all(run, assistant, None)
        run.finish(assistant.articles(), {"set": QUESTIONS.name, "corpus": "bundled"})
        forget()
        return path, evaluate(load_run(path))

    return ask


@pytest.fixture(scope="module")
def baseline(asked, tmp_path_factory):
    folder, result = asked()
    path = tmp_path_factory.mktemp("baseline") / "verdicts.json"
    write({name_of(result): Baseline.of(result)}, path)
    return folder, path


def forget():
    """Empty what the rooms remember of texts they have analysed."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("assistant.", "vectorstore.terms")):
            for each in vars(module).values():
                if callable(getattr(each, "cache_clear", None)):
                    each.cache_clear()


def gated(folder, path):
    return CliRunner().invoke(
        eval_app, ["gate", str(folder), "--baseline", str(path), "--accepted", str(ACCEPTED)]
    )


def test_what_is_unchanged_passes(baseline):
    shown = gated(*baseline)
    assert (shown.exit_code, shown.stderr) == (0, "gate passed\n")


def test_a_broken_tokenizer_is_caught(asked, baseline, monkeypatch):
    word = namedtuple("word", "form tag start len")

    class Whitespace:
        """Takes every word with its particles for a noun."""

        def tokenize(self, text, **options):
            if not isinstance(text, str):
                return (self.tokenize(each) for each in text)
            found, at = [], 0
            for each in text.split():
                at = text.index(each, at)
                found.append(word(each, "NNG", at, len(each)))
                at += len(each)
            return found

    for room in ("assistant.language", "vectorstore.terms"):
        monkeypatch.setattr(f"{room}.kiwi", Whitespace)
    shown = gated(asked()[0], baseline[1])
    assert shown.exit_code == 7
    assert "grounded_correct fell by" in shown.stderr


def test_a_lowered_threshold_of_refusal_is_caught(asked, baseline, monkeypatch):
    thresholds = [
        name for name, value in vars(answerable).items() if name.isupper() and type(value) is float
    ]
    assert thresholds
    for name in thresholds:
        monkeypatch.setattr(answerable, name, 0.0)
    shown = gated(asked()[0], baseline[1])
    assert shown.exit_code == 7
    assert "net_score fell by" in shown.stderr or "category unanswerable lost" in shown.stderr


def test_a_corrupted_span_is_caught(asked, baseline, monkeypatch):
    whole = Citation.of.__func__

    def shifted(cls, number, article, start, end):
        return replace(whole(cls, number, article, start, end), start=start + 1)

    monkeypatch.setattr(Citation, "of", classmethod(shifted))
    shown = gated(asked()[0], baseline[1])
    assert shown.exit_code == 7
    assert "span not exact" in shown.stderr
