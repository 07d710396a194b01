"""The verbs of ``kai`` that show and keep the articles: articles, status."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import AsJson, Failure, Home, out, say, settings
from assistant.cli_ask import ask, chat, search
from assistant.cli_ingest import ingest, rollback
from assistant.cli_parts import Builder, parts
from assistant.cli_user import user_app
from assistant.cli_verify import verify
from assistant.evaluation.cli import eval_app

if TYPE_CHECKING:
    from ingest.article import Article
    from ingest.library import Library

articles_app = typer.Typer(help="The article library.", invoke_without_command=True)
Id = Annotated[str, typer.Argument(metavar="ID")]
FILES = "docs/ingestion.md, A Chroma server's own files"


def register(app: typer.Typer) -> None:
    """Hang the verbs on ``kai``; a second call changes nothing."""
    if app.registered_commands:
        return
    for verb in (search, ask, chat, ingest, rollback, status, verify):
        app.command()(verb)
    app.add_typer(articles_app, name="articles")
    app.add_typer(user_app, name="user")
    app.add_typer(eval_app, name="eval")


@articles_app.callback()
def articles(context: typer.Context, home: Home = None, as_json: AsJson = False) -> None:
    """List the articles of the library."""
    if context.invoked_subcommand:
        return
    _, library, _ = parts(home)
    served = library.list()
    copies: dict[str, list[str]] = {}
    for article in served:
        if article.group not in (None, article.id):
            copies.setdefault(str(article.group), []).append(article.id)
    rows = [
        _row(article, copies.get(article.id, []), len(library.entry(article.id).revisions))
        for article in served
    ]
    if as_json:
        out(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        copy = f"  = {row['group']}" if row["group"] not in (None, row["id"]) else ""
        facts = f"{row['published'] or '-'}  {row['publisher'] or '-'}"
        out(f"{row['id']}  {facts}  {row['title']}{copy}")
    if not rows:
        say("No articles yet. Add the bundled one: kai ingest")


def _row(article: Article, copies: Sequence[str], revisions: int) -> dict[str, Any]:
    """One row of the list; ``group`` is the id of the copy that speaks, None without copies."""
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "language": article.language,
        "sha256": article.sha256,
        "revisions": revisions,
        "updated": article.updated.isoformat() if article.updated else None,
        "byline": article.byline,
        "group": article.group,
        "speaks_for": copies,
    }


@articles_app.command()
def show(
    article_id: Id,
    home: Home = None,
    revision: Annotated[str | None, typer.Option(help="An older text, by its hash.")] = None,
    removed: Annotated[
        bool, typer.Option("--removed", help="What was cleaned away, instead.")
    ] = False,
) -> None:
    """Print the stored text, exactly, and nothing else."""
    article = parts(home)[1].get(article_id, revision)
    text = "".join(f"{line}\n" for line in article.removed) if removed else article.text
    sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    sys.stdout.buffer.flush()


@articles_app.command()
def remove(
    article_id: Id,
    home: Home = None,
    undo: Annotated[bool, typer.Option("--undo", help="Bring it back.")] = False,
    purge: Annotated[
        bool, typer.Option("--purge", help="Erase it everywhere; no undo brings its text back.")
    ] = False,
) -> None:
    """Take an article out of what is served, or bring it back."""
    from ingest.job import job_lock

    if undo and purge:
        raise Failure("Choose one of --undo and --purge.", 2)
    folder, library, _ = parts(home)
    if not library.is_erased(article_id):
        library.entry(article_id)  # there is none: nothing is locked or made
    with job_lock(folder):
        if purge:
            _purge(library, article_id, home)
        else:
            _remove(library, article_id, undo)
            Builder(home).renew(library)
    done = "erased" if purge else "back" if undo else "removed"
    out(f"{article_id} is {done}.")


def _remove(library: Library, article_id: str, undo: bool) -> None:
    """Remove or bring back; what a killed run had done already is not done again."""
    entry = library.find(article_id)
    if undo:
        library.restore(article_id)
    elif entry is None or not entry.removed or entry.gone:
        library.remove(article_id)


def _purge(library: Library, article_id: str, home: Path | None) -> None:
    """Erase from the library, then from what is served, then from all that was kept."""
    from ingest.errors import LibraryError
    from ingest.traces import traces

    folder, _, store = parts(home)
    texts: list[Article] = []
    if entry := library.find(article_id):  # a killed run may have come further already
        for revision in entry.revisions:
            with suppress(LibraryError):  # damaged, and to be erased all the same
                texts.append(library.get(article_id, revision.sha256))
        library.purge(article_id)
    store.build(library.list(), corpus_hash=library.corpus_hash(), carry=False)
    store.forget({article_id})
    if settings(home).chroma_url:
        say("kai: the server's own files keep what it deleted until they are cleared; see " + FILES)
    for path in traces(folder, texts):
        say(f"kai: {path} still quotes it; that is not part of the library, erase it there too")


@articles_app.command()
def prune(home: Home = None) -> None:
    """Erase removed articles for good; until then, remove --undo brings them back."""
    from ingest.job import job_lock

    folder, library, _ = parts(home)
    with job_lock(folder):
        count = library.prune()
    out(f"{count} removed articles are erased from the library.")


@articles_app.command()
def history(article_id: Id, home: Home = None, as_json: AsJson = False) -> None:
    """The revisions of an article, oldest first, with the sentences that went (-) and came (+)."""
    from ingest.diff import sentence_diff

    _, library, _ = parts(home)
    rows: list[dict[str, Any]] = []
    before: Article | None = None
    for revision in library.entry(article_id).revisions:
        article = library.get(article_id, revision.sha256)
        edits = sentence_diff(before, article) if before else ()
        rows.append({**asdict(revision), "edits": [asdict(edit) for edit in edits]})
        before = article
    if as_json:
        out(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
        return
    for row in rows:
        out(f"{row['sha256']}  {row['at']}  {row['title']}")
        for edit in row["edits"]:
            out(f"  {edit['sign']} {edit['text']}")


def status(home: Home = None, as_json: AsJson = False) -> None:
    """What is served: index generation, counts, corpus hash, embedder, writer."""
    from assistant.evaluation.known import figure_for

    folder, library, store = parts(home)
    manifest = store.manifest()
    row = {
        "home": str(folder),
        "generation": manifest.name,
        "created": str(manifest.created),
        "articles": manifest.articles,
        "passages": manifest.passages,
        "corpus_hash": manifest.corpus_hash,
        "up_to_date": manifest.corpus_hash == library.corpus_hash(),
        "embedder": manifest.embedder,
        "splitter": manifest.splitter,
        "writer": model.label if (model := settings(home).model_choice()) else "extractive",
    }
    known = figure_for(folder, str(row["writer"]))
    row["last_evaluation"] = known.to_dict() if as_json and known else known and known.line
    if as_json:
        out(json.dumps(row, ensure_ascii=False, indent=2))
        return
    for name, value in row.items():
        out(f"{name:16} {value if value is not None else '-'}")
