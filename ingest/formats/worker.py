"""The child process: parses one file after the other under limits set by the system.

A request is a line of JSON and then the file's bytes; a reply is a line of JSON. Whatever a
hostile file does to the parsers, it does it here: memory and processor time are bounded, nothing
can be written, and the parent takes nothing but JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import BinaryIO

from ingest.errors import ReadError
from ingest.formats.parsed import Parsed

PARSERS = {
    "html": ("ingest.formats.html", "parse_html"),
    "pdf": ("ingest.formats.pdf", "parse_pdf"),
    "docx": ("ingest.formats.docx", "parse_docx"),
    "feed": ("ingest.formats.feed", "parse_feed"),
    "text": ("ingest.formats.text", "parse_plain"),
    "markdown": ("ingest.formats.text", "parse_markdown"),
}
Parser = Callable[[bytes, str, str | None], Parsed]


def serve(seconds: int, memory: int) -> None:
    """Answer requests from stdin until it closes; each may use ``seconds`` of processor time."""
    requests = sys.stdin.buffer
    # Parsers that print must not disturb the replies.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    limits = _Limits(seconds, memory)
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["size"])
        limits.renew()
        _reply(replies, _answer(request, data), limits.spent())


def parse(kind: str, data: bytes, name: str, hint: str | None) -> Parsed:
    """Parse a file of the given kind; ``hint`` is the charset or the link it came with."""
    module, function = PARSERS[kind]
    parser: Parser = getattr(import_module(module), function)
    return parser(data, name, hint)


def _answer(request: dict[str, str], data: bytes) -> bytes:
    name = request["name"]
    try:
        return parse(request["kind"], data, name, request["hint"]).to_json()
    except ReadError as error:
        reason = str(error)
    except MemoryError:
        reason = f"{name}: needs too much memory; it may be built to do so; leave it out"
    except RecursionError:
        reason = f"{name}: nested too deeply; it may be built to do so; leave it out"
    except Exception as error:  # a parser may raise anything for a broken file
        said = " ".join(f"{type(error).__name__} {error}".split())[:120]
        reason = f"{name}: broken, or no {request['kind']} ({said}); save it again, or as text"
    return json.dumps({"error": reason}).encode()


def _reply(replies: BinaryIO, answer: bytes, spent: bool) -> None:
    replies.write(answer + b"\n" + (b"last\n" if spent else b"more\n"))
    replies.flush()


class _Limits:
    """What the system lets this process use; without ``resource`` (Windows), no limits."""

    def __init__(self, seconds: int, memory: int) -> None:
        self._seconds, self._memory = seconds, memory
        try:
            import resource
        except ImportError:  # pragma: no cover - not on this system
            return
        for kind, most in (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            hard = resource.getrlimit(kind)[1]
            least = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (least, least))

    def renew(self) -> None:
        """Give the next file its processor time: the system counts what the process used in all."""
        try:
            import resource
        except ImportError:  # pragma: no cover - not on this system
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime) + 1 + self._seconds
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        if hard != resource.RLIM_INFINITY:
            soft = min(soft, hard)
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))

    def spent(self) -> bool:
        """Whether so much memory is in use that a fresh process should go on.

        Asked of the system's file, where there is one: ``ru_maxrss`` of a child begins with what
        its parent used.
        """
        try:
            with open("/proc/self/statm", encoding="ascii") as file:
                pages = int(file.read().split()[1])
        except OSError:
            return False
        return pages * os.sysconf("SC_PAGE_SIZE") > self._memory // 2
