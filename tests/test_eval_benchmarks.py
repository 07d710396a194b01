"""The benchmark verbs: interrupted, taken up again, scored again without models."""

import json

import pytest
from eval_cases import ARTICLE, LINES, quoted, refused
from indexing import article
from typer.testing import CliRunner

from assistant.evaluation.benchmark_report import to_html
from assistant.evaluation.benchmark_rows import drawn
from assistant.evaluation.benchmarks import (
    abstention_figures,
    ask_rows,
    figures_of,
    judged,
    read,
    reading_figures,
    retrieval_figures,
    searched,
)
from assistant.evaluation.cli import eval_app
from assistant.evaluation.folder import WrittenFolder
from assistant.evaluation.questions import SetError
from vectorstore.evidence import Evidence

PASSAGES = [
    {"id": "p1", "title": "다리", "text": "강을 건너는 다리는 봄에 열린다."},
    {"id": "p2", "title": "카페", "text": "카페는 아홉 시에 문을 연다."},
    {"id": "p3", "title": "다리", "text": "강을 건너는 다리는 봄에 열린다. "},
]
QUESTIONS = [
    {"id": "q1", "question": "다리는 언제?", "passage_id": "p1", "answers": ["봄"]},
    {"id": "q2", "question": "카페는 몇 시?", "passage_id": "p2", "answers": ["아홉 시"]},
]
JUDGED = [
    {"id": "a", "question": "다리는 언제?", "answerable": True, "candidate_passage_ids": ["p1"]},
    {"id": "b", "question": "시장은 누구?", "answerable": False, "candidate_passage_ids": ["p2"]},
]
META = {"kind": "retrieval", "set": "small", "code": "one"}


def write(path, rows):
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")


@pytest.fixture
def folder(tmp_path):
    write(tmp_path / "passages.jsonl", PASSAGES)
    write(tmp_path / "questions.jsonl", QUESTIONS)
    write(tmp_path / "abstention.jsonl", JUDGED)
    return tmp_path


class Shelf:
    """Finds the articles it is told to, in that order."""

    def __init__(self, *names):
        self.names = names

    def search(self, query, k):
        found = [article(name, name, "글") for name in self.names]
        return [Evidence(None, each, 1.0, 1.0, 1.0) for each in found][:k]


def quiet(done, total):
    pass


def begun(path, meta=META):
    written = WrittenFolder(path, ("run",))
    written.begin(meta)
    return written


def test_passages_of_the_same_text_are_equally_right(folder):
    first, second = drawn("retrieval", folder, None, 0)
    assert first["wanted"] == ["p1", "p3"]
    assert second["wanted"] == ["p2"]


def test_search_is_scored_by_the_first_right_article(folder, tmp_path):
    rows = ask_rows(
        drawn("retrieval", folder, None, 0),
        begun(tmp_path / "run"),
        searched(Shelf("p9", "p9", "p3", "p2")),
        quiet,
    )
    found = retrieval_figures(rows)  # p3 is second for q1, p2 third for q2
    assert found["mrr_at_10"].value == pytest.approx((1 / 2 + 1 / 3) / 2)
    assert (found["recall_at_1"].value, found["recall_at_5"].value) == (0, 1)


def test_an_interrupted_benchmark_goes_on(folder, tmp_path):
    asked = []

    def ask(question):
        if len(asked) == 1:
            raise KeyboardInterrupt
        asked.append(question["id"])
        return {"found": ["p1"]}

    questions = drawn("retrieval", folder, None, 0)
    with pytest.raises(KeyboardInterrupt):
        ask_rows(questions, begun(tmp_path / "run"), ask, quiet)
    with (tmp_path / "run" / "run.jsonl").open("a") as file:
        file.write('{"id": "q2", "fou')
    rows = ask_rows(questions, begun(tmp_path / "run"), searched(Shelf("p2")), quiet)
    assert [row["found"] for row in rows] == [["p1"], ["p2"]]


def test_what_other_code_left_unfinished_is_begun_anew(folder, tmp_path):
    begun(tmp_path / "run").add("run", {"id": "q1", "found": []})
    assert begun(tmp_path / "run", {**META, "code": "two"}).rows("run") == []


def test_another_sample_is_not_mixed_in(tmp_path):
    begun(tmp_path / "run")
    with pytest.raises(SetError, match="another --output"):
        begun(tmp_path / "run", {**META, "sample": 5})


def test_files_that_no_run_has_left_are_kept(folder):
    with pytest.raises(SetError, match="no run has left them"):
        WrittenFolder(folder, ("run", "questions")).begin(META)
    assert (folder / "questions.jsonl").exists()


