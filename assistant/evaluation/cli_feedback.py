"""``kai eval from-feedback``: what readers judged, as draft lines of a question set."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Annotated

import typer

from assistant.evaluation.cli_common import Home, out, say, user_home

Lines = Annotated[Path | None, typer.Option("--output", help="The file to write; else printed.")]


def from_feedback(home: Home = None, output: Lines = None) -> None:
    """Turn the feedback of the page into draft questions; complete them, then: kai eval check."""
    from assistant.evaluation.from_feedback import draft_lines
    from assistant.web.feedback import FeedbackBook
    from assistant.web.store import FILE, Store

    place = user_home(home)
    if not (place / FILE).exists():
        say(f"No feedback in {place} yet. Readers give it below an answer: kai chat")
        raise typer.Exit(0)
    try:
        rows = list(draft_lines(FeedbackBook(Store(place)).all()))
    except (sqlite3.Error, OSError) as error:
        say(f"The feedback in {place / FILE} cannot be read: {error}")
        raise typer.Exit(2) from error
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if output is None:
        out(text.rstrip("\n")) if text else None
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        say(f"Cannot write {output}: {error.strerror}. Choose another --output.")
        raise typer.Exit(2) from error
    say(f"{len(rows)} drafts written: {output}. Complete them, then: kai eval check {output}")
