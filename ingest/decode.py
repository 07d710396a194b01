"""Bytes to text: UTF-8 (with or without BOM), UTF-16 with BOM, CP949/EUC-KR; else a clear error."""

from __future__ import annotations

from ingest.errors import ReadError

_CONTAINERS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP or Office file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip file",
    b"\xd0\xcf\x11\xe0": "an old Office or HWP file",
    b"\x7fELF": "a program",
}
_CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")
_PLAUSIBLE_HANGUL = 0.6


def decode(data: bytes, name: str) -> str:
    """Decode a text file called ``name``; raises ReadError for empty and binary data."""
    if not data.strip(b"\x00 \t\r\n"):
        raise ReadError(f"{name}: the file is empty; give a file with text in it")
    for start, what in _CONTAINERS.items():
        if data.startswith(start):
            raise ReadError(f"{name}: this is {what} under a text file's name; give text")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _strictly(data, "utf-16", name)
    if any(byte in _CONTROL for byte in data[:4096]):
        raise ReadError(f"{name}: this is a binary file; give text, Markdown or JSON lines")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _korean(data, name, error.start)


def _korean(data: bytes, name: str, bad_byte: int) -> str:
    """CP949, which contains EUC-KR, if that gives mostly Hangul."""
    try:
        text = data.decode("cp949")
    except UnicodeDecodeError:
        text = ""
    foreign = [char for char in text if ord(char) > 127]
    hangul = sum("가" <= char <= "힣" for char in foreign)
    if foreign and hangul / len(foreign) >= _PLAUSIBLE_HANGUL:
        return text
    raise ReadError(
        f"{name}: neither UTF-8 (byte {bad_byte} does not fit) nor CP949; save it as UTF-8"
    )


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{name}: broken {encoding} at byte {error.start}; save it as UTF-8"
        ) from error
