"""The verbs that keep the library: preview, prune, watch, rollback, history, removal, erasure."""

from __future__ import annotations

import io
import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time

import pytest
from fakes import BigramEmbedder

pytestmark = pytest.mark.usefixtures("own_home")
MARKER = "은빛 고래가 항구에 세 번 나타났다"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "articles"
    write(folder, "whale", f"{MARKER}. 어부들은 놀랐다.")
    write(folder, "mill", "강가의 방앗간이 다시 돈다.")
    return folder


def write(folder, name, text):
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.md").write_text(f"---\nid: {name}\n---\n# {name} 소식\n\n{text}\n", "utf-8")


def served(kai):
    return json.loads(kai("status", "--json")[1])["generation"]


def asked(kai):
    return kai("search", "은빛 고래 항구")[1]


def test_a_preview_lists_what_would_be_done_and_makes_no_home(kai, folder, tmp_path):
    code, out, error = kai("ingest", folder, "--dry-run")
    assert (code, error, (tmp_path / "home").exists()) == (0, "", False)
    assert [line.split()[:2] for line in out.splitlines()[:2]] == [
        ["new", "mill"],
        ["new", "whale"],
    ]
    assert "2 new, 0 changed, 0 unchanged" in out
    kai("ingest", folder)
    (folder / "mill.md").unlink()
    code, out, _ = kai("ingest", folder, "--dry-run", "--json")
    report = json.loads(out)
    assert (code, report["gone_ids"], report["unchanged"]) == (0, ["mill"], 1)
    code, _, error = kai("ingest", tmp_path / "absent", "--dry-run")
    assert (code, error.count("\n")) == (2, 1)


def test_prune_takes_out_what_went_away(kai, folder):
    kai("ingest", folder)
    (folder / "whale.md").unlink()
    assert "1 gone (kept; see --prune)" in kai("ingest", folder)[1]
    assert MARKER in asked(kai)
    assert "1 gone." in kai("ingest", folder, "--prune")[1]
    assert MARKER not in asked(kai)


def test_a_list_of_sources_comes_in_on_stdin(kai, folder, monkeypatch, tmp_path):
    listed = tmp_path / "list"
    listed.write_text(f"{folder / 'mill.md'}\n\n{folder / 'whale.md'}\n", "utf-8")
    monkeypatch.setattr("sys.stdin", listed.open(encoding="utf-8"))
    assert "2 new" in kai("ingest", "-")[1]
    monkeypatch.setattr("sys.stdin", io.StringIO())
    code, _, error = kai("ingest", "-")
    assert (code, "stdin" in error) == (2, True)


def test_rollback_goes_one_back_or_to_a_name_and_the_next_job_forward(kai, folder):
    kai("ingest", folder)
    first = served(kai)
    write(folder, "whale", "고래는 떠났다.")
    kai("ingest", folder)
    second = served(kai)
    assert MARKER not in asked(kai)
    assert kai("rollback")[0] == 0
    assert (served(kai), MARKER in asked(kai)) == (first, True)
    kept = json.loads(kai("rollback", "--list", "--json")[1])
    assert [(row["generation"], row["served"]) for row in kept] == [(first, True), (second, False)]
    assert kai("rollback", second)[0] == 0
    assert served(kai) == second
    kai("rollback")
    assert kai("ingest", folder)[0] == 0
    assert MARKER not in asked(kai)
    for wrong in ("nothing", "../../etc"):
        code, _, error = kai("rollback", wrong)
        assert (code, error.count("\n")) == (2, 1)


def test_rollback_without_an_older_index_or_to_a_removed_article_is_refused(kai, folder):
    assert kai("rollback")[0] == 2
    kai("ingest", folder)
    code, _, error = kai("rollback")
    assert (code, "No older index" in error) == (2, True)
    kai("articles", "remove", "whale")
    code, _, error = kai("rollback")
    assert (code, "kai articles remove whale --undo" in error) == (2, True)
    assert MARKER not in asked(kai)


