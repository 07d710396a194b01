"""Reads the word lists beside this module: one entry a line, tabs between columns, # comments."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent / "lexicon_data"


def rows(name: str) -> Iterator[list[str]]:
    """The columns of every entry of a word list; raises ValueError for a line without a tab."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if line and not line.startswith("#"):
            columns = line.split("\t")
            if len(columns) < 2:
                raise ValueError(f"{name}:{number} has no tab: {line!r}. Write KEY<tab>VALUES")
            yield columns


def listed(column: str, separator: str = ",") -> tuple[str, ...]:
    """The entries of a column, without the spaces around them and without empty ones."""
    return tuple(entry.strip() for entry in column.split(separator) if entry.strip())
