"""Figures on which articles disagree, side by side in a small table."""

from __future__ import annotations

from collections import Counter

from assistant.answer import Answer, Citation
from assistant.quantities import Quantity, find_quantities
from assistant.web.render import both, byline, esc, marker

CONFLICT = "conflict"


def render_conflict(answer: Answer) -> str:
    """One row for each source of a sentence whose ``how`` is "conflict"; else nothing."""
    numbers = {
        number
        for sentence in answer.sentences
        if sentence.how == CONFLICT
        for number in sentence.citations
    }
    cited = [citation for citation in answer.citations if citation.number in numbers]
    if len(cited) < 2:
        return ""
    rows = "".join(
        _row(citation, figure) for citation, figure in zip(cited, _figures(cited), strict=True)
    )
    heads = "".join(
        f'<th scope="col">{both(key)}</th>'
        for key in ("conflict_figure", "conflict_source", "conflict_quote")
    )
    return (
        f'<div class="conflict"><table><caption>{both("conflict_title")}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(citation: Citation, figure: str) -> str:
    return (
        f'<tr><th scope="row">{esc(figure)}</th>'
        f"<td>{byline(citation.publisher, citation.published)}</td>"
        f"<td>{esc(citation.quote)} {marker(citation, f'src-{citation.number}')}</td></tr>"
    )


def _figures(cited: list[Citation]) -> list[str]:
    """What each quote says that the others do not: its figures of the unit they disagree on."""
    found = [find_quantities(citation.quote) for citation in cited]
    shared = Counter(key for quantities in found for key in {_key(q) for q in quantities})
    return [_differing(quantities, shared) for quantities in found]


def _differing(quantities: list[Quantity], shared: Counter[tuple[object, ...]]) -> str:
    own = [q for q in quantities if shared[_key(q)] == 1] or quantities
    return " · ".join(q.text for q in own) or "–"


def _key(quantity: Quantity) -> tuple[object, ...]:
    return (quantity.value, quantity.high, quantity.unit)
