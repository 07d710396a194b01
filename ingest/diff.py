"""What changed between two revisions of an article, sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ingest.article import Article
from ingest.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Edit:
    """A sentence that went (``sign`` is "-") or came ("+")."""

    sign: str
    text: str


def sentence_diff(old: Article, new: Article) -> tuple[Edit, ...]:
    """The sentences, titles and headings that differ, in the order of the text, old before new."""
    before, after = _sentences(old), _sentences(new)
    edits: list[Edit] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, start, end, new_start, new_end in matcher.get_opcodes():
        if what != "equal":
            edits += [Edit("-", text) for text in before[start:end]]
            edits += [Edit("+", text) for text in after[new_start:new_end]]
    return tuple(edits)


def _sentences(article: Article) -> Sequence[str]:
    parts = (article.text[block.start : block.end] for block in article.blocks)
    return [one.text for part in parts for one in split_sentences(part, article.language)]
