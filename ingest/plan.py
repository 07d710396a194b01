"""What a job would read: the files of its sources, and which known files are gone.

A file whose state on disk is the one it was last read in is not read again: size, times of change
and inode are compared for equality, never for order, so that a clock may go back.
"""

from __future__ import annotations

import glob
import hashlib
import os
import stat
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ingest.catalog import SourceRecord
from ingest.metadata import Metadata
from ingest.read import SUFFIXES, is_link

_FRESH = 2_000_000_000  # ns: what changed this lately may change again within one tick


@dataclass(frozen=True, slots=True)
class Source:
    """One file or link to read; ``key`` names it in the library.

    ``stamp`` is the state of the file on disk; None where that says nothing: it is always read.
    """

    name: str
    key: str
    stamp: str | None = None
    is_link: bool = False


@dataclass(slots=True)
class Plan:
    """The sources of a job, each once, the folders among them, and what fails before reading."""

    sources: list[Source] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def make_plan(names: Sequence[str | Path], known: Mapping[str, SourceRecord]) -> Plan:
    """Find the files of ``names``; folders are walked, links stand for themselves.

    A folder without files fails, unless files of it are ``known``.
    """
    plan = Plan()
    found: dict[str, Source] = {}
    for name in map(str, names):
        if not name.strip():  # an unset variable must not mean the folder one happens to be in
            plan.failures.append("An empty name is no source; give a path or a link")
            continue
        if is_link(name):
            found[name] = Source(name, name, is_link=True)
            continue
        for file in _files(name, known, plan):
            found[str(file)] = Source(str(file), key_of(file), stamp_of(file))
    plan.sources = list(found.values())
    return plan


def _files(name: str, known: Mapping[str, SourceRecord], plan: Plan) -> list[Path]:
    path = as_written(Path(name))
    if path.is_dir():
        folder = key_of(path)
        plan.folders.append(folder)
        files = sorted(_walk(path, plan.failures.append))
        if not files and not any(_is_under(key, [folder]) for key in known):
            plan.failures.append(f"{name}: no articles in this folder; give files that are read")
        return files
    if os.path.lexists(path) or not glob.has_magic(name):
        return [path] if _leads_somewhere(path, plan) else []
    files = [Path(one) for one in sorted(glob.glob(name, recursive=True)) if os.path.isfile(one)]
    if not files:
        plan.failures.append(f"{name}: no file fits this pattern; check it")
    return files


def _leads_somewhere(path: Path, plan: Plan) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return True  # reading says what is missing
    except OSError as error:
        plan.failures.append(f"{path}: cannot be opened ({error.strerror}); check it")
        return False
    return True


def as_written(path: Path) -> Path:
    """The path, or where it is missing the one that spells its Hangul the other way (NFC, NFD)."""
    if not os.path.lexists(path):
        for form in ("NFC", "NFD"):
            other = Path(unicodedata.normalize(form, str(path)))
            if os.path.lexists(other):
                return other
    return path


def key_of(path: Path) -> str:
    """What makes a file the same one next time: its full path, or its place in this package."""
    full, package = Path(os.path.realpath(path)), Path(__file__).resolve().parent
    return str(full.relative_to(package) if full.is_relative_to(package) else full)


def stamp_of(path: Path) -> str | None:
    """The state of a file on disk; None when it changed too lately to be sure that it is over."""
    state = state_of(path)
    if state is None or time.time_ns() - max(map(int, state.split("-")[1:3])) < _FRESH:
        return None
    return state


def state_of(path: Path) -> str | None:
    """Size, times of change (ns) and inode of a regular file; None of what is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return f"{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}-{status.st_ino}"


def look(names: Sequence[str | Path]) -> dict[str, str]:
    """The state of every file of ``names`` on disk: equal looks mean that none changed."""
    files = make_plan(names, {}).sources
    return {file.key: state_of(Path(file.name)) or "" for file in files}


def how_of(given: Metadata) -> str:
    """What a file is read with: this version of the program, and the facts given beside it."""
    try:
        program = version("kai-assistant")
    except PackageNotFoundError:
        program = ""
    return hashlib.sha256(repr((program, astuple(given))).encode()).hexdigest()[:16]


def gone(known: Mapping[str, SourceRecord], plan: Plan) -> list[str]:
    """The known files under the plan's folders that are missing on disk.

    Where all files of a folder are missing, none counts: a disk that is not mounted looks so. That
    is a failure of the plan.
    """
    here = {source.key for source in plan.sources}
    missing: list[str] = []
    for folder in plan.folders:
        inside = [key for key in sorted(known) if _is_under(key, [folder])]
        lost = [key for key in inside if key not in here and not os.path.lexists(_path(key))]
        if lost and not any(_is_under(key, [folder]) for key in here):
            plan.failures.append(
                f"{folder}: all {len(lost)} files that were here are missing; if they are to go, "
                "remove their articles: kai articles remove"
            )
        else:
            missing += lost
    return missing


def _path(key: str) -> Path:
    return Path(__file__).resolve().parent / key


def _is_under(key: str, folders: Sequence[str]) -> bool:
    return any(Path(key).is_relative_to(folder) for folder in folders)


def _walk(folder: Path, fail: Callable[[str], None]) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        fail(f"{error.filename}: cannot be opened ({error.strerror}); check its rights")

    for root, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(root, name)
            if not name.startswith(".") and path.suffix and path.suffix.lower() in SUFFIXES:
                yield path
