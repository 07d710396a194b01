"""Parse files in a child process that is kept for the next file, and replaced when it dies."""

from __future__ import annotations

import atexit
import contextlib
import json
import subprocess
import sys
import threading
import time
from functools import cache
from pathlib import Path
from typing import IO

from ingest.errors import ReadError
from ingest.formats.parsed import Parsed

_ROOT = Path(__file__).resolve().parents[2]
# -P and this one path: the folder of the running script must not shadow what the child imports.
_CODE = (
    "import sys; sys.path.insert(0, {!r}); from ingest.formats.worker import serve; serve({}, {})"
)
_AT_ONCE = 1.0  # seconds
_LONGEST_REPLY = 64 * 2**20


class Sandbox:
    """One child process for one file at a time; ``seconds`` and ``memory`` (bytes) are for each.

    The child ends by itself when this process does. Safe to share between threads.
    """

    def __init__(self, seconds: int = 30, memory: int = 3 * 2**29) -> None:
        self._seconds, self._memory = seconds, memory
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def parse(self, kind: str, data: bytes, name: str, hint: str | None = None) -> Parsed:
        """Parse ``data``; see ``ingest.formats.worker``. Raises ReadError in one line."""
        head = {"kind": kind, "name": name, "hint": hint, "size": len(data)}
        with self._lock:
            started, used = time.monotonic(), self._child is not None
            line = self._ask(json.dumps(head).encode() + b"\n", data)
            if line is None and used and time.monotonic() - started < _AT_ONCE:
                # The child may have been dead before: that is not this file's fault.
                line = self._ask(json.dumps(head).encode() + b"\n", data)
        if line is None:
            raise ReadError(
                f"{name}: reading took over {self._seconds} seconds or too much memory; "
                "it may be broken or built to do so; leave it out"
            )
        row = json.loads(line)
        if "error" in row:
            raise ReadError(row["error"])
        return Parsed.from_json(row)

    def close(self) -> None:
        """End the child; the next file starts another."""
        child, self._child = self._child, None
        if child:
            child.kill()
            child.wait()
            for pipe in _pipes(child):
                with contextlib.suppress(OSError, ValueError):
                    pipe.close()

    def _ask(self, head: bytes, data: bytes) -> bytes | None:
        """The reply, or None when the child died over it or had to be ended."""
        child = self._running()
        # Processor time is limited inside; this one is for a child that sleeps or hangs.
        timer = threading.Timer(2 * self._seconds, child.kill)
        timer.start()
        try:
            given, replies = _pipes(child)
            given.write(head)
            given.write(data)
            given.flush()
            line = replies.readline(_LONGEST_REPLY)
            goes_on = replies.readline(8) == b"more\n"
        except OSError:
            line, goes_on = b"", False
        finally:
            timer.cancel()
        if not goes_on:
            self.close()
        return line if line.endswith(b"\n") else None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            code = _CODE.format(str(_ROOT), self._seconds, self._memory)
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-c", code],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is for the job, which ends after this file
            )
        return self._child


@cache
def sandbox() -> Sandbox:
    """The sandbox of this process; its child starts with the first file."""
    shared = Sandbox()
    atexit.register(shared.close)
    return shared


def _pipes(child: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if child.stdin is None or child.stdout is None:
        raise OSError("the child has no pipes")
    return child.stdin, child.stdout
