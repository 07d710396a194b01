import json

import pytest
from eval_cases import ARTICLE, LINES, quoted, refused
from typer.testing import CliRunner

from assistant.evaluation.check import draft_lines, set_problems
from assistant.evaluation.cli import eval_app
from assistant.evaluation.questions import SetError, items, load_lines, read_jsonl, sample
from assistant.evaluation.runner import RunFolder, ask_all
from assistant.evaluation.runs import load_run
from assistant.evaluation.summary import evaluate

ROWS = [
    {"id": "a", "question": "비용은?", "answerable": True, "must": [["35억"]]},
    {"id": "b", "question": "시장 이름은?", "answerable": False},
    {"id": "d", "category": "follow-up", "turns": [
        {"question": "비용은 얼마?", "must": [["35억"]]}, {"question": "언제?", "must": [["3월"]]}
    ]},
]  # fmt: skip


class Clerk:
    """Answers by a word of the question; needs the history to know what "언제?" is about."""

    def __init__(self, fail_at=None):
        self.asked = []
        self.fail_at = fail_at

    def ask(self, question, history):
        self.asked.append(question)
        if self.fail_at == len(self.asked):
            raise KeyboardInterrupt
        if "비용" in question:
            return quoted(question, LINES[1])
        return quoted(question, LINES[2]) if history and "언제" in question else refused(question)


def write_set(path, rows=ROWS):
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
    return path


def folder_of(tmp_path):
    path = write_set(tmp_path / "set.jsonl")
    source = [row for _, row, _ in read_jsonl(path)]
    return RunFolder(tmp_path / "run", load_lines(path), source)


def test_a_run_is_asked_written_and_scored(tmp_path):
    folder = folder_of(tmp_path)
    folder.start({"set": "x"})
    ask_all(folder, Clerk(), None)
    folder.finish([ARTICLE], {"set": "x"})
    result = evaluate(load_run(tmp_path / "run"))
    assert [each.item.id for each in result.scores] == ["a", "b", "d#1", "d#2"]
    assert result.figures["grounded_correct"].value == 1
    assert result.figures["follow_up"].value == 1
    assert result.figures["follow_up_without_history"].value == 0
    assert result.figures["determinism"].value == 1


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path):
    folder = folder_of(tmp_path)
    folder.start({"set": "x"})
    with pytest.raises(KeyboardInterrupt):
        ask_all(folder, Clerk(fail_at=3), None)
    with (tmp_path / "run" / "run.jsonl").open("a") as file:
        file.write('{"id": "cut o')
    again = Clerk()
    folder.start({"set": "x"})
    ask_all(folder, again, None)
    folder.finish([ARTICLE], {"set": "x"})
    assert again.asked[0] == "비용은 얼마?"
    assert len(evaluate(load_run(tmp_path / "run")).scores) == 4


def test_an_unfinished_run_of_something_else_is_not_mixed_in(tmp_path):
    folder = folder_of(tmp_path)
    folder.start({"set": "x"})
    with pytest.raises(SetError, match="another --output"):
        folder.start({"set": "y"})


def test_a_crash_is_a_line_and_the_run_goes_on(tmp_path):
    class Broken(Clerk):
        def ask(self, question, history):
            raise RuntimeError("no answer")

    folder = folder_of(tmp_path)
    folder.start({})
    ask_all(folder, Broken(), None)
    folder.finish([ARTICLE], {})
    result = evaluate(load_run(tmp_path / "run"))
    assert len(result.unfit) == 4
    assert "RuntimeError: no answer" in result.unfit[0]


def test_a_finished_run_is_scored_again_from_the_command_line(tmp_path):
    folder = folder_of(tmp_path)
    folder.start({})
    ask_all(folder, Clerk(), None)
    folder.finish([ARTICLE], {})
    shown = CliRunner().invoke(eval_app, ["score", str(tmp_path / "run")])
    assert shown.exit_code == 0, shown.output
    summary = json.loads((tmp_path / "run" / "summary.json").read_text("utf-8"))
    assert set(summary["correct"]) == {"value", "low", "high", "n"}