def test_history_shows_what_changed_between_revisions(kai, folder):
    kai("ingest", folder)
    before = kai("articles", "show", "whale")[1]
    write(folder, "whale", f"{MARKER}. 어부들은 기뻐했다.")
    kai("ingest", folder)
    out = kai("articles", "history", "whale")[1].splitlines()
    assert [line.strip() for line in out[2:]] == ["- 어부들은 놀랐다.", "+ 어부들은 기뻐했다."]
    rows = json.loads(kai("articles", "history", "whale", "--json")[1])
    assert rows[1]["edits"][0] == {"sign": "-", "text": "어부들은 놀랐다."}
    shown = kai("articles", "show", "whale", "--revision", rows[0]["sha256"])[1]
    assert shown == before != kai("articles", "show", "whale")[1]


def test_what_was_cleaned_away_can_be_looked_at(kai, folder):
    write(folder, "whale", f"{MARKER}.\n\n저작권자 © 새벽일보 무단전재 및 재배포 금지")
    kai("ingest", folder)
    assert "무단전재" in kai("articles", "show", "whale", "--removed")[1]
    assert "무단전재" not in kai("articles", "show", "whale")[1]


def test_near_copies_are_listed_under_the_one_that_speaks(kai, tmp_path):
    body = " ".join(
        f"{n}번째 부두의 크레인 {n * 7}대가 밤마다 {n * 3}척을 내린다." for n in range(12)
    )
    for name, publisher in (("first", "새벽일보"), ("second", "저녁일보")):
        path = tmp_path / f"{name}.md"
        path.write_text(
            f"---\nid: {name}\npublisher: {publisher}\npublished: 2025-01-0{len(name) - 4}\n---\n"
            f"# 부두의 밤 {name}\n\n{body}\n",
            "utf-8",
        )
        kai("ingest", path)
    rows = {row["id"]: row for row in json.loads(kai("articles", "--json")[1])}
    assert [rows[name]["group"] for name in ("first", "second")] == ["first", "first"]
    assert (rows["first"]["speaks_for"], rows["second"]["speaks_for"]) == (["second"], [])
    assert "= first" in kai("articles")[1]


def test_a_removal_that_was_killed_before_the_index_was_built_is_made_up_for(kai, folder, tmp_path):
    from ingest.library import Library

    kai("ingest", folder)
    Library(tmp_path / "home").remove("whale")
    assert MARKER in asked(kai)
    assert kai("articles", "remove", "whale")[0] == 0
    assert MARKER not in asked(kai)


def test_pruned_articles_cannot_be_brought_back(kai, folder):
    kai("ingest", folder)
    kai("articles", "remove", "whale")
    assert "1 removed" in kai("articles", "prune")[1]
    assert kai("articles", "remove", "whale", "--undo")[0] == 2


def holding(home, *needles):
    return [
        str(path)
        for path in home.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]


def test_a_purge_leaves_no_byte_of_the_text_in_the_home(kai, folder, tmp_path):
    home = tmp_path / "home"
    kai("ingest", folder)
    write(folder, "whale", f"{MARKER}. 어부들은 기뻐했다.")
    kai("ingest", folder)
    write(folder, "whale", "고래는 이제 없다.")
    kai("ingest", folder)
    half = home / "index" / ".building-x"
    half.mkdir()
    (half / "passages.jsonl").write_text(MARKER, "utf-8")
    (home / "library" / "objects" / "aa").mkdir(exist_ok=True)
    (home / "library" / "objects" / "aa" / ".tmp-x").write_text(MARKER, "utf-8")
    encoded = MARKER.encode(), MARKER.encode("unicode-escape"), b"whale", MARKER[:6].encode()
    vector = BigramEmbedder().embed_query(f"whale 소식\n{MARKER}. 어부들은 놀랐다.").tobytes()
    assert len(holding(home, *encoded)) > 5
    assert kai("articles", "remove", "whale", "--purge")[0] == 0
    assert holding(home, *encoded, vector[:64]) == []
    assert served(kai)
    assert "방앗간" in kai("search", "방앗간")[1]
    assert kai("articles", "show", "whale")[0] == 2
    assert "kept out" in kai("ingest", folder)[1]
    assert kai("articles", "remove", "whale", "--undo")[0] == 0
    assert "1 new" in kai("ingest", folder)[1]


