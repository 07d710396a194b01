"""The ``kai`` command: exit codes, one-line errors with the cure, and JSON to read."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from town import KOREAN

pytestmark = pytest.mark.usefixtures("own_home")
QUESTION = "한빛버스에는 얼마가 지원되나요?"


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "bus.md"
    path.write_text(f"---\nid: bus\npublished: 2025-03-10\n---\n{KOREAN}", "utf-8")
    return str(path)


@pytest.fixture
def served(kai, article):
    assert kai("ingest", article)[0] == 0
    return kai


def one_line(error: str) -> str:
    assert error.count("\n") == 1
    assert error.startswith("kai: ")
    assert "Traceback" not in error
    return error


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense"], "nonsense"),
        (["ask", "--nope"], "--nope"),
        (["ask"], "kai ask"),
        (["ask", ""], "empty"),
        (["ask", " \t\u200b"], "empty"),
        (["ask", "가" * 10_000], "10,000 characters"),
        (["ask", "\ud800"], "empty"),
        (["ask", "--batch", "absent.jsonl"], "absent.jsonl"),
        (["ask", QUESTION], "kai ingest"),
        (["search", "버스"], "kai ingest"),
        (["search", "버스", "--top", "0"], "--top"),
        (["status"], "kai ingest"),
        (["ingest", "absent.md"], "absent.md"),
        (["articles", "show", "nobody"], "nobody"),
        (["articles", "remove", "nobody"], "nobody"),
        (["articles", "history", "nobody"], "nobody"),
        (["chat", "--port", "99999"], "--port"),
        (["chat"], "kai ingest"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else None,
)
def test_what_the_user_can_mend_is_code_2_and_one_line(kai, arguments, said):
    code, out, error = kai(*arguments)
    assert (code, out) == (2, "")
    assert said in one_line(error)


@pytest.mark.parametrize("date", ["2025-13-40", "yesterday", "10.03.2025"])
def test_a_wrong_date_is_refused_and_nothing_is_stored(kai, article, date):
    code, out, error = kai("ingest", article, "--published", date)
    assert (code, out) == (2, "")
    assert "YYYY-MM-DD" in one_line(error)
    assert kai("articles", "--json")[1].strip() == "[]"


@pytest.mark.parametrize("verb", [["status"], ["ask", QUESTION], ["articles"], ["chat"]])
def test_a_bad_setting_is_named(kai, monkeypatch, verb):
    monkeypatch.setenv("KAI_PORT", "abc")
    code, out, error = kai(*verb)
    assert (code, out) == (2, "")
    assert "KAI_PORT" in one_line(error)


@pytest.mark.parametrize("second", ['{"id": ', "[]", '{"id": "b"}'])
def test_a_batch_names_its_broken_line_before_anything_is_asked(served, tmp_path, second):
    path = tmp_path / "set.jsonl"
    path.write_text(f'{{"question": "{QUESTION}"}}\n{second}\n', "utf-8")
    code, out, error = served("ask", "--batch", str(path))
    assert (code, out) == (2, "")
    assert "line 2" in one_line(error)


def test_a_batch_is_answered_in_order_into_its_file(served, tmp_path):
    rows = [{"id": "a", "question": QUESTION}, {"id": "b", "question": ""}, {"turns": ["시장은?"]}]
    batch, output = tmp_path / "set.jsonl", tmp_path / "out.jsonl"
    batch.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    assert served("ask", "--batch", str(batch), "--output", str(output)) == (0, "", "")
    found = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    assert [row["id"] for row in found] == ["a", "b", "line-3#1"]
    assert found[0]["short_answer"] == "120억 원"
    assert "empty" in found[1]["error"]
    assert served("ask", "--batch", str(batch))[1].count("\n") == 3


def test_an_output_that_cannot_be_written_is_the_users_to_mend(served, tmp_path):
    batch = tmp_path / "set.jsonl"
    batch.write_text('{"question": "시장은?"}', "utf-8")
    output = str(tmp_path / "no" / "folder.jsonl")
    assert served("ask", "--batch", str(batch), "--output", output)[0] == 2


def test_ingest_says_what_it_did_and_does_nothing_twice(kai, article):
    code, out, _ = kai("ingest", article, "--json")
    report = json.loads(out)
    assert code == 0
    assert (report["new"], report["failed"]) == (1, 0)
    assert report["passages"] == report["embedded"] > 3
    code, out, error = kai("ingest", article)
    assert (code, error) == (0, "")
    assert "nothing was built" in out


def test_a_source_that_fails_beside_one_that_works_is_code_4(kai, article):
    code, out, error = kai("ingest", article, "absent.md", "--json")
    assert code == 4
    assert "absent.md" in one_line(error)
    assert json.loads(out)["new"] == 1
    assert kai("ask", QUESTION)[0] == 0


def test_another_job_at_work_is_code_5(served, article, tmp_path):
    from ingest.job import job_lock

    with job_lock(tmp_path / "home"):
        code, out, error = served("ingest", article, "--title", "다른 제목")
    assert (code, out) == (5, "")
    one_line(error)


def test_an_index_that_fails_its_check_is_code_6(kai, article, monkeypatch):
    from vectorstore.errors import VerificationError

    def fails(*_arguments):
        raise VerificationError("a passage is missing")

    monkeypatch.setattr("vectorstore.index.verify_generation", fails)
    code, _, error = kai("ingest", article)
    assert code == 6
    assert "kai ingest" in one_line(error)


@pytest.mark.parametrize(
    ("problem", "code", "line"),
    [
        (RuntimeError("two\nlines"), 1, "kai: two lines\n"),
        (OSError(28, "No space left on device"), 1, "kai: The disk is full."),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_what_goes_wrong_on_the_way_has_its_code(served, monkeypatch, problem, code, line):
    def breaks(*_arguments, **_options):
        raise problem

    monkeypatch.setattr("assistant.chain.Assistant.ask", breaks)
    found, out, error = served("ask", QUESTION)
    assert (found, out) == (code, "")
    assert error.startswith(line)
    assert error.count("\n") == (1 if line else 0)


def test_an_answer_is_shown_with_its_source_and_date(served):
    code, out, error = served("ask", QUESTION)
    assert (code, error) == (0, "")
    assert out.startswith("한빛버스에는 120억 원이 지원된다. [1]\n")
    assert "2025-03-10" in out


def test_a_refusal_is_an_answer(served):
    code, out, _ = served("ask", "가온시 시장은 누구인가요?", "--json")
    assert code == 0
    assert json.loads(out)["status"] == "abstained"


def test_a_shown_article_is_the_stored_text_exactly_and_cited_by_its_offsets(served):
    text = served("articles", "show", "bus")[1]
    answer = json.loads(served("ask", QUESTION, "--json")[1])
    [citation] = answer["citations"]
    assert text[citation["start"] : citation["end"]] == citation["quote"]
    [row] = json.loads(served("articles", "--json")[1])
    assert citation["revision"] == row["sha256"]
    assert not text.endswith("\n")
    code, _, error = served("articles", "show", "bus", "--revision", "0" * 64)
    assert (code, "history" in one_line(error)) == (2, True)


def test_the_list_of_articles_has_the_keys_of_the_contract(served):
    [row] = json.loads(served("articles", "--json")[1])
    keys = ["id", "title", "publisher", "published", "url", "language", "sha256", "revisions"]
    assert list(row)[: len(keys)] == keys
    assert (row["id"], row["published"], row["revisions"]) == ("bus", "2025-03-10", 1)


def test_a_removed_article_is_not_served_until_it_is_brought_back(served):
    assert served("articles", "remove", "bus")[0] == 0
    assert "120억" not in served("ask", QUESTION)[1]
    assert served("articles", "remove", "bus", "--undo")[0] == 0
    assert "120억" in served("ask", QUESTION)[1]


def test_search_gives_ranked_evidence_without_an_answer(served):
    code, out, _ = served("search", "한빛버스 지원", "--json", "-k", "2")
    rows = json.loads(out)
    assert code == 0
    assert [row["rank"] for row in rows] == [1, 2]
    assert rows[0]["score"] >= rows[1]["score"]
    text = served("articles", "show", "bus")[1]
    assert all(text[row["start"] : row["end"]] == row["text"] for row in rows)


def test_status_says_what_is_served_from_the_home_that_is_given(served, tmp_path):
    row = json.loads(served("status", "--json")[1])
    assert (row["articles"], row["up_to_date"], row["writer"]) == (1, True, "extractive")
    assert row["embedder"] == "bigram"
    code, _, error = served("status", "--home", str(tmp_path / "other"))
    assert (code, "kai ingest" in one_line(error)) == (2, True)


SERVING = """
import sys
import assistant.web, vectorstore.embeddings
from assistant.cli import main
from fakes import BigramEmbedder
vectorstore.embeddings.load_embedder = lambda *_, **__: BigramEmbedder()
assistant.web.serve = lambda *_, **__: print("requests" in sys.modules)
main(["chat"])
"""


def test_what_hides_its_warnings_is_loaded_before_the_page_has_threads(served):
    """Else a hint of urllib3 about SOCKS reaches whoever starts the page."""
    ended = subprocess.run(
        [sys.executable, "-c", SERVING],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (ended.stdout, ended.stderr) == ("True\n", "")
