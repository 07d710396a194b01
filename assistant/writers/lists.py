"""Answers of several points: one for each team, a summary, a schedule."""

from __future__ import annotations

import re
from collections import defaultdict

from assistant.answer import Status
from assistant.answerable import COVERED
from assistant.candidates import Line
from assistant.draft import Draft, Point
from assistant.held import holds
from assistant.matching import Match
from assistant.question import Kind, Want
from assistant.question_terms import Term
from assistant.question_words import IS_PARTNER, LIGHT, PARTNER
from assistant.writers.scene import Scene
from ingest.article import BlockKind

_GOING_THROUGH = re.compile(r"[가-힣]{2,}별(?=로?(?:[\s은는의]|$))")
MOST_POINTS = 8
ROW = 0.4  # share of the question that a row covers at least
ROW_TERM = 0.7  # more than what a row only inherits
USUAL_LINES = 6
MOST_OF_TOPIC = 5
MOST_CHARACTERS = 900
NEAR_TOP = (
    0.6  # a row of "each" may cover less than the best row, which repeats the question's noun
)


def write_list(scene: Scene) -> Draft | None:
    """The points for each, for a summary or for a schedule, in the article's order."""
    kind = scene.question.kind
    chosen = {Kind.EACH: _each, Kind.SUMMARY: _summary, Kind.SCHEDULE: _schedule}[kind](scene)
    if not chosen:
        return None
    points = tuple(Point.quoting(line.span) for line in _within_length(chosen))
    return Draft(Status.ANSWERED, points, separator="\n")


def _within_length(lines: list[Line]) -> list[Line]:
    kept: list[Line] = []
    for line in lines[:MOST_POINTS]:
        if sum(len(other.text) for other in kept) + len(line.text) <= MOST_CHARACTERS:
            kept.append(line)
    return sorted(kept, key=lambda line: line.sentence.start)


def _each(scene: Scene) -> list[Line]:
    """The lines of the section that speaks of the asked things most often, subject by subject."""
    own = _by_heading(scene)
    if len(own) > 1:
        return own
    good = [found for found in scene.matches if _is_row(found, scene)]
    if not good:
        return []
    top = max(found.share for found in good)
    sections: dict[tuple[str, str], list[Match]] = defaultdict(list)
    for found in good:
        if found.share >= NEAR_TOP * top:
            sections[found.line.article.id, found.line.heading].append(found)
    same_language = {
        key: found
        for key, found in sections.items()
        if found[0].line.article.language == scene.question.language
    }
    most = max((same_language or sections).values(), key=lambda group: sum(f.share for f in group))
    lines = [found.line for found in most]
    return [*lines, *_other_rows(scene, lines)]


def _by_heading(scene: Scene) -> list[Line]:
    """The rows of a section that says in its heading that it goes through them: "부문별 매출"."""
    asked = {match.group() for match in _GOING_THROUGH.finditer(scene.question.text)}
    nouns = [term for term in scene.question.heavy if not term.verb and not term.number]
    about = [term for term in nouns if term.form not in LIGHT]
    return [
        found.line
        for found in scene.matches
        if any(word in found.line.heading for word in asked)
        and all(found.of(term) >= COVERED for term in about)
        and found.line.quantities
        and found.line.kind in {BlockKind.LIST_ITEM, BlockKind.TABLE_ROW}
    ]


def _is_row(found: Match, scene: Scene) -> bool:
    said = [term for term in scene.question.heavy if term.form not in LIGHT]
    return (
        (found.share >= ROW or (not said and scene.question.want is Want.MONEY))
        and holds(scene.question, found.line, scene.book) > 0
        and _is_text(found.line)
    )


def _other_rows(scene: Scene, lines: list[Line]) -> list[Line]:
    """For a subject of the same section that has no row yet, its sentence that says most of it.

    Also one for each asked thing that no row of a subject speaks of: its model, and its partners.
    """
    section = {(line.article.id, line.heading) for line in lines}
    inside = [
        found
        for found in scene.matches
        if (found.line.article.id, found.line.heading) in section and _is_text(found.line)
    ]
    if not any(line.speaks_of for line in lines):
        return []
    rows: list[Line] = []
    asked = [term for term in scene.question.terms if not term.verb and not term.total]
    for subject in {key for found in inside for key in found.line.speaks_of}:
        own = [found for found in inside if subject in found.line.speaks_of]
        for term in asked:
            told = any(found.of(term) >= ROW_TERM for found in own if found.line in (*lines, *rows))
            best = max(own, key=lambda found: (_tells(found, term), found.share))
            if not told and _tells(best, term) >= ROW_TERM and best.line not in lines:
                rows.append(best.line)
    return list(dict.fromkeys(rows))


