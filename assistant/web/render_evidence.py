"""The evidence beside an answer: whole articles with the cited spans marked in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

from assistant.answer import Answer, Citation
from assistant.web.fragment import text_fragment
from assistant.web.render import both, byline, esc, original_link, page_of
from ingest.article import Article, BlockKind
from vectorstore.evidence import Evidence

MOST_FOUND = 8  # passages shown of those that were found and not cited

FindArticle = Callable[[str, str | None], Article | None]

_TAGS = {
    BlockKind.TITLE: "h3",
    BlockKind.SUBTITLE: "h4",
    BlockKind.HEADING: "h4",
    BlockKind.PARAGRAPH: "p",
    BlockKind.LIST_ITEM: "p",
    BlockKind.TABLE_ROW: "p",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of an article to be highlighted; ``target`` is its name on the page."""

    start: int
    end: int
    target: str


def render_evidence(
    turn: int, answer: Answer, find: FindArticle, found: Sequence[Evidence] = ()
) -> str:
    """The panel for one answer: what it cites, the articles, and what was only found.

    Args:
        turn: the number of the turn the panel belongs to.
        answer: the answer whose citations are shown.
        find: gives an article by id and revision, or None when it is gone.
        found: the passages that were searched for it, best first; those it cites are left out.
    """
    named = _named_marks(answer)
    if not named:
        body = f'<p class="nothing">{both("no_evidence")}</p>'
    else:
        body = _cited_list(answer) + _articles(named, find) + _nearest_list(answer)
    body += render_found(answer, found)
    title = "nearest" if answer.nearest and not answer.citations else "evidence"
    return (
        f'<section class="evidence" data-turn="{turn}" aria-labelledby="evidence-title">'
        f'<h2 id="evidence-title">{both(title)}</h2>{body}'
        f'<button type="button" class="to-answer" data-do="back">{both("back")}</button></section>'
    )


def _named_marks(answer: Answer) -> list[tuple[str, Citation]]:
    cited = [(f"src-{citation.number}", citation) for citation in answer.citations]
    near = [(f"near-{place}", citation) for place, citation in enumerate(answer.nearest, 1)]
    return cited + near


def _cited_list(answer: Answer) -> str:
    if not answer.citations:
        return ""
    items = "".join(
        f'<li><a class="jump" href="#src-{cited.number}"><b>{cited.number}</b>'
        f"<span>{esc(cited.quote)}</span></a></li>"
        for cited in answer.citations
    )
    return f'<div class="cited"><h3>{both("cited")}</h3><ol>{items}</ol></div>{_steps(answer)}'


def _steps(answer: Answer) -> str:
    if len(answer.citations) < 2:
        return ""
    buttons = {
        name: f'<button type="button" class="quiet" data-do="{name}">'
        f'<span class="sr">{both(f"citation_{name}")}</span>'
        f'<span aria-hidden="true">{sign}</span></button>'
        for name, sign in (("previous", "‹"), ("next", "›"))
    }
    return (
        f'<div class="steps">{buttons["previous"]}<output>1 / {len(answer.citations)}</output>'
        f"{buttons['next']}</div>"
    )


def _nearest_list(answer: Answer) -> str:
    cited = {(c.article_id, c.start, c.end) for c in answer.citations}
    items = "".join(
        f'<li><a class="jump" href="#near-{place}"><span>{esc(found.quote)}</span></a>'
        f"{byline(found.publisher, found.published)}</li>"
        for place, found in enumerate(answer.nearest, 1)
        if (found.article_id, found.start, found.end) not in cited
    )
    if not items:
        return ""
    is_open = "" if answer.citations else " open"
    return (
        f'<details class="found"{is_open}><summary>{both("nearest")}</summary>'
        f"<ul>{items}</ul></details>"
    )


def render_found(answer: Answer, found: Sequence[Evidence]) -> str:
    """The passages that the search brought up and the answer does not use, folded."""
    used = [(c.article_id, c.start, c.end) for c in (*answer.citations, *answer.nearest)]
    left = [item for item in found if not _uses(item, used)][:MOST_FOUND]
    if not left:
        return ""
    items = "".join(f"<li>{_found_item(item)}</li>" for item in left)
    return (
        f'<details class="found passages"><summary>{both("retrieved")} '
        f"({len(left)})</summary><ul>{items}</ul></details>"
    )


