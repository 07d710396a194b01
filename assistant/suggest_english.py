"""English questions that an English sentence answers, made by rule.

English moves the asked part to the front, so each rule knows one shape of sentence and the question
that it answers. Whether a question is really answered is checked in `suggest.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from assistant.dates import find_dates
from assistant.names import NameBook
from assistant.quantities import Quantity, find_quantities
from assistant.suggest_korean import LONGEST, Asked

_SUBJECT = r"(?P<who>(?:The |the )?[A-Z0-9][^,.;:]{1,40}?)"
_VERBS = {
    "rose": "rise", "fell": "fall", "jumped": "jump", "gained": "gain", "dropped": "drop",
    "climbed": "climb", "lost": "lose", "grew": "grow", "announced": "announce", "opened": "open",
    "signed": "sign", "released": "release", "launched": "launch", "started": "start",
    "began": "begin", "won": "win", "built": "build", "chose": "choose", "picked": "pick",
    "selected": "select", "published": "publish", "founded": "found", "closed": "close",
    "receives": "receive", "received": "receive", "gets": "get", "got": "get", "pays": "pay",
    "paid": "pay", "earns": "earn", "earned": "earn", "costs": "cost", "cost": "cost",
    "invests": "invest", "invested": "invest", "spends": "spend", "spent": "spend",
    "raised": "raise", "aims": "aim", "plans": "plan", "wants": "want", "hopes": "hope",
}  # fmt: skip
_MOVED = "rose|fell|jumped|gained|dropped|climbed|lost|grew"
_MONEY = (
    "receives|received|gets|got|pays|paid|earns|earned|costs|cost|invests|invested|spends|spent"
    "|raised"
)
_DATED = (
    "announced|opened|signed|released|launched|started|began|won|built|chose|picked|selected"
    "|published|founded|closed"
)
_DOING = "developing|building|making|working on|planning|preparing|testing|writing|designing"
_BACK = re.compile(r"^(?:It|They|He|She|This|That|These|Those|There|Each|Both|Other|Others)\b")
_PASSIVE = re.compile(
    r"(?P<be>is|are|was|were) (?P<done>(?:[a-z]+ed|[a-z]+en|set|put|made|paid)\b[^,.;]{0,24})"
)

Rule = Callable[[str, tuple[Quantity, ...], date | None], Iterator[Asked]]


def english_questions(sentence: str, book: NameBook, published: date | None) -> list[Asked]:
    """The questions that one English sentence answers, best kind first."""
    text = sentence.strip()
    found = tuple(find_quantities(text))
    rules = (_moves,) if _BACK.match(text) else _RULES
    made = [asked for rule in rules for asked in rule(text, found, published)]
    return [asked for asked in made if 12 <= len(asked.text) <= LONGEST + 30]


def english_heading_question(heading: str) -> Asked | None:
    """A heading that is a question in all but its mark: What each team is building."""
    if re.fullmatch(r"(?:Who|What|How|Why|When|Where)\b[A-Za-z0-9 ’'-]{8,50}", heading.strip()):
        return Asked(f"{heading.strip()}?", "")
    return None


def _doing(text: str, _: tuple[Quantity, ...], __: date | None) -> Iterator[Asked]:
    match = re.match(rf"{_SUBJECT} (?P<be>is|are) (?P<doing>{_DOING}) ", text)
    if match:
        yield Asked(f"What {match['be']} {_who(match)} {match['doing']}?", "")


def _aims(text: str, _: tuple[Quantity, ...], __: date | None) -> Iterator[Asked]:
    match = re.match(rf"{_SUBJECT} (?P<verb>aims|plans|wants|hopes) to [a-z]+ ", text)
    if match:
        yield Asked(f"What does {_who(match)} {_VERBS[match['verb']]} to do?", "")


def _why(text: str, _: tuple[Quantity, ...], __: date | None) -> Iterator[Asked]:
    match = re.match(rf"{_SUBJECT} (?P<be>was|were|is|are) (?P<done>[a-z][^,.;]*?) because ", text)
    if match:
        yield Asked(f"Why {match['be']} {_who(match)} {match['done']}?", "")


def _counts(text: str, found: tuple[Quantity, ...], _: date | None) -> Iterator[Asked]:
    """How many consortia applied? Only where the count is of the subject itself."""
    match = re.match(
        r"(?:A total of |All |The |In all, )?(?P<count>\d[\d,]*|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive) "
        r"(?P<rest>[a-z]+ (?:[a-z]+ed|will [a-z]+|take part|applied)\b[^,.;]{0,30}\.)$",
        text,
    )
    if match and found:
        yield Asked(f"How many {match['rest'].rstrip('.')}?", match["count"])


def _sums(text: str, found: tuple[Quantity, ...], _: date | None) -> Iterator[Asked]:
    money = next((one for one in found if one.unit not in ("", "percent") and _is_sum(one)), None)
    if money is None:
        return
    before, after = text[: money.start], text[money.end :]
    for_what = re.fullmatch(r"For ([a-z][^,.;]{2,30}), ", before)
    passive = _PASSIVE.match(after.strip())
    if for_what and passive:
        asked = f"{passive['be']} {passive['done'].strip()}"
        yield Asked(f"How much {asked} for {for_what[1]}?", money.text)
    if worth := re.fullmatch(r"([A-Z][^,.;]{2,40}), worth ", before):
        yield Asked(f"How much is {worth[1]} worth?", money.text)
    if fund := re.fullmatch(r"The ([a-z]+(?: [a-z]+){0,2}) of ", before):
        yield Asked(f"How much is the {fund[1]}?", money.text)
    if pays := re.fullmatch(rf"{_SUBJECT} (?P<verb>{_MONEY}) (?:about |up to )?", before):
        yield Asked(f"{_does(pays)} {_VERBS[pays['verb']]}?", money.text)


def _who(match: re.Match[str]) -> str:
    """The subject inside of a question."""
    return re.sub(r"^The ", "the ", match["who"])


def _does(match: re.Match[str]) -> str:
    verb = match["verb"]
    return f"How much {'does' if verb.endswith('s') else 'did'} {_who(match)}"


def _is_sum(quantity: Quantity) -> bool:
    return quantity.unit in ("KRW", "USD", "EUR", "JPY", "CNY", "GBP")


def _moves(text: str, found: tuple[Quantity, ...], _: date | None) -> Iterator[Asked]:
    """How much did VUNO rise? Each member of a list of names and percentages."""
    verb = None
    for match in re.finditer(
        rf"(?:^|[:,] (?:and )?| and )(?P<who>[A-Z][A-Za-z0-9& ]{{1,24}}?) (?:(?P<verb>{_MOVED}) )?"
        r"(?:by )?(?P<value>\d[\d.]*%)",
        text,
    ):
        verb = match["verb"] or verb
        if verb:
            yield Asked(f"How much did {_who(match)} {_VERBS[verb]}?", match["value"])


def _days(text: str, _: tuple[Quantity, ...], published: date | None) -> Iterator[Asked]:
    for day in find_dates(text, published)[:1]:
        before, after = text[: day.start], text[day.end :].strip()
        told = re.fullmatch(rf"{_SUBJECT} (?P<verb>{_DATED}) (?P<what>[^,.;]+?) (?:on|in) ", before)
        if told and after in (".", ""):
            yield Asked(f"When did {_who(told)} {_VERBS[told['verb']]} {told['what']}?", day.text)
        coming = re.match(
            r",? ?(?P<who>[a-zA-Z0-9 ]{3,40}?) will (?P<what>[a-z][^,.;]{3,44}?)"
            r"(?: and |, |\.)",
            text[day.end :],
        )
        if coming and re.fullmatch(r"(?:In|On|At|By) (?:the )?", before):
            yield Asked(f"When will {coming['who']} {coming['what']}?", day.text)


_RULES: tuple[Rule, ...] = (_doing, _why, _sums, _counts, _aims, _days, _moves)
