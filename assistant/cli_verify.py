"""``kai verify FILE``: check an export again, offline, against the articles of the library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import Failure, Home, out, settings
from assistant.exits import UNVERIFIED, USAGE

if TYPE_CHECKING:
    from assistant.export_reading import Find


def verify(
    file: Annotated[Path, typer.Argument(help="An export of the page, or what kai ask printed.")],
    home: Home = None,
) -> None:
    """Check an exported conversation again: every quote in its place, every number in a quote."""
    from assistant.export_reading import NotAnExport, check_export

    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        said = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise Failure(f"Cannot read {file}: {said}.", USAGE) from error
    try:
        found = check_export(text, _library(settings(home).home))
    except NotAnExport as error:
        raise Failure(f"{file} is no export: {error}.", USAGE) from error
    for problem in found.problems:
        out(f"{file.name}: {problem}")
    if found.problems:
        raise typer.Exit(UNVERIFIED)
    out(f"{file.name}: {found.answers} answers, {found.quotes} quotes, all as the articles say.")


def _library(home: Path) -> Find:
    from ingest.article import Article
    from ingest.errors import LibraryError
    from ingest.library import Library

    library = Library(home)

    def find(article_id: str, revision: str) -> Article | None:
        try:
            return library.get(article_id, revision)
        except LibraryError:
            return None

    return find