def _tells(found: Match, term: Term) -> float:
    partner = PARTNER.search(term.form) and IS_PARTNER.search(found.line.text)
    return 1.0 if partner else found.of(term)


def _summary(scene: Scene) -> list[Line]:
    """A topic's section or paragraphs; without a topic of its own, the article section by section.

    The headline speaks first: it is the newsroom's own summary.
    """
    question, best = scene.question, scene.best
    if best is None:
        return []
    topic = [
        term
        for term in question.terms
        if not (term.number or term.verb or term.light or term.form in LIGHT)
    ]
    if any(best.of(term) <= 0 for term in topic):
        return []
    article = _article_of(scene)
    covering = {found.line for found in scene.matches if _covers(found, topic)}
    titles = [line for line in article if line.kind is BlockKind.TITLE]
    if not topic or any(line in covering for line in titles):
        return _told_in_short(article, titles, asked_lines(question.text))
    headings = {line.text for line in covering if line.kind is BlockKind.HEADING}
    headings |= {line.heading for line in covering if line.heading and _opens(line, article)}
    passages = {line.rank for line in covering}
    lines = [line for line in article if line.heading in headings or line.rank in passages]
    return [line for line in lines if _is_text(line)][:MOST_OF_TOPIC]


def _opens(line: Line, article: list[Line]) -> bool:
    """Whether a sentence is the first of its section: what it speaks of, the section is about."""
    section = [other for other in article if other.heading == line.heading and _is_text(other)]
    return bool(section) and section[0] == line


def _covers(found: Match, topic: list[Term]) -> bool:
    return all(found.of(term) >= COVERED for term in topic)


def _is_text(line: Line) -> bool:
    return line.kind not in {BlockKind.TITLE, BlockKind.HEADING, BlockKind.SUBTITLE}


def _told_in_short(article: list[Line], titles: list[Line], most: int) -> list[Line]:
    """The title, the first sentence, and of every section the sentence that tells most."""
    groups = list(_paragraphs(article).values())
    lead = groups[0][:1] if groups else []
    rest = [max(group, key=_telling) for group in groups if group]
    rest = [line for line in rest if line not in lead]
    if len(titles) + len(lead) + len(rest) > most:
        kept = max(0, most - len(titles) - len(lead))
        rest = sorted(rest, key=_telling, reverse=True)[:kept]
    return [*titles, *lead, *rest][:most]


def _telling(line: Line) -> float:
    """How much a sentence tells: its figures and names, by the length it takes."""
    facts = len({quantity.value for quantity in line.quantities}) + 0.5 * len(line.names)
    return facts / (1 + len(line.text) / 150)


_LINES = re.compile(
    r"(\d+|한|두|세|네|다섯|one|two|three|four|five|six) ?-?"
    r"(?:줄|문장|가지|sentences?|lines?|points?|bullets?)",
    re.IGNORECASE,
)
_WRITTEN = "한 두 세 네 다섯 여섯".split()
_WRITTEN_EN = "one two three four five six".split()


def asked_lines(text: str) -> int:
    """How many lines a summary may have: what the question says, else six."""
    match = _LINES.search(text)
    word = match.group(1).lower() if match else ""
    if word.isdigit():
        return max(1, min(int(word), MOST_POINTS))
    for table in (_WRITTEN, _WRITTEN_EN):
        if word in table:
            return table.index(word) + 1
    return USUAL_LINES


def _schedule(scene: Scene) -> list[Line]:
    topic = [term for term in scene.question.heavy if term.name]
    lines = [
        found.line
        for found in scene.matches
        if found.line.dates
        and found.line.kind is BlockKind.PARAGRAPH
        and all(found.of(term) >= COVERED for term in topic)
    ]
    article = _article_of(scene) if lines else []
    return [line for line in lines if line in article]


def _article_of(scene: Scene) -> list[Line]:
    """The lines of the best article in the question's language, in the article's order."""
    lines = [found.line for found in scene.matches]
    own = [line for line in lines if line.article.language == scene.question.language] or lines
    first = own[0].article.id
    return sorted(
        (line for line in own if line.article.id == first), key=lambda line: line.sentence.start
    )


def _paragraphs(lines: list[Line]) -> dict[str, list[Line]]:
    sections: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.kind is BlockKind.PARAGRAPH:
            sections[line.heading].append(line)
    return sections
