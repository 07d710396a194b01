"""Revisions are compared by sentences, titles and headings."""

from __future__ import annotations

from ingest.diff import Edit, sentence_diff
from ingest.read import read_text


def text(body: str, title: str = "서점"):
    return read_text(f"# {title}\n\n{body}", "shop.md", "shop.md", marked_up=True)


def test_only_what_differs_is_told_old_before_new():
    old = text("문을 연 지 서른 해다. 손님이 줄었다. 주인은 웃었다.")
    new = text("문을 연 지 서른 해다. 손님이 늘었다. 주인은 웃었다. 내년에도 연다.")
    assert sentence_diff(old, new) == (
        Edit("-", "손님이 줄었다."),
        Edit("+", "손님이 늘었다."),
        Edit("+", "내년에도 연다."),
    )


def test_titles_and_headings_count_and_equal_texts_have_no_edits():
    assert sentence_diff(text("글이다."), text("글이다.", "책방")) == (
        Edit("-", "서점"),
        Edit("+", "책방"),
    )
    assert sentence_diff(text("글이다."), text("글이다.")) == ()


def test_applying_the_edits_to_the_old_gives_the_new():
    old, new = text("하나다. 둘이다. 셋이다."), text("둘이다. 넷이다. 셋이다. 하나다.")
    edits = sentence_diff(old, new)
    kept = sorted("서점 하나다. 둘이다. 셋이다.".split())
    for edit in edits:
        kept.remove(edit.text) if edit.sign == "-" else kept.append(edit.text)
    assert sorted(kept) == sorted("서점 하나다. 둘이다. 셋이다. 넷이다.".split())
