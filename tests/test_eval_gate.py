"""The gate on the command line, its baseline file, and the figure that pages show."""

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest
from eval_cases import ARTICLE, LINES, item, quoted, refused, run_of
from typer.testing import CliRunner

from assistant.evaluation import baseline, known
from assistant.evaluation.baseline import Baseline, accepted_ids, since_baseline
from assistant.evaluation.cli import eval_app
from assistant.evaluation.folder import WrittenFolder
from assistant.evaluation.headline import Headline, percent
from assistant.evaluation.known import figure_for, remember
from assistant.evaluation.questions import SetError
from assistant.evaluation.suite import SETS, stages
from assistant.evaluation.summary import evaluate
from assistant.web.accuracy import Accuracy
from vectorstore.errors import NoIndex

ROWS = [{"id": f"c{n}", "category": "single-fact", "lang": "ko", "question": f"비용은 {n}?",
         "answerable": True, "must": [["35억"]]} for n in range(6)]  # fmt: skip
ROWS += [{"id": f"u{n}", "category": "unanswerable", "lang": "ko", "question": f"시장은 {n}?",
          "answerable": False} for n in range(6)]  # fmt: skip
META = {
    "kind": "answers",
    "set": "bus.jsonl",
    "corpus": "town",
    "corpus_hash": "abc",
    "embedder": "small",
    "writer": "extractive",
    "finished": "2026-03-02T10:00:00+00:00",
}
HEADLINE = Headline("bus.jsonl", "abc", "small", "extractive", "2026-03-02", 150, 0.97, 0.934, 0.99)


def run_folder(path, refusing=()):
    """A finished run in which the named answerable questions are refused."""
    written = WrittenFolder(path, ("run", "questions", "articles"))
    written.begin(META)
    written.rewrite("questions", ROWS)
    for row in ROWS:
        sure = row["answerable"] and row["id"] not in refusing
        answer = quoted(row["question"], LINES[1]) if sure else refused(row["question"])
        written.add("run", replace(answer, id=row["id"]).to_dict())
    text = {"id": "bus", "revision": ARTICLE.sha256, "title": "", "text": ARTICLE.text}
    written.rewrite("articles", [text])
    written.complete(META)
    return path


def gate(*arguments):
    return CliRunner().invoke(eval_app, ["gate", *map(str, arguments)])


@pytest.fixture
def agreed(tmp_path):
    """A baseline file of a run in which every question is right."""
    path = tmp_path / "verdicts.json"
    shown = gate(run_folder(tmp_path / "good"), "--baseline", path, "--update")
    assert shown.exit_code == 0, shown.output
    return path


def test_an_equal_run_passes(tmp_path, agreed):
    assert gate(run_folder(tmp_path / "same"), "--baseline", agreed).exit_code == 0


def test_a_category_that_loses_two_questions_fails_by_name(tmp_path, agreed):
    shown = gate(run_folder(tmp_path / "worse", ("c0", "c3")), "--baseline", agreed)
    assert shown.exit_code == 7
    assert "bus.jsonl over town: category single-fact lost 2 questions: c0, c3" in shown.stderr


def test_one_lost_question_is_within_the_noise(tmp_path, agreed):
    assert gate(run_folder(tmp_path / "worse", ("c0",)), "--baseline", agreed).exit_code == 0


def test_a_loss_that_is_agreed_to_passes(tmp_path, agreed):
    accepted = tmp_path / "accepted.txt"
    accepted.write_text("# agreed\n\nc0  # asks for what the new article moved\nc3 # the same\n")
    worse = run_folder(tmp_path / "worse", ("c0", "c3"))
    assert gate(worse, "--baseline", agreed, "--accepted", accepted).exit_code == 0


def test_an_accepted_loss_says_why(tmp_path):
    path = tmp_path / "accepted.txt"
    path.write_text("c0  # moved\nc3\n")
    with pytest.raises(SetError, match="line 2: expected 'ID  # why'"):
        accepted_ids(path)


def test_a_run_without_a_baseline_passes_and_says_so(tmp_path):
    shown = gate(run_folder(tmp_path / "run"), "--baseline", tmp_path / "none.json")
    assert shown.exit_code == 0
    assert "no baseline yet" in shown.stderr


def test_two_runs_are_compared_by_name(tmp_path):
    good, worse = run_folder(tmp_path / "good"), run_folder(tmp_path / "worse", ("c2",))
    shown = CliRunner().invoke(eval_app, ["compare", str(good), str(worse)])
    change = json.loads(shown.stdout)
    assert (change["gained"], change["lost"]) == ([], ["c2"])
    assert change["net_score"]["change"]["value"] == pytest.approx(-1 / 12)


def test_runs_of_other_questions_are_not_compared(tmp_path):
    good, other = run_folder(tmp_path / "good"), run_folder(tmp_path / "other")
    for name in ("run", "questions"):
        text = (other / f"{name}.jsonl").read_text("utf-8")
        renamed = text.replace('"id": "c', '"id": "x').replace('"id": "u', '"id": "y')
        (other / f"{name}.jsonl").write_text(renamed, "utf-8")
    shown = CliRunner().invoke(eval_app, ["compare", str(good), str(other)])
    assert (shown.exit_code, shown.stderr.count("no question in common")) == (2, 1)


