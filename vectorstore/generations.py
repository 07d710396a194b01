"""The folder of index generations and the pointer that names the one served.

A generation is written under a hidden name, and shown by a rename; the pointer is replaced by a
rename too, so that at every instant it names a whole generation. What it is made of lies beside it
in ``parts``, where generations share it: a new part is put there before the generation that names
it is shown, and a part goes when no generation names it any more.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from vectorstore.errors import IndexUnreadable, NoIndex
from vectorstore.manifest import Manifest

KEPT = 3
PARTS = "parts"
HIDDEN = ".building-"
_STAMP, _STAMP_LENGTH = "%Y%m%dT%H%M%S.%f", 22
_TICK = timedelta(microseconds=1)
NAME = re.compile(r"\d{8}T\d{6}\.\d{6}-[0-9a-f]{4}")


class Generations:
    """The generations below ``folder`` and the pointer file ``CURRENT``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pointer = folder / "CURRENT"

    def names(self) -> list[str]:
        """All whole generations, oldest first."""
        return self._here()

    def _here(self) -> list[str]:
        if not self._folder.is_dir():
            return []
        return sorted(path.name for path in self._folder.iterdir() if NAME.fullmatch(path.name))

    def current(self) -> str:
        """The generation to serve; raises ``NoIndex`` or ``IndexUnreadable``."""
        try:
            name = self._pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            raise NoIndex from None
        except (OSError, ValueError) as error:
            raise IndexUnreadable(self._pointer, str(error)) from error
        if not NAME.fullmatch(name) or not self.path(name).is_dir():
            raise IndexUnreadable(self._pointer, f"it names {name[:60]!r}, which is not there")
        return name

    def path(self, name: str) -> Path:
        """The folder of a generation."""
        return self._folder / name

    def begin(self) -> Path:
        """A hidden empty folder to build the next generation in; leftovers of a kill go."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for left in self._folder.glob(f"{HIDDEN}*"):
            shutil.rmtree(left, ignore_errors=True)
        self.sweep()
        hidden = self._folder / f"{HIDDEN}{self._next_stamp()}-{secrets.token_hex(2)}"
        hidden.mkdir()
        return hidden

    def _next_stamp(self) -> str:
        """This moment, or just after the last generation where the clock has gone back."""
        now = datetime.now(UTC)
        last = [name[:_STAMP_LENGTH] for name in self.names()[-1:]]
        after = [datetime.strptime(f"{one}+0000", f"{_STAMP}%z") + _TICK for one in last]
        return max([now, *after]).strftime(_STAMP)

    def show(self, hidden: Path) -> str:
        """Make a finished generation durable and give it its name, without serving it yet."""
        for path in hidden.rglob("*"):
            _sync(path)
        _sync(hidden)
        name = hidden_name(hidden)
        if (hidden / name).is_dir():
            self._shelve(hidden / name)
        hidden.rename(self._folder / name)
        _sync(self._folder)
        return name

    def _shelve(self, part: Path) -> None:
        """Put a new part beside the others, before the generation that names it is shown."""
        parts = self._folder / PARTS
        parts.mkdir(exist_ok=True)
        part.rename(parts / part.name)
        _sync(parts)

    def point(self, name: str) -> None:
        """Serve ``name`` from the next question on."""
        if name not in self.names():
            raise IndexUnreadable(self.path(name), "there is no such generation")
        draft = self._folder / f".CURRENT-{secrets.token_hex(4)}"
        try:
            with draft.open("w", encoding="utf-8") as file:
                file.write(f"{name}\n")
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._pointer)
        finally:
            draft.unlink(missing_ok=True)
        _sync(self._folder)

    def prune(self) -> None:
        """Remove all but the last generations and the one served."""
        served = self.current()
        for name in self.names()[:-KEPT]:
            if name != served:
                shutil.rmtree(self.path(name), ignore_errors=True)
        self.sweep()

    def sweep(self, *, surely: bool = False) -> None:
        """Remove the parts that no generation names; none while a generation cannot be read.

        With ``surely`` what stands in the way is raised: ``IndexUnreadable`` or OSError.
        """
        try:
            manifests = [Manifest.load(self._folder / name) for name in self._here()]
        except IndexUnreadable:
            if surely:
                raise
            return
        named = {part for manifest in manifests for part in manifest.parts}
        for part in (self._folder / PARTS).glob("*"):
            if part.name not in named and not self._is_coming(part.name):
                shutil.rmtree(part, ignore_errors=not surely)

    def _is_coming(self, name: str) -> bool:
        """Whether the generation of that name is being shown by somebody at this moment."""
        return (self._folder / f"{HIDDEN}{name}").exists() or (self._folder / name).exists()


def hidden_name(hidden: Path) -> str:
    """The name a hidden folder will be shown under."""
    return hidden.name.removeprefix(HIDDEN)


def part_folder(generation: Path, name: str) -> Path:
    """Where a part lies that ``generation`` names: its new one inside it until it is shown."""
    own = generation / name
    return own if own.is_dir() else generation.parent / PARTS / name


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
