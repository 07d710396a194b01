"""The verbs of ``kai`` that keep the articles: ingest, articles, status."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import AsJson, Failure, Home, out, say, settings
from assistant.evaluation.cli import eval_app

if TYPE_CHECKING:
    from ingest.job import JobReport
    from ingest.library import Library
    from vectorstore.index import IndexStore

articles_app = typer.Typer(help="The article library.", invoke_without_command=True)
Progress = Callable[[str, int, int], None]


def register(app: typer.Typer) -> None:
    """Hang the verbs on ``kai``; a second call changes nothing."""
    if any(command.name == "ingest" for command in app.registered_commands):
        return
    app.command("ingest")(ingest)
    app.command("status")(status)
    app.add_typer(articles_app, name="articles")
    app.add_typer(eval_app, name="eval")


def _parts(home: Path | None, direct: bool = False) -> tuple[Path, Library, IndexStore]:
    from ingest.library import Library
    from vectorstore.embeddings import load_embedder
    from vectorstore.index import IndexStore

    read = settings(home)
    store = IndexStore(read.home, lambda: load_embedder(read.embedding_model, direct=direct))
    return read.home, Library(read.home), store


class _Builder:
    """Looks without sentence-transformers whether there is anything to do, and builds with it."""

    def __init__(self, home: Path | None) -> None:
        self.is_current = _parts(home, direct=True)[2].is_current
        self.build = _parts(home)[2].build


def ingest(
    sources: Annotated[list[str] | None, typer.Argument(metavar="[PATH]…")] = None,
    home: Home = None,
    as_json: AsJson = False,
    title: Annotated[str | None, typer.Option()] = None,
    publisher: Annotated[str | None, typer.Option()] = None,
    published: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD")] = None,
    url: Annotated[str | None, typer.Option()] = None,
) -> None:
    """Add or update articles and rebuild the index; without a path, the bundled article."""
    from ingest.job import run_job
    from ingest.metadata import metadata_from

    values = {"title": title, "publisher": publisher, "published": published, "url": url}
    given = metadata_from({key: value for key, value in values.items() if value}, "options")
    folder, library, _ = _parts(home)
    with _progress() as progress:
        report = run_job(
            sources or [], library, _Builder(home), home=folder, given=given, on_progress=progress
        )
    for failure in report.failures:
        say(f"kai: {failure}")
    if report.error:
        raise Failure(report.error, report.exit_code)
    if as_json or report.counts:
        out(json.dumps(_report(report)) if as_json else _summary(report))
    if report.exit_code:
        raise typer.Exit(report.exit_code)


def _report(report: JobReport) -> dict[str, Any]:
    build = report.build
    return {
        **{change.value: count for change, count in report.counts.items()},
        "failed": len(report.failures),
        "failures": report.failures,
        "generation": build.generation if build else None,
        "passages": build.passages if build else None,
        "embedded": build.embedded if build else 0,
        "seconds": round(report.seconds, 2),
    }


def _summary(report: JobReport) -> str:
    counts = {change.value: count for change, count in report.counts.items()}
    said = ", ".join(f"{counts.get(name, 0)} {name}" for name in ("new", "changed", "unchanged"))
    if report.failures:
        said += f", {len(report.failures)} failed"
    if report.build is None:
        return f"Articles: {said}. The index is up to date; nothing was built."
    built = report.build
    return (
        f"Articles: {said}. Index {built.generation}: {built.passages} passages, "
        f"{built.embedded} newly embedded, {report.seconds:.1f} s."
    )


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A bar on stderr, only on a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def told(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield told


@articles_app.callback()
def articles(context: typer.Context, home: Home = None, as_json: AsJson = False) -> None:
    """List the articles of the library."""
    if context.invoked_subcommand:
        return
    _, library, _ = _parts(home)
    rows = [
        {
            "id": article.id,
            "title": article.title,
            "publisher": article.publisher,
            "published": article.published.isoformat() if article.published else None,
            "url": article.url,
            "language": article.language,
            "sha256": article.sha256,
            "revisions": len(library.history(article.id)),
        }
        for article in library.list()
    ]
    if as_json:
        out(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        out(f"{row['id']}  {row['published'] or '-'}  {row['publisher'] or '-'}  {row['title']}")
    if not rows:
        say("No articles yet. Add the bundled one: kai ingest")


@articles_app.command()
def show(
    article_id: Annotated[str, typer.Argument(metavar="ID")],
    home: Home = None,
    revision: Annotated[str | None, typer.Option(help="An older text, by its hash.")] = None,
) -> None:
    """Print the stored text, exactly, and nothing else."""
    _, library, _ = _parts(home)
    text = library.get(article_id, revision).text
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


@articles_app.command()
def remove(
    article_id: Annotated[str, typer.Argument(metavar="ID")],
    home: Home = None,
    undo: Annotated[bool, typer.Option("--undo", help="Bring it back.")] = False,
) -> None:
    """Take an article out of what is served, or bring it back."""
    from ingest.job import job_lock

    folder, library, store = _parts(home)
    with job_lock(folder):
        (library.restore if undo else library.remove)(article_id)
        store.build(library.list(), corpus_hash=library.corpus_hash())
    out(f"{article_id} is {'back' if undo else 'removed'}.")


@articles_app.command()
def history(
    article_id: Annotated[str, typer.Argument(metavar="ID")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """The revisions of an article, oldest first."""
    _, library, _ = _parts(home)
    revisions = library.history(article_id)
    if as_json:
        rows = [asdict(revision) for revision in revisions]
        out(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
        return
    for revision in revisions:
        out(f"{revision.sha256}  {revision.title}")


def status(home: Home = None, as_json: AsJson = False) -> None:
    """What is served: index generation, counts, corpus hash, embedder, writer."""
    folder, library, store = _parts(home)
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
        "writer": "extractive",
        "last_evaluation": None,
    }
    if as_json:
        out(json.dumps(row, ensure_ascii=False, indent=2))
        return
    for name, value in row.items():
        out(f"{name:16} {value if value is not None else '-'}")
