"""The question sets are sound: well-formed, answerable from their articles, sealed."""

import gzip
import hashlib
from pathlib import Path

import pytest

from assistant.evaluation.matching import spelled, states_somewhere
from assistant.evaluation.questions import items, load_lines
from ingest.read import read

ROOT = Path(__file__).parents[1]
SETS = ROOT / "assistant/evaluation/sets"
NEWS = sorted((ROOT / "ingest/articles").glob("ai-national-team.*.md"))
OTHER = sorted((SETS / "other").glob("*.md"))
ORIGINAL = ROOT.parent / "shared/articles/platum-ai-national-team.txt"
SHARED_SET = ROOT.parent / "shared/eval/article_dev.jsonl"
WIDE = sorted((SETS / "wide").glob("*.md"))
CORPORA = {"news": NEWS, "other": OTHER, "wide": WIDE}
FILES = sorted(SETS.glob("*.jsonl"))


def texts_for(path):
    return [read(each).articles[0].text for each in CORPORA[path.stem.partition("_")[0]]]


def squeeze(text):
    return "".join(char for char in text.casefold() if char.isalnum())


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def question_set(request):
    return request.param


def test_ids_are_unique_and_many_questions_have_no_answer(question_set):
    asked = items(load_lines(question_set))
    assert len({item.id for item in asked}) == len(asked)
    unanswerable = [item for item in asked if item.answerable is not True]
    assert 0.2 <= len(unanswerable) / len(asked) <= 0.4


def test_facts_stand_in_the_articles(question_set):
    texts = texts_for(question_set)
    derived = {"arithmetic", "follow-up"}
    absent = [
        (item.id, fact)
        for item in items(load_lines(question_set))
        if item.category not in derived
        for fact in item.facts
        if not states_somewhere(texts, fact)
    ]
    assert not absent


def test_forbidden_answers_do_not_stand_in_the_articles(question_set):
    texts = texts_for(question_set)
    asked = items(load_lines(question_set))
    assert not [
        (item.id, each)
        for item in asked
        for each in item.must_not
        if any(spelled(each, text) for text in texts)
    ]


def test_quoted_evidence_stands_in_the_articles(question_set):
    texts = texts_for(question_set)
    quotes = [
        span.quote
        for item in items(load_lines(question_set))
        for span in item.evidence
        if span.quote is not None
    ]
    assert not [quote for quote in quotes if not any(quote in text for text in texts)]


def test_offsets_belong_to_the_stored_report():
    if not ORIGINAL.exists():
        pytest.skip(f"the report that the offsets point into is not here: {ORIGINAL}")
    stored = read(ORIGINAL).articles[0]
    spans = [
        (item, span)
        for path in SETS.glob("news_*.jsonl")
        for item in items(load_lines(path))
        for span in item.evidence
    ]
    assert {span.revision for _, span in spans} == {stored.sha256}
    assert all(0 <= span.start < span.end <= len(stored.text) for _, span in spans)


def test_no_wording_is_taken_from_the_shared_set(question_set):
    if not SHARED_SET.exists():
        pytest.skip(f"the shared questions to compare with are not here: {SHARED_SET}")
    shared = {squeeze(item.question) for item in items(load_lines(SHARED_SET))}
    own = {squeeze(item.question) for item in items(load_lines(question_set))}
    assert not own & shared


def test_a_sealed_set_is_the_one_that_was_promised():
    promised = dict(
        reversed(line.split()) for line in (SETS / "SEALED.sha256").read_text().splitlines()
    )
    packed = {
        path.stem: hashlib.sha256(gzip.decompress(path.read_bytes())).hexdigest()
        for path in SETS.glob("*.jsonl.gz")
    }
    assert packed == promised
    opened = {path.name: path.read_bytes() for path in SETS.glob("*_sealed*.jsonl")}
    for name, content in opened.items():
        assert hashlib.sha256(content).hexdigest() == promised[name]
