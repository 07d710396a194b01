"""What a site's robots.txt lets us fetch, after RFC 9309 (the longest rule wins)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

_LARGEST = 512 * 1024
_LINE = re.compile(r"^\s*([A-Za-z-]+)\s*:\s*([^#]*)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A path pattern (``*`` any run, ``$`` the end), and whether it allows."""

    path: str
    allows: bool


def rules_for(robots: str, agent: str) -> tuple[Rule, ...]:
    """The rules for the user agent called ``agent``: of its own groups, else of the group ``*``."""
    own: list[Rule] = []
    common: list[Rule] = []
    names: list[str] = []
    naming = False
    for line in robots[:_LARGEST].removeprefix("\ufeff").splitlines():
        found = _LINE.match(line)
        key, value = (found[1].lower(), found[2].strip()) if found else ("", "")
        if key == "user-agent":
            names = [*names, value.lower()] if naming else [value.lower()]
            naming = True
        elif key in ("allow", "disallow"):
            naming = False
            if value and agent.lower() in names:
                own.append(Rule(_normal(value), key == "allow"))
            elif value and "*" in names:
                common.append(Rule(_normal(value), key == "allow"))
    mine = re.search(rf"^\s*user-agent\s*:\s*{re.escape(agent)}\s*(?:#|$)", robots, re.I | re.M)
    return tuple(own if mine else common)


def may_fetch(rules: tuple[Rule, ...], url: str) -> bool:
    """Whether the rules let the link be fetched."""
    parts = urlsplit(url)
    path = _normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
    if path == "/robots.txt":
        return True
    fitting = [(len(rule.path), rule.allows) for rule in rules if _fits(rule.path, path)]
    return max(fitting, default=(0, True))[1]


def _normal(path: str) -> str:
    return quote(unquote(path, errors="replace"), safe="/*$?&=:;,@+!'()~-._%")


def _fits(pattern: str, path: str) -> bool:
    """Match in linear time: hostile patterns must not cost more than their length."""
    anchored = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for part in rest:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not anchored or at == len(path) or (bool(rest) and path.endswith(rest[-1]))
