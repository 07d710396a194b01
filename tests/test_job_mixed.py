"""200 files of every format, a tenth of them broken each in its own way, in one job."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from news_pages import NEWS, linked, page
from test_docx import NESTED, packed, written
from test_job import Builder
from test_pdf import drawn, wrapped

from ingest import plan
from ingest.job import run_job
from ingest.library import Change, Library

pytestmark = pytest.mark.slow  # makes and parses 200 files, PDF and Word among them

PLACES = "강릉 속초 동해 삼척 태백 정선 영월 평창 횡성 원주 춘천 홍천".split()
GOOD, BROKEN = 180, 20


def title(number: int) -> str:
    return f"{PLACES[number % len(PLACES)]} {number}호 가게 이야기"


def text(number: int) -> str:
    place = PLACES[number % len(PLACES)]
    return (
        f"{place}의 {number}번째 가게가 지난달 문을 열었다고 주인이 밝혔다. "
        f"하루 손님은 {number + 20}명이고, 가게는 아침 {number % 5 + 6}시에 연다."
    )


def as_docx(number: int) -> bytes:
    def fill(document) -> None:
        document.add_heading(title(number), 0)
        document.add_paragraph(text(number))

    return written(fill)


def as_pdf(number: int) -> bytes:
    def draw(canvas) -> None:
        below = wrapped(canvas, title(number), 60, 760, 480, 20)
        wrapped(canvas, text(number), 60, below, 480)

    return drawn(draw)


def as_html(number: int) -> bytes:
    head = linked({**NEWS, "headline": title(number), "mainEntityOfPage": None})
    return page(head, f"<article><h1>{title(number)}</h1><p>{text(number)}</p></article>").encode()


def as_jsonl(number: int) -> bytes:
    row = {"id": f"row-{number}", "title": title(number), "text": text(number)}
    return json.dumps(row, ensure_ascii=False).encode()


FORMATS: tuple[tuple[str, Callable[[int], bytes]], ...] = (
    (".txt", lambda n: f"{title(n)}\n\n{text(n)}".encode()),
    (".text", lambda n: f"{title(n)}\n\n{text(n)}".encode("utf-8-sig")),
    (".txt", lambda n: f"{title(n)}\n\n{text(n)}".encode("cp949")),
    (
        ".md",
        lambda n: f"---\npublished: 2025-01-0{n % 9 + 1}\n---\n# {title(n)}\n\n{text(n)}".encode(),
    ),
    (".html", as_html),
    (".jsonl", as_jsonl),
    (".docx", as_docx),
    (".pdf", as_pdf),
)


def put(name: str, data: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(data)


def huge(folder: Path) -> None:
    """Two gigabytes that take no room."""
    (folder / "huge.txt").touch()
    os.truncate(folder / "huge.txt", 2**31)


WAYS: tuple[Callable[[Path], object], ...] = (
    put("empty.txt", b""),
    put("blank.md", b" \n\n\t\n"),
    put("title-only.md", "# 제목뿐이다\n".encode()),
    put("bad-matter.md", b"---\ntitle: [\n---\ntext\n"),
    put("bad-date.md", "---\npublished: 어제\n---\n# 제목\n\n글이다.\n".encode()),
    put("bad-link.md", "---\nurl: javascript:x\n---\n# 제목\n\n글이다.\n".encode()),
    put("zeros.txt", b"\0" * 4096),
    put("noise.txt", bytes(range(128, 256)) * 16),
    put("cut.jsonl", b'{"id": "x", "text": '),
    put("no-text.jsonl", b'{"id": "x", "title": "y"}'),
    put("no-body.html", b"<html><head><title>x</title></head><body></body></html>"),
    put("cut.docx", b"PK\x03\x04 and then nothing"),
    put("nested.docx", packed(document=NESTED)),
    put("bomb.docx", packed(document=b"<w>" + b" " * 60_000_000 + b"</w>")),
    put("rubbish.pdf", b"%PDF-1.7\nnothing here"),
    put("locked.pdf", drawn(lambda canvas: canvas.drawString(60, 700, "x"), encrypt="secret")),
    huge,
    lambda folder: (folder / "loop.txt").symlink_to(folder / "loop.txt"),
    lambda folder: (folder / "dangling.md").symlink_to(folder / "nowhere.md"),
    lambda folder: os.mkfifo(folder / "pipe.txt"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mixed")
    for number in range(GOOD):
        suffix, make = FORMATS[number % len(FORMATS)]
        part = folder / PLACES[number % len(PLACES)]
        part.mkdir(exist_ok=True)
        (part / f"{number:03}{suffix}").write_bytes(make(number))
    broken = folder / "broken"
    broken.mkdir()
    for way in WAYS:
        way(broken)
    return folder


def test_a_mixed_folder_is_taken_in_but_for_what_is_broken(folder, tmp_path, monkeypatch):
    assert len(WAYS) == BROKEN
    monkeypatch.setattr(plan, "_FRESH", 0)
    home, builder, library = tmp_path / "home", Builder(), Library(tmp_path / "home")
    steps: list[tuple[str, int, int]] = []
    heard: list[str] = []
    report = run_job(
        [folder],
        library,
        builder,
        home=home,
        on_progress=lambda *step: steps.append(step),
        on_failure=heard.append,
    )
    assert (report.exit_code, report.counts) == (4, {Change.NEW: GOOD})
    assert sorted(Path(line.split(":")[0].split(" line ")[0]).name for line in heard) == sorted(
        path.name for path in (folder / "broken").iterdir()
    )
    assert all("\n" not in line and len(line) < 400 for line in heard)
    assert steps == [("read", number, GOOD + BROKEN) for number in range(1, GOOD + BROKEN + 1)]
    row = report.to_dict()
    assert (row["new"], row["failed"], row["exit_code"]) == (GOOD, BROKEN, 4)
    assert len(row["articles"]) == GOOD
    assert json.loads(json.dumps(row, ensure_ascii=False)) == row
    for article in library.list():
        number = int(article.title.split()[1].removesuffix("호"))
        assert (article.title, text(number) in article.text) == (title(number), True)
    assert len(builder.served) == GOOD


def test_the_next_run_reads_only_what_is_broken(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(plan, "_FRESH", 0)
    home, builder, library = tmp_path / "home", Builder(), Library(tmp_path / "home")
    started = time.perf_counter()
    run_job([folder], library, builder, home=home)
    first = time.perf_counter() - started
    started = time.perf_counter()
    again = run_job([folder], library, builder, home=home)
    assert (again.exit_code, again.counts, again.build) == (4, {Change.UNCHANGED: GOOD}, None)
    assert len(again.failures) == BROKEN
    assert time.perf_counter() - started < first