def _uses(item: Evidence, used: Sequence[tuple[str, int, int]]) -> bool:
    passage = item.passage
    return any(
        article == passage.article_id and start < passage.end and end > passage.start
        for article, start, end in used
    )


def _found_item(item: Evidence) -> str:
    passage, article = item.passage, item.article
    published = article.published.isoformat() if article.published else None
    place = f"articles/{quote(article.id, safe='')}?at={passage.start}-{passage.end}#at"
    return (
        f'<blockquote lang="{esc(article.language)}">{esc(passage.text)}</blockquote>'
        f"{byline(article.publisher, published)}"
        f'<a class="in-article" href="{esc(place)}">{esc(article.title)}</a>'
    )


def _articles(named: Sequence[tuple[str, Citation]], find: FindArticle) -> str:
    groups: dict[tuple[str, str], list[tuple[str, Citation]]] = {}
    for target, citation in named:
        groups.setdefault((citation.article_id, citation.revision), []).append((target, citation))
    return "".join(
        _source(group, find(*place), first=number == 0)
        for number, (place, group) in enumerate(groups.items())
    )


def _source(group: Sequence[tuple[str, Citation]], article: Article | None, *, first: bool) -> str:
    citation = group[0][1]
    whole = article is not None and all(_is_true(article, cited) for _, cited in group)
    if article is not None and whole:
        body = render_article(article, [Mark(c.start, c.end, name) for name, c in group])
    else:
        body = _quotes_only(group)
    head = (
        f'<summary><span class="source-title">{esc(citation.title)}{page_of(citation)}</span>'
        f"{byline(citation.publisher, citation.published)}</summary>"
    )
    if article is not None and whole:
        fragment = text_fragment(article.text, citation.start, citation.end)
    else:
        fragment = text_fragment(citation.quote, 0, len(citation.quote))
    link = original_link(citation.url, fragment)
    return f'<details class="source"{" open" if first else ""}>{head}{link}{body}</details>'


def _is_true(article: Article, citation: Citation) -> bool:
    return article.text[citation.start : citation.end] == citation.quote


def _quotes_only(group: Sequence[tuple[str, Citation]]) -> str:
    quotes = "".join(
        f'<blockquote id="{esc(name)}"><mark data-marks="{esc(name)}">{esc(cited.quote)}</mark>'
        "</blockquote>"
        for name, cited in group
    )
    return f'<p class="gone">{both("gone")}</p>{quotes}'


def render_article(article: Article, marks: Sequence[Mark] = ()) -> str:
    """An article's stored text, block by block, with its marks.

    The characters of each mark are those of ``article.text[start:end]``, but for the line breaks
    between blocks; where marks overlap, the shared part belongs to all of them.
    """
    blocks = "".join(
        f'<{_TAGS[kind]} class="{kind.value}">{_marked(article.text, start, end, marks)}'
        f"</{_TAGS[kind]}>"
        for kind, start, end in _spans(article)
    )
    return f'<div class="article" lang="{esc(article.language)}">{blocks}</div>'


def _spans(article: Article) -> list[tuple[BlockKind, int, int]]:
    """The blocks of an article, and whatever text its blocks leave out as paragraphs."""
    spans: list[tuple[BlockKind, int, int]] = []
    at = 0
    for block in article.blocks:
        spans.append((BlockKind.PARAGRAPH, at, block.start))
        spans.append((block.kind, block.start, block.end))
        at = block.end
    spans.append((BlockKind.PARAGRAPH, at, len(article.text)))
    return [span for span in spans if article.text[span[1] : span[2]].strip()]


def _marked(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    here = [mark for mark in marks if mark.start < end and mark.end > start]
    borders = sorted({start, end, *_borders(here, start, end)})
    return "".join(_piece(text, left, right, here) for left, right in pairwise(borders))


def _borders(marks: Iterable[Mark], start: int, end: int) -> Iterable[int]:
    return (border for mark in marks for border in (mark.start, mark.end) if start < border < end)


def _piece(text: str, left: int, right: int, marks: Sequence[Mark]) -> str:
    over = [mark for mark in marks if mark.start <= left and mark.end >= right]
    if not over:
        return esc(text[left:right])
    anchors = "".join(f'<i id="{esc(m.target)}"></i>' for m in over if m.start == left)
    names = " ".join(mark.target for mark in over)
    kind = "cited" if any(mark.target.startswith("src-") for mark in over) else "near"
    return f'{anchors}<mark class="{kind}" data-marks="{esc(names)}">{esc(text[left:right])}</mark>'
