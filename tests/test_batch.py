"""Many questions from a file, in order; one that fails gives a line with its error."""

from __future__ import annotations

import json

import pytest

from assistant.answer import Answer, AnswerSentence, Status, Turn, Verdict
from assistant.batch import BatchError, answer_batch, read_batch


class Recorder:
    """Answers with the question itself, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[Turn]]] = []

    def __call__(self, question, history) -> Answer:
        self.asked.append((question, list(history)))
        if question == "터져라":
            raise RuntimeError("it broke")
        sentence = AnswerSentence(f"답: {question}", (), Verdict.NOTICE)
        return Answer(question, question, "ko", Status.ABSTAINED, (sentence,))


def written(tmp_path, text: str | bytes):
    path = tmp_path / "set.jsonl"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_rows_are_read_in_order_with_other_keys_kept_and_blank_lines_skipped(tmp_path):
    rows = ['{"id": "a", "question": "하나?", "must": []}', "", '{"turns": ["둘?"]}', ""]
    found = read_batch(written(tmp_path, "\r\n".join(rows)))
    assert [row.get("id") for row in found] == ["a", None]


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path):
    path = written(tmp_path, b"\xef\xbb\xbf" + '{"question": "하나?"}'.encode())
    assert read_batch(path) == [{"question": "하나?"}]


def test_a_line_separator_inside_a_question_is_no_line_end(tmp_path):
    text = json.dumps({"question": "하나\u2028둘\u0085셋?"}, ensure_ascii=False)
    assert len(read_batch(written(tmp_path, text))) == 1


@pytest.mark.parametrize(
    ("second", "problem"),
    [
        ('{"question": ', "not JSON"),
        ("[1, 2]", 'needs a "question" or "turns"'),
        ('"text"', 'needs a "question" or "turns"'),
        ('{"id": "b"}', 'needs a "question" or "turns"'),
    ],
)
def test_a_line_that_is_no_question_is_named(tmp_path, second, problem):
    path = written(tmp_path, f'{{"question": "하나?"}}\n{second}\n')
    with pytest.raises(BatchError, match=rf"line 2: .*{problem}"):
        read_batch(path)


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_an_empty_file_is_refused(tmp_path, content):
    with pytest.raises(BatchError, match="holds no question"):
        read_batch(written(tmp_path, content))


def test_a_file_that_is_missing_or_not_text_is_refused_with_its_name(tmp_path):
    with pytest.raises(BatchError, match=r"absent\.jsonl"):
        read_batch(tmp_path / "absent.jsonl")
    with pytest.raises(BatchError, match=r"set\.jsonl"):
        read_batch(written(tmp_path, b"\xff\xfe{\x00"))
    with pytest.raises(BatchError, match="UTF-8 file of JSON lines"):
        read_batch(tmp_path)


def test_answers_keep_order_and_ids_and_a_failure_loses_only_itself():
    rows = [{"id": "a", "question": "하나?"}, {"question": "터져라"}, {"id": 3, "question": "셋?"}]
    found = list(answer_batch(rows, Recorder()))
    assert [row["id"] for row in found] == ["a", "line-2", 3]
    assert found[1] == {"id": "line-2", "question": "터져라", "error": "it broke"}
    assert found[0]["text"] == "답: 하나?"


def test_a_history_is_handed_over_as_turns():
    ask = Recorder()
    history = [{"role": "user", "content": "앞?"}, {"role": "assistant", "content": "답"}, "junk"]
    list(answer_batch([{"question": "뒤?", "history": history}], ask))
    assert ask.asked == [("뒤?", [Turn("user", "앞?"), Turn("assistant", "답")])]


@pytest.mark.parametrize("turns", [["하나?", "둘?"], [{"question": "하나?"}, {"question": "둘?"}]])
def test_turns_are_one_conversation_with_numbered_ids(turns):
    ask = Recorder()
    found = list(answer_batch([{"id": "q", "turns": turns}], ask))
    assert [row["id"] for row in found] == ["q#1", "q#2"]
    assert ask.asked[1] == ("둘?", [Turn("user", "하나?"), Turn("assistant", "답: 하나?")])


def test_a_third_turn_knows_the_first():
    ask = Recorder()
    list(answer_batch([{"turns": ["하나?", "둘?", "셋?"]}], ask))
    assert [turn.content for turn in ask.asked[2][1]] == ["하나?", "답: 하나?", "둘?", "답: 둘?"]


def test_a_failed_turn_leaves_the_conversation_going():
    found = list(answer_batch([{"id": "q", "turns": ["터져라", "둘?"]}], Recorder()))
    assert "error" in found[0]
    assert found[1]["text"] == "답: 둘?"


def test_two_rows_of_turns_do_not_share_their_past():
    ask = Recorder()
    list(answer_batch([{"turns": ["하나?"]}, {"turns": ["둘?"]}], ask))
    assert ask.asked[1] == ("둘?", [])


@pytest.mark.parametrize(
    "row",
    [
        {"id": "x", "turns": [{"text": "no question"}]},
        {"id": "x", "turns": None},
        {"id": "x", "turns": 5},
        {"id": "x", "question": "하나?", "history": 5},
    ],
)
def test_a_row_of_the_wrong_shape_is_a_line_with_an_error_and_the_rest_goes_on(row):
    found = list(answer_batch([row, {"id": "y", "question": "둘?"}], Recorder()))
    assert "error" in found[0]
    assert found[-1]["text"] == "답: 둘?"
