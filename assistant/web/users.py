"""The operator's user file: one ``name:scrypt$…`` a line, with no password in it.

scrypt with N = 2^15, r = 8, p = 1 (about 32 MB and a tenth of a second a try), as OWASP's password
storage sheet allows; the parameters stand in each line, so that later ones may be stronger.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from pathlib import Path

from ingest.storage import write_atomically

N, R, P = 2**15, 8, 1
MIN_PASSWORD = 10
MAX_PASSWORD = 1_000
_NAME = re.compile(r"[\w.@+-]{1,64}")
_MEMORY = 128 * 1024 * 1024


class UsersError(ValueError):
    """A user file, name or password that cannot be used; the message names the cure."""


class Users:
    """The users of a file; read again when it has changed. Safe to share."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: tuple[int, int] | None = None
        self._lines: dict[str, str] = {}
        self._read()

    def proof(self, name: str) -> str | None:
        """Changes with the password of a user; None when there is no such user any more."""
        line = self._read().get(name)
        return hashlib.sha256(line.encode()).hexdigest() if line else None

    def check(self, name: str, password: str) -> bool:
        """Whether the password is right; takes as long for a name that does not exist."""
        line = self._read().get(name)
        right = _matches(line or _NOBODY, password[:MAX_PASSWORD])
        return right and line is not None

    def names(self) -> list[str]:
        """The names in the file."""
        return sorted(self._read())

    def _read(self) -> dict[str, str]:
        try:
            status = self._path.stat()
            stamp = (status.st_mtime_ns, status.st_size)
            if stamp != self._stamp:
                self._lines = _parsed(self._path.read_text("utf-8"), self._path)
                self._stamp = stamp
        except OSError as error:
            raise UsersError(
                f"The user file {self._path} cannot be read: {error.strerror}. "
                "Make it with: kai user add NAME"
            ) from error
        return self._lines


def add_user(path: Path, name: str, password: str) -> bool:
    """Write a user into the file, or a new password of one; whether the user is new."""
    if not _NAME.fullmatch(name):
        raise UsersError(f"{name!r} cannot be a name: letters, digits and . @ + - _, at most 64")
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise UsersError(f"A password needs {MIN_PASSWORD} to {MAX_PASSWORD:,} characters")
    lines = _parsed(path.read_text("utf-8"), path) if path.exists() else {}
    new = name not in lines
    _write(path, {**lines, name: hashed(password)})
    return new


def remove_user(path: Path, name: str) -> None:
    """Take a user out of the file; raises UsersError when there is none of that name."""
    lines = _parsed(path.read_text("utf-8"), path) if path.exists() else {}
    if name not in lines:
        raise UsersError(f"There is no user {name!r} in {path}; list them: kai user list")
    del lines[name]
    _write(path, lines)


def hashed(password: str) -> str:
    """What the file keeps of a password."""
    salt = secrets.token_bytes(16)
    digest = _scrypt(password, salt, N, R, P)
    return f"scrypt${N}${R}${P}${_written(salt)}${_written(digest)}"


def _matches(line: str, password: str) -> bool:
    _, n, r, p, salt, digest = line.split("$")
    tried = _scrypt(password, base64.b64decode(salt), int(n), int(r), int(p))
    return hmac.compare_digest(tried, base64.b64decode(digest))


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=32)


def _written(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


_NOBODY = f"scrypt${N}${R}${P}${_written(bytes(16))}${_written(bytes(32))}"
_LINE = re.compile(r"scrypt\$\d{1,8}\$\d{1,3}\$\d{1,3}\$[A-Za-z0-9+/=]{16,}\$[A-Za-z0-9+/=]{16,}")


def _parsed(text: str, path: Path) -> dict[str, str]:
    lines: dict[str, str] = {}
    for number, row in enumerate(text.splitlines(), 1):
        if not row.strip() or row.startswith("#"):
            continue
        name, _, line = row.strip().partition(":")
        if not _NAME.fullmatch(name) or not _LINE.fullmatch(line):
            raise UsersError(f"{path}, line {number}: not name:scrypt$…; add it: kai user add")
        lines[name] = line
    return lines


def _write(path: Path, lines: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{name}:{line}\n" for name, line in sorted(lines.items()))
    write_atomically(path, text.encode())