def test_an_update_keeps_the_baselines_of_other_runs(tmp_path, agreed):
    other = {"x over y": Baseline(HEADLINE, baseline.read(agreed)["bus.jsonl over town"].verdicts)}
    baseline.write({**baseline.read(agreed), **other}, agreed)
    gate(run_folder(tmp_path / "new", ("c0",)), "--baseline", agreed, "--update")
    kept = baseline.read(agreed)
    assert set(kept) == {"bus.jsonl over town", "x over y"}
    assert not kept["bus.jsonl over town"].verdicts.rows["c0"]["grounded"]


def test_a_broken_run_is_no_baseline(tmp_path):
    folder = run_folder(tmp_path / "run")
    text = (folder / "run.jsonl").read_text("utf-8")
    (folder / "run.jsonl").write_text(text.replace('"start": ', '"start": 1', 1), "utf-8")
    path = tmp_path / "verdicts.json"
    shown = gate(folder, "--baseline", path, "--update")
    assert shown.exit_code == 7
    assert "span not exact" in shown.stderr
    assert not path.exists()


def test_a_file_that_is_no_baseline_is_named(tmp_path):
    path = tmp_path / "verdicts.json"
    path.write_text('{"a": 1}')
    shown = gate(run_folder(tmp_path / "run"), "--baseline", path)
    assert shown.exit_code == 2
    assert "no baseline file" in shown.stderr


def test_the_committed_baseline_covers_the_sets_of_the_project():
    kept = baseline.read()
    for stage in stages(["the original"]):
        rows = kept[f"{stage.questions.name} over {stage.corpus}"].verdicts.rows
        asked = [json.loads(line) for line in stage.questions.read_text("utf-8").splitlines()]
        assert {name.partition("#")[0] for name in rows} == {row["id"] for row in asked}


def test_the_suite_asks_the_original_only_where_it_is():
    assert [stage.corpus for stage in stages()] == ["bundled", "other"]
    assert [stage.corpus for stage in stages(["x"])] == ["bundled", "other", "original"]
    assert not [stage for stage in stages(["x"]) if "sealed" in stage.questions.name]
    assert all(stage.questions.parent == SETS for stage in stages(["x"]))


def test_a_run_is_compared_with_the_baseline_of_its_set_and_articles(monkeypatch):
    items = [item("cost", must=(("35억",),))]
    right = evaluate(run_of(items, {"cost": quoted("?", LINES[1])}, meta=META))
    wrong = evaluate(run_of(items, {"cost": refused("?")}, meta=META))
    elsewhere = evaluate(run_of(items, {"cost": refused("?")}, meta={**META, "corpus_hash": "x"}))
    monkeypatch.setattr(baseline, "read", lambda: {"bus": Baseline.of(right)})
    assert since_baseline(wrong).lost == ("cost",)
    assert since_baseline(elsewhere) is None


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home that serves the corpus "abc" through the embedder "small"."""
    served = SimpleNamespace(corpus_hash="abc", embedder="small")
    monkeypatch.setattr(known, "served_manifest", lambda home: served)
    monkeypatch.setattr(known, "committed", list)
    return tmp_path


@pytest.mark.parametrize("other", ["corpus_hash", "embedder", "writer"])
def test_a_figure_of_something_else_is_never_shown(home, other):
    remember(home, replace(HEADLINE, **{other: "another"}))
    assert figure_for(home, "extractive") is None
    assert Accuracy(home, "extractive").line() == ""
    remember(home, HEADLINE)
    remember(home, replace(HEADLINE, **{other: "another"}))
    assert figure_for(home, "extractive") == HEADLINE


def test_the_newest_figure_is_shown(home):
    remember(home, HEADLINE)
    remember(home, replace(HEADLINE, value=0.5))
    with (home / "evaluations" / "known.jsonl").open("a") as file:
        file.write('{"set": "cut o')
    assert figure_for(home, "extractive").value == 0.5


def test_a_home_without_a_run_shows_the_committed_figure(home, monkeypatch):
    monkeypatch.setattr(known, "committed", lambda: [HEADLINE])
    assert figure_for(home, "extractive") == HEADLINE
    assert figure_for(home, "openai:other") is None


def test_a_home_without_an_index_shows_nothing(tmp_path, monkeypatch):
    def none(home):
        raise NoIndex

    monkeypatch.setattr(known, "served_manifest", none)
    assert figure_for(tmp_path, "extractive") is None


def test_the_line_of_the_page_opens_the_report(home):
    report = home / "report.html"
    report.write_text("<p>whole report", "utf-8")
    remember(home, replace(HEADLINE, report=str(report)))
    shown = Accuracy(home, "extractive")
    assert "정확도 97 % [93–99], 질문 150개, 2026-03-02" in shown.line()
    assert 'href="accuracy/report"' in shown.line()
    assert shown.report() == "<p>whole report"
    report.unlink()
    assert "97 %" in shown.line()
    assert "href" not in shown.line()
    assert shown.report() is None


def test_the_line_of_the_status():
    assert HEADLINE.line == "97 % [93–99], 150 questions, 2026-03-02, bus.jsonl"
    assert percent(replace(HEADLINE, value=0.5, low=0.4, high=0.6)) == "50 % [40–60]"