def test_reading_is_scored_by_its_short_answers_and_first_citations():
    right = {**quoted("?", LINES[2]).to_dict(), "short_answer": "3월 2일에"}
    wrong = {**quoted("?", LINES[1]).to_dict(), "short_answer": "35억"}
    rows = [
        {**right, "answers": ["3월 2일"], "wanted": [ARTICLE.id]},
        {**wrong, "answers": ["3월 2일"], "wanted": [ARTICLE.id]},
        {**refused("?").to_dict(), "answers": ["봄"], "wanted": [ARTICLE.id]},
        {"error": "ValueError: x", "answers": ["봄"], "wanted": [ARTICLE.id]},
    ]
    found = reading_figures(rows)
    assert found["exact_match"].value == 0
    assert found["particle_free_match"].value == 1 / 4
    # "3월2일에" against "3월2일": 4 of 5 shared, precision 4/5, recall 1; "35억" shares the 3
    assert found["char_f1"].value == pytest.approx((8 / 9 + 2 / 7) / 4)
    assert found["right_sentence_first"].value == 1 / 4
    assert found["over_refusal_rate"].value == 1 / 4


def test_abstention_counts_a_crash_as_wrong_either_way():
    rows = [
        {"answerable": True, "status": "answered", "confidence": 0.9},
        {"answerable": True, "error": "x"},
        {"answerable": False, "status": "abstained", "confidence": 0.1},
        {"answerable": False, "error": "x"},
    ]
    found = abstention_figures(rows)
    assert found["balanced_accuracy"].value == 0.5
    assert (found["refusal_rate"].value, found["over_refusal_rate"].value) == (0.5, 0.5)
    assert found["auroc"].value == 1
    assert figures_of("abstention", rows)["crashes"].value == 0.5


def test_a_question_is_judged_with_exactly_its_candidates(folder, tmp_path):
    seen = []

    class Judge:
        def __init__(self, ids):
            seen.append(ids)

        def ask(self, question, history):
            return refused(question)

    rows = ask_rows(
        drawn("abstention", folder, None, 0), begun(tmp_path / "run"), judged(Judge), quiet
    )
    assert seen == [["p1"], ["p2"]]
    assert [row["status"] for row in rows] == ["abstained", "abstained"]
    assert [row["id"] for row in rows] == ["a", "b"]


@pytest.mark.parametrize("kind", ["retrieval", "reading", "abstention"])
def test_a_finished_benchmark_is_scored_again_from_the_command_line(folder, tmp_path, kind):
    class Clerk:
        def ask(self, question, history):
            return quoted(question, LINES[2])

    asks = {
        "retrieval": searched(Shelf("p1")),
        "reading": read(Clerk()),
        "abstention": judged(lambda ids: Clerk()),
    }
    written = begun(tmp_path / "run", {**META, "kind": kind})
    rows = ask_rows(drawn(kind, folder, None, 0), written, asks[kind], quiet)
    written.complete({**META, "kind": kind})
    shown = CliRunner().invoke(eval_app, ["score", str(tmp_path / "run")])
    assert shown.exit_code == 0, shown.output
    summary = json.loads((tmp_path / "run" / "summary.json").read_text("utf-8"))
    for name, figure in figures_of(kind, rows).items():
        assert summary[name] == figure.to_dict()
    assert "http" not in (tmp_path / "run" / "report.html").read_text("utf-8")


def test_the_report_lists_what_was_missed():
    rows = [
        {"id": "q", "question": "<b>다리는?", "wanted": ["p1"], "found": ["p2", "p1"]},
        {"id": "r", "question": "카페는?", "wanted": ["p1"], "found": []},
    ]
    page = to_html("retrieval", retrieval_figures(rows), rows, META)
    assert "2째" in page
    assert "not in ten" in page
    assert "<b>다리는" not in page


@pytest.mark.parametrize(
    ("name", "bad", "complaint"),
    [
        ("questions", {"id": "q3", "question": 7, "passage_id": "p1"}, "line 3: question must be"),
        ("questions", {"id": "q3", "question": "?"}, "line 3: passage_id is missing"),
        ("questions", {"id": "q1", "question": "?", "passage_id": "p1"}, "line 3: id 'q1' was"),
        ("questions", {"id": "q3", "question": "?", "passage_id": "p7"}, "q3: names the passage"),
        ("passages", {"id": "p4", "text": " "}, "line 4: text must be a text"),
    ],
)
def test_a_bad_line_of_a_benchmark_is_named(folder, name, bad, complaint):
    with (folder / f"{name}.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(bad, ensure_ascii=False) + "\n")
    shown = CliRunner().invoke(eval_app, ["retrieval", str(folder)])
    assert shown.exit_code == 2
    assert complaint in shown.stderr