def test_a_purge_names_what_still_quotes_the_article(kai, folder, tmp_path):
    kai("ingest", folder)
    for name, text in (
        ("talk.db", f"x{MARKER}.y"),
        ("talk.json", json.dumps(f"{MARKER}.")),
        ("z", "고래"),
    ):
        (tmp_path / "home" / name).write_text(text, "utf-8")
    code, _, error = kai("articles", "remove", "whale", "--purge")
    assert code == 0
    assert ["talk.db" in error, "talk.json" in error, error.count("\n")] == [True, True, 2]


def test_a_purge_that_was_killed_half_way_is_ended_by_the_next(kai, folder, tmp_path, monkeypatch):
    kai("ingest", folder)
    with monkeypatch.context() as broken:
        broken.setattr("vectorstore.index.IndexStore.build", lambda *_args, **_options: 1 / 0)
        assert kai("articles", "remove", "whale", "--purge")[0] == 1
    assert holding(tmp_path / "home", MARKER.encode()) != []
    assert kai("articles", "remove", "whale", "--purge")[0] == 0
    assert holding(tmp_path / "home", MARKER.encode()) == []


def test_a_purge_cannot_be_undone_in_the_same_breath(kai, folder):
    kai("ingest", folder)
    assert kai("articles", "remove", "whale", "--purge", "--undo")[0] == 2
    assert MARKER in asked(kai)


@pytest.mark.parametrize("inside", [False, True], ids=["a file", "in a file"])
@pytest.mark.parametrize("verb", [["ingest"], ["articles"], ["status"], ["ask", "무엇인가?"]])
def test_a_home_that_is_a_file_is_code_2_and_one_line(kai, tmp_path, verb, inside):
    path = tmp_path / "file"
    path.write_text("x")
    code, out, error = kai(*verb, "--home", path / "home" if inside else path)
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert "--home" in error


def test_links_are_not_watched(kai):
    code, _, error = kai("ingest", "--watch", "https://news.example/rss")
    assert (code, error.count("\n")) == (2, 1)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_watched_folder_is_served_and_left_cleanly(tmp_path, folder, name, code):
    command = [sys.executable, "-m", "assistant", "ingest", "--watch", str(folder), "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    assert json.loads(process.stdout.readline())["new"] == 2
    write(folder, "sea", "바다가 잔잔하다.")
    assert json.loads(process.stdout.readline())["new"] == 1
    process.send_signal(name)
    out, error = process.communicate(timeout=60)
    assert (process.returncode, out, error) == (code, "", "")


def test_progress_with_rate_and_time_left_is_shown_on_a_terminal_only(kai, folder, monkeypatch):
    ours, theirs = pty.openpty()
    seen: list[bytes] = []

    def listen():
        while True:
            try:
                seen.append(os.read(ours, 4096))
            except OSError:
                return

    threading.Thread(target=listen, daemon=True).start()
    with os.fdopen(theirs, "w") as terminal:
        monkeypatch.setattr("sys.stderr", terminal)
        monkeypatch.setenv("TERM", "xterm")
        for number in range(60):
            write(folder, f"n{number}", f"{number}번째 소식이다.")
        assert kai("ingest", folder)[0] == 0
    time.sleep(0.2)
    shown = b"".join(seen).decode()
    assert "read" in shown
    assert "62/62" in shown
    assert "/s" in shown
