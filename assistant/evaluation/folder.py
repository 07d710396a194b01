"""A run folder while it is being written: begun, gone on with, completed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.evaluation.questions import SetError
from assistant.evaluation.runs import rows

_NO_RUN = "holds such files already, and no run has left them; use another --output"
_OTHER_RUN = "holds an unfinished run of something else; use another --output"


class WrittenFolder:
    """JSONL files that grow line by line, and ``meta.json``, which says what they depend on."""

    def __init__(self, path: Path, names: tuple[str, ...]) -> None:
        self.path = path
        self._names = names

    def begin(self, meta: Mapping[str, Any]) -> None:
        """Begin the run, or go on with an unfinished one of the same configuration.

        What other code has left unfinished is begun anew.

        Raises:
            SetError: the folder holds an unfinished run of another set or configuration, or files
                that no run has left there.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        old = self._meta()
        if old is None and any(self._file(name).exists() for name in self._names):
            raise SetError([f"{self.path}: {_NO_RUN}"])
        unfinished = old is not None and not old.get("complete")
        if old is not None and unfinished and _but_code(old) != _but_code(meta):
            raise SetError([f"{self.path}: {_OTHER_RUN}"])
        if old is None or not unfinished or old.get("code") != meta.get("code"):
            for name in self._names:
                self._file(name).unlink(missing_ok=True)
        self._write_meta({**meta, "complete": False})
        for name in self._names:
            self.rewrite(name, self.rows(name))  # drops a last line that was cut off

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        """The lines of a file that are written down already."""
        return rows(self._file(name))

    def add(self, name: str, row: Mapping[str, Any]) -> None:
        """One more line of a file, written through at once."""
        with self._file(name).open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")

    def rewrite(self, name: str, lines: Iterable[Mapping[str, Any]]) -> None:
        """Replace a whole file."""
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in lines)
        self._file(name).write_text(text, encoding="utf-8")

    def complete(self, meta: Mapping[str, Any]) -> None:
        """Mark the run as finished now."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._write_meta({**meta, "finished": now, "complete": True})

    def _file(self, name: str) -> Path:
        return self.path / f"{name}.jsonl"

    def _meta(self) -> dict[str, Any] | None:
        file = self.path / "meta.json"
        if not file.exists():
            return None
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
        except ValueError as error:
            raise SetError([f"{file}: not JSON ({error}); use another --output"]) from error
        return found if isinstance(found, dict) else None

    def _write_meta(self, meta: Mapping[str, Any]) -> None:
        text = json.dumps(meta, ensure_ascii=False, indent=2)
        (self.path / "meta.json").write_text(text + "\n", encoding="utf-8")


def _but_code(meta: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in meta.items() if key not in ("code", "complete")}
