"""The verbs of ``kai`` that change what is served: ingest, rollback."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import AsJson, Failure, Home, out, say
from assistant.cli_parts import Builder, Stop, parts, shown_progress

if TYPE_CHECKING:
    from ingest.job import JobReport, Options
    from ingest.metadata import Metadata

DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")]
Prune = Annotated[bool, typer.Option("--prune", help="Take out what went away from a folder.")]
Watch = Annotated[bool, typer.Option("--watch", help="Go on, and ingest again what changes.")]


def ingest(
    sources: Annotated[list[str] | None, typer.Argument(metavar="[PATH|URL|-]…")] = None,
    home: Home = None,
    as_json: AsJson = False,
    title: Annotated[str | None, typer.Option()] = None,
    publisher: Annotated[str | None, typer.Option()] = None,
    published: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD")] = None,
    url: Annotated[str | None, typer.Option()] = None,
    dry_run: DryRun = False,
    prune: Prune = False,
    watch: Watch = False,
) -> None:
    """Add or update articles and rebuild the index; without a path, the bundled article."""
    from ingest.metadata import metadata_from

    values = {"title": title, "publisher": publisher, "published": published, "url": url}
    given = metadata_from({key: value for key, value in values.items() if value}, "options")
    names = _expanded(sources or [])
    stop = Stop()
    with stop.listening():
        if dry_run:
            _end(_preview(names, home, given, prune, stop), stop, _show_preview, as_json)
            return
        run = _runner(names, home, given, prune, stop)
        if watch:
            _watch(names, run, stop, as_json)
        _end(run(), stop, _show, as_json)


def rollback(
    generation: Annotated[str | None, typer.Argument(metavar="[GENERATION]")] = None,
    home: Home = None,
    as_json: AsJson = False,
    show: Annotated[bool, typer.Option("--list", help="Only list what is kept.")] = False,
) -> None:
    """Serve an older index again: the one named, or the last before the one served."""
    from ingest.job import job_lock

    folder, library, store = parts(home, direct=True)
    served = store.manifest().name
    kept = store.generations()
    if show:
        _list_generations(kept, served, as_json)
        return
    older = [name for name in kept if name < served]
    if generation is None and not older:
        raise Failure("No older index is kept; see: kai rollback --list", 2)
    name = generation or older[-1]
    with job_lock(folder):
        index = store.kept(name)
        removed = {entry.id for entry in library.entries(removed=True) if not entry.gone}
        back = sorted({article.id for article in index.articles()} & removed)
        index.close()
        if back:
            raise Failure(
                f"Index {name} holds {back[0]}, which was removed since; bring it back first: "
                f"kai articles remove {back[0]} --undo",
                2,
            )
        store.rollback(name)
    out(f"Index {name} is served. The next kai ingest serves the library as it is now.")


def _list_generations(kept: Sequence[str], served: str, as_json: bool) -> None:
    rows = [{"generation": name, "served": name == served} for name in kept]
    if as_json:
        out(json.dumps(rows))
        return
    for row in rows:
        out(f"{row['generation']}{'  served' if row['served'] else ''}")


def _expanded(sources: Sequence[str]) -> list[str]:
    """The sources, with the lines of stdin in the place of ``-``."""
    from ingest.read import listed

    names: list[str] = []
    for source in sources:
        names += listed(sys.stdin) if source == "-" else [source]
    if sources and not names:
        raise Failure("No source came in on stdin; give a path or link a line.", 2)
    return names


def _runner(
    names: Sequence[str], home: Path | None, given: Metadata, prune: bool, stop: Stop
) -> Callable[[], JobReport]:
    from ingest.job import run_job

    folder, library, _ = parts(home)
    builder = Builder(home)

    def run() -> JobReport:
        with _options(given, prune, stop) as options:
            return run_job(names, library, builder, home=folder, **options)

    return run


def _preview(
    names: Sequence[str], home: Path | None, given: Metadata, prune: bool, stop: Stop
) -> JobReport:
    from ingest.job import preview_job

    with _options(given, prune, stop) as options:
        return preview_job(names, parts(home)[1], **options)


@contextmanager
def _options(given: Metadata, prune: bool, stop: Stop) -> Iterator[Options]:
    with shown_progress() as (progress, fail):
        yield {
            "given": given,
            "prune": prune,
            "on_progress": progress,
            "on_failure": fail,
            "should_stop": stop.asked,
        }


def _watch(names: Sequence[str], run: Callable[[], JobReport], stop: Stop, as_json: bool) -> None:
    from ingest.errors import JobLocked
    from ingest.read import is_link
    from ingest.watch import watch

    if not names or any(map(is_link, names)):
        raise Failure("Only files and folders are watched; ingest links by a timer.", 2)

    def job() -> bool:
        try:
            report = run()
        except JobLocked as error:
            say(f"kai: {error}")
            return False
        if report.error:
            say(f"kai: {report.error}")
        if report.build or report.items or as_json:
            _show(report, as_json)
            sys.stdout.flush()  # whoever reads a pipe waits for this line
        return not report.error

    watch(names, job, stop.wait)
    raise typer.Exit(stop.code)


def _end(
    report: JobReport, stop: Stop, show: Callable[[JobReport, bool], None], as_json: bool
) -> None:
    if as_json or report.counts or report.gone:
        show(report, as_json)
    if report.error:
        raise Failure(report.error, report.exit_code)
    if report.stopped:
        say("kai: stopped; what was read is kept, and the next run goes on from there.")
        raise typer.Exit(stop.code)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


def _show(report: JobReport, as_json: bool) -> None:
    if as_json:
        out(json.dumps(report.to_dict(), ensure_ascii=False))
    elif not report.error:
        out(_summary(report))


def _show_preview(report: JobReport, as_json: bool) -> None:
    if as_json:
        out(json.dumps(report.to_dict(), ensure_ascii=False))
        return
    for item in report.items:
        source = item.source.encode("utf-8", "backslashreplace").decode()
        out(f"{item.change.value:10} {item.id}  {source}")
    for article_id in report.gone:
        out(f"{'gone':10} {article_id}")
    out(f"Would be: {_counts(report)}. Nothing was written.")


def _counts(report: JobReport) -> str:
    from ingest.catalog import Change

    said = [f"{report.counts[one]} {one.value}" for one in list(Change)[:3]]
    if report.counts[Change.KEPT_OUT]:
        said.append(f"{report.counts[Change.KEPT_OUT]} kept out, as removed")
    if report.gone:
        said.append(f"{len(report.gone)} gone" + ("" if report.pruned else " (kept; see --prune)"))
    if report.failures:
        said.append(f"{len(report.failures)} failed")
    return ", ".join(said)


def _summary(report: JobReport) -> str:
    said = f"Articles: {_counts(report)}."
    if report.build is None:
        return said if report.stopped else f"{said} The index is up to date; nothing was built."
    built = report.build
    rate = ""
    if built.embedded and report.stages.get("embed"):
        rate = f" ({built.embedded / report.stages['embed']:.1f}/s)"
    return (
        f"{said} Index {built.generation}: {built.passages} passages, "
        f"{built.embedded} newly embedded{rate}, {report.seconds:.1f} s."
    )
