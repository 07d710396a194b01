"""Tell a news site's furniture from its article, line by line; the patterns are in furniture.txt.

A line longer than ``LONGEST`` is never furniture, which also keeps the patterns cheap on hostile
input.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

LONGEST = 200
_MARKER_LONGEST = 60
_PARTS = {
    "{EMAIL}": r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    "{ROLE}": r"(?:선임|수석|인턴|객원|전문)?\s?"
    r"(?:기자|특파원|에디터|논설위원|편집위원|통신원|리포터|앵커|PD)",
    "{NAME}": "[가-힣]{2,4}",
    "{MEDIA}": "(?:사진|이미지|그래픽|영상|자료|일러스트|photo|image|picture|illustration)",
    "{MONTH}": r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?",
}
_ORNAMENT = re.compile(r"^[\[<【(▶►■◆●☞\s]+|[\]>】):：▶►\s]+$")
_SPACERS = re.compile(r"[\s|·,/]+")
_SECTION_SPACERS = re.compile(r"[\s/·・&,>|+]+|\band\b")


def is_comments_marker(line: str) -> bool:
    """Whether the line opens the readers' comments; nothing after it is the article's."""
    return _is_marker("comments", line)


def is_related_marker(line: str) -> bool:
    """Whether the line opens a list of other articles."""
    return _is_marker("related", line)


def is_furniture(line: str) -> bool:
    """Whether the whole line is furniture, wherever it stands."""
    if not line or len(line) > LONGEST:
        return False
    if any(pattern.fullmatch(line) for pattern in _patterns("line")):
        return True
    several = len(_SPACERS.split(line)) > 1
    return any(pattern.fullmatch(line) for pattern in _patterns("surely share")) or (
        several and is_share_line(line)
    )


def is_share_line(line: str) -> bool:
    """Whether the line holds nothing but names of share buttons; alone, one could be a heading."""
    return 0 < len(line) <= LONGEST and bool(_share_line().fullmatch(line))


def is_section_name(line: str) -> bool:
    """Whether the line names a section of a newspaper, such as "경제" or "IT·과학"."""
    words = [word for word in _SECTION_SPACERS.split(line[:LONGEST].lower()) if word]
    return 0 < len(words) <= 4 and _section_names().issuperset(words)


def strip_ends(line: str) -> tuple[str, list[str]]:
    """Take bylines and picture credits off the ends of a paragraph; returns (line, what went)."""
    removed: list[str] = []
    head, *tails = _end_patterns()
    found = head.match(line[:LONGEST])
    if found and found.end() < len(line):
        removed.append(found.group().strip())
        line = line[found.end() :]
    for pattern in tails:
        found = pattern.search(line, max(0, len(line) - LONGEST))
        if found and line[: found.start()].strip():
            removed.append(found.group().strip())
            line = line[: found.start()].rstrip()
    return line, removed


def _is_marker(section: str, line: str) -> bool:
    bare = _ORNAMENT.sub("", line[:LONGEST])
    return len(line) <= _MARKER_LONGEST and any(p.fullmatch(bare) for p in _patterns(section))


def _compile(pattern: str) -> re.Pattern[str]:
    for name, part in _PARTS.items():
        pattern = pattern.replace(name, part)
    return re.compile(pattern, re.IGNORECASE)


@cache
def _sections() -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    path = Path(__file__).with_name("furniture.txt")
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and line[1:-1].replace(" ", "").isalpha():
            sections[line[1:-1]] = []
        elif line and not line.startswith("#"):
            list(sections.values())[-1].append(line)
    return sections


@cache
def _patterns(section: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(_compile, _sections()[section]))


@cache
def _section_names() -> frozenset[str]:
    return frozenset(word.lower() for line in _sections()["section names"] for word in line.split())


@cache
def _share_line() -> re.Pattern[str]:
    names = "|".join(_sections()["surely share"] + _sections()["share"])
    return _compile(rf"(?:(?:{names})(?:로|으로)?(?:\s?공유(?:하기)?)?(?:\s?\d+)?(?:[\s|·,/]+|$))+")


@cache
def _end_patterns() -> tuple[re.Pattern[str], ...]:
    """One for the head of a paragraph, then those for its tail."""
    outlet = "(?:뉴스|일보|신문|통신|기자|경제|투데이|데일리|타임|저널|뉴시스|방송)"
    return (
        _compile(
            rf"^[\[(〔【][^\])〕】=]{{1,20}}=[^\])〕】]{{0,25}}{outlet}[^\])〕】]{{0,10}}[\])〕】]\s*"
            r"(?:{NAME}\s*{ROLE}(?:\s*[,·]\s*{NAME}\s*{ROLE})*\s*=\s*)?"
        ),
        _compile(
            r"(?<=[.”\"])\s*(?:[/=]\s*)?(?:[\w·]{2,10}\s?=\s?)?"
            r"(?:{NAME}\s*{ROLE}\s*(?:\W?\s*{EMAIL}\W?)?|\W?{EMAIL}\W?)\s*$"
        ),
        _compile(
            r"\s*[/(\[<▲]\s*{MEDIA}\s?(?:(?:제공|출처|캡처)?\s*[:：=|]|(?:by|courtesy of|via)\s)"
            r"\s*[^()\[\]<>]{1,40}[)\]>]?\s*$"
        ),
    )
