from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ingest.article import BlockKind
from ingest.errors import ReadError
from ingest.metadata import Metadata
from ingest.read import read, read_text

BODY = "강릉의 작은 서점이 올해로 문을 연 지 서른 해를 맞았다."


def kinds(text: str, marked_up: bool = False) -> list[tuple[str, str]]:
    article = read_text(text, "x", "x", marked_up=marked_up)
    return [(b.kind.value, article.text[b.start : b.end]) for b in article.blocks]


def test_plain_text_has_title_subtitle_headings_and_lists() -> None:
    text = f"서점 서른 해\n\n동네의 자랑… 손님도 늘어\n\n{BODY}\n\n앞날\n\n{BODY}\n\n- 시집\n- 동화"
    assert kinds(text) == [
        ("title", "서점 서른 해"), ("subtitle", "동네의 자랑… 손님도 늘어"), ("paragraph", BODY),
        ("heading", "앞날"), ("paragraph", BODY), ("list_item", "시집"), ("list_item", "동화"),
    ]  # fmt: skip


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "The shop has been open for thirty years and its\nowner is as busy as on the first day."
    )
    assert kinds(f"A shop\n\n{wrapped}")[1] == ("paragraph", wrapped.replace("\n", " "))


def test_markdown_loses_its_markup_and_nothing_else() -> None:
    text = (
        "# 제목\n\n**“책”**은 [여기](http://x.kr)에 3*4*5권, 5.33%다. <!-- 숨김 -->\n\n"
        "2025. 8. 4. 문을 열었다.\n\n## 표\n\n| 해 | 값 |\n|--|--|\n| 2024 | 1만 2,000원 |\n"
    )
    assert kinds(text, marked_up=True) == [
        ("title", "제목"), ("paragraph", "“책”은 여기에 345권, 5.33%다."),
        ("list_item", "2025. 8. 4. 문을 열었다."), ("heading", "표"),
        ("table_row", "해 | 값"), ("table_row", "2024 | 1만 2,000원"),
    ]  # fmt: skip


def test_front_matter_and_given_facts(tmp_path: Path) -> None:
    path = tmp_path / "shop.md"
    path.write_text(
        f"---\ntitle: 서점\npublished: 2025-08-04\npublisher: 새벽일보\n---\n\n{BODY}\n", "utf-8"
    )
    article = read(path, Metadata(publisher="저녁일보")).articles[0]
    assert (article.title, article.publisher) == ("서점", "저녁일보")
    assert (article.published, article.language) == (date(2025, 8, 4), "ko")
    assert article.text == f"서점\n\n{BODY}"
    assert article.id.startswith("shop-")
    assert read(path).articles[0].id == article.id


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "euc-kr", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "shop.txt"
    path.write_bytes(f"서점 서른 해\r\n\r\n{BODY}".encode(encoding))
    assert read(path).articles[0].text == f"서점 서른 해\n\n{BODY}"


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\x00\x01\x02text", "binary"),
        ("a.txt", b"%PDF-1.7", "PDF"),
        ("a.txt", "서점".encode() + b"\xff\xfe\xfa", "neither UTF-8"),
        ("a.exe", b"MZ", "not read"),
        ("a.md", b"---\npublished: 2025-13-01\n---\nx", "YYYY-MM-DD"),
        ("a.md", b"---\na: [\n---\nx", "YAML"),
        ("a.txt", "댓글\n\n구독하기".encode(), "furniture"),
        ("a.txt", "서점".encode(), "no article text"),
        ("a.jsonl", b"[1]\n", 'no "text"'),
        ("a.jsonl", b"{", "not JSON"),
    ],
)
def test_bad_files_give_one_line_with_the_cause(
    tmp_path: Path, name: str, data: bytes, cause: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError, match=cause) as caught:
        read(tmp_path / name)
    assert "\n" not in str(caught.value)
    assert name in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"gone\.txt: no such file"):
        read(tmp_path / "gone.txt")


def test_json_lines_keep_ids_and_report_bad_lines(tmp_path: Path) -> None:
    rows = [
        {"id": "a-1", "title": "서점", "text": BODY},
        {"id": "책 방", "text": f"책방\n\n{BODY}"},
    ]
    path = tmp_path / "many.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join([lines[0], "{broken", lines[1]]), "utf-8")
    reading = read(path)
    assert [a.title for a in reading.articles] == ["서점", "책방"]
    assert reading.articles[0].id == "a-1"
    assert reading.articles[1].id.isascii()
    assert [line.split(": ")[1] for line in reading.failures] == [
        "not JSON; write one object a line"
    ]
    assert reading.articles[0].blocks[0].kind is BlockKind.TITLE
