"""The text of an HTML page from its bytes, whatever its header and its meta tag claim."""

from __future__ import annotations

import codecs
import re

from ingest.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w-]{2,40})", re.IGNORECASE)
_KOREAN = frozenset("euc-kr euckr cp949 ms949 uhc ks_c_5601-1987 ksc5601 korean".split())
# A byte or two go wrong in many a page; where more do, the charset is not the right one.
_BROKEN_SHARE = 0.002
_PLAUSIBLE_HANGUL = 0.5


def decode_html(data: bytes, name: str, header: str | None = None) -> str:
    """The text: by a byte order mark, as UTF-8 where it is that, as declared, then as CP949.

    ``header`` is the charset of the HTTP header. Raises ReadError for empty and binary data and
    where no charset fits.
    """
    if not data.strip():
        raise ReadError(f"{name}: the page is empty; give a page with text in it")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if b"\x00" in data[:4096]:
        raise ReadError(f"{name}: this is a binary file under a page's name; give the page")
    for encoding in ("utf-8", *_declared(data, header), "cp949"):
        text = _try(data, encoding)
        if text is not None:
            return text
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") <= _BROKEN_SHARE * len(text):
        return text
    raise ReadError(f"{name}: no charset fits the page; save it as UTF-8")


def _declared(data: bytes, header: str | None) -> list[str]:
    names = [header or ""]
    for pattern in (_XML, _META):
        found = pattern.search(data[:4096])
        names.append(found[1].decode("ascii", "replace") if found else "")
    return [known for name in names if (known := _python_name(name))]


def _python_name(name: str) -> str | None:
    if name.strip().lower() in _KOREAN:
        return "cp949"
    try:
        return codecs.lookup(name.strip()).name
    except (LookupError, ValueError):
        return None


def _try(data: bytes, encoding: str) -> str | None:
    """The text if the charset fits: no broken signs but a few, and Hangul where it is Korean."""
    try:
        text = data.decode(encoding, "replace" if encoding == "cp949" else "strict")
    except (UnicodeDecodeError, LookupError):
        return None
    if encoding != "cp949":
        # The Western one-byte charsets fit anything; Korean bytes must not be read as them.
        single = encoding.startswith(("iso8859", "cp125", "latin"))
        return None if single and _is_korean(data.decode("cp949", "replace")) else text
    return text if _is_korean(text) else None


def _is_korean(text: str) -> bool:
    foreign = [char for char in text if ord(char) > 127]
    broken = text.count("\ufffd")
    hangul = sum("가" <= char <= "힣" for char in foreign)
    plausible = bool(foreign) and hangul >= _PLAUSIBLE_HANGUL * len(foreign)
    return plausible and broken <= _BROKEN_SHARE * len(text)