@pytest.mark.parametrize(
    ("bad", "complaint"),
    [
        ('{"id": "q7", "question": }', "line 7: not JSON"),
        ('{"id": "q7", "question": 7, "answerable": false}', "line 7: question must be a text"),
        ('{"id": "q7", "question": "?", "answerable": "no"}', "line 7: answerable must be true"),
        ('{"id": "q7", "question": "?", "answerable": true}', "line 7: q7: answerable, but must"),
        ('{"id": "q7", "question": "?", "must": ["35억"]}', "line 7: must must be a list of facts"),
        ('{"id": "q1", "question": "?", "answerable": false}', "was used in line 1 already"),
        ('{"question": "?", "answerable": false}', "line 7: id must be a text"),
        ('["q7"]', "line 7: a JSON object is expected"),
        ('{"id": "q7", "question": "?", "answerable": 1}', "line 7: answerable must be true"),
        ('{"id": "q7", "question": "?", "must_nto": ["1"]}', "line 7: unknown key 'must_nto'"),
        ('{"id": "q7", "question": "?", "as_of": "어제"}', "line 7: as_of must be a date"),
        ('{"id": "q7", "question": "\\ud800?", "answerable": false}', "line 7: holds half"),
        ('{"id": "q7", "turns": [{"question": "?"}, 7]}', "line 7: turns must be a list"),
        ('{"id": "q7", "question": "?", "evidence": [{"start": 9, "end": 3}], "must": [["1"]]}',
         "line 7: evidence must be a list of quotes"),
        ("[" * 100_000, "line 7: not JSON"),
    ],
)  # fmt: skip
def test_a_bad_line_is_named(tmp_path, bad, complaint):
    good = [f'{{"id": "q{n}", "question": "질문 {n}?", "answerable": false}}' for n in range(1, 7)]
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join([*good, bad]), "utf-8")
    with pytest.raises(SetError) as caught:
        load_lines(path)
    assert complaint in str(caught.value)
    shown = CliRunner().invoke(eval_app, ["answers", str(path)])
    assert shown.exit_code == 2


@pytest.mark.parametrize("content", ["", "\n", " \r\n\n", "\ufeff"])
def test_an_empty_set_is_refused(tmp_path, content):
    path = tmp_path / "set.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(SetError, match="holds no question"):
        load_lines(path)


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter(tmp_path):
    path = tmp_path / "set.jsonl"
    rows = "\r\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS)
    path.write_bytes(b"\xef\xbb\xbf" + rows.encode() + b"\r\n\r\n")
    assert [line.id for line in load_lines(path)] == ["a", "b", "d"]


def test_a_line_of_another_encoding_is_named(tmp_path):
    path = tmp_path / "set.jsonl"
    good = '{"id": "a", "question": "질문?", "answerable": false}\n'
    path.write_bytes(good.encode() + '{"id": "b", "question": "질문"}'.encode("cp949"))
    with pytest.raises(SetError, match="line 2: not UTF-8: byte 0x"):
        load_lines(path)


def test_a_sample_keeps_dialogues_whole_and_its_seed(tmp_path):
    lines = load_lines(write_set(tmp_path / "set.jsonl"))
    assert sample(lines, 2, 1) == sample(lines, 2, 1)
    assert all(len(line.items) == 2 for line in sample(lines, 2, 1) if line.is_dialogue)
    assert len(items(sample(lines, None, 0))) == 4


def test_a_set_is_checked_against_its_articles(tmp_path):
    rows = [
        {"id": "a", "question": "비용은?", "must": [["36억"]]},
        {"id": "b", "question": "비용은 ?", "must": [["35억"]], "evidence": ["없는 말"]},
        {"id": "c", "question": "노선은?", "answerable": False, "must_not": ["12개"]},
    ]
    lines = load_lines(write_set(tmp_path / "set.jsonl", rows))
    found = "\n".join(set_problems(lines, {("bus", ARTICLE.sha256): ARTICLE.text}))
    for complaint in ("no article states 36억", "asks the same as line 1", "not in the articles",
                      "but the articles state 12개"):  # fmt: skip
        assert complaint in found


def test_offsets_among_several_articles_name_theirs(tmp_path):
    rows = [
        {"id": "a", "question": "비용은?", "must": [["35억"]],
         "evidence": [{"start": 0, "end": 9}]},
        {"id": "b", "question": "언제?", "must": [["3월"]],
         "evidence": [{"start": 0, "end": 9, "article": "bus"}]},
    ]  # fmt: skip
    lines = load_lines(write_set(tmp_path / "set.jsonl", rows))
    texts = {("bus", "one"): ARTICLE.text, ("wire", "two"): ARTICLE.text}
    assert [line[:9] for line in set_problems(lines, texts)] == ["line 1: a"]


def test_a_draft_points_at_its_sentences():
    from dataclasses import replace

    from ingest.article import Block, BlockKind

    block = Block(BlockKind.PARAGRAPH, len(LINES[0]) + 1, len(LINES[0]) + 1 + len(LINES[1]))
    drafted = list(draft_lines(replace(ARTICLE, blocks=(block,))))
    span = drafted[0]["evidence"][0]
    assert ARTICLE.text[span["start"] : span["end"]] == LINES[1]
    assert ["35억 원"] in drafted[0]["must"]
