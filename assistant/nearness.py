"""How near each sentence lies to a question: their cosine, from the vectors that the index keeps.

Words decide which sentence answers where they are the same; where they are not, the cosine tells
more (docs/measurements.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.candidates import Line
from vectorstore.reading import Index
from vectorstore.search import Searcher


def with_nearness(
    question: str, lines: Sequence[Line], index: Index, searcher: Searcher
) -> list[Line]:
    """The lines with their ``near``; unknown stays that of a passage that ``index`` lacks."""
    passages = {line.item.passage.id: line.item.passage for line in lines}
    found = searcher.sentence_cosines(question, [*passages], index)
    near = {
        (id_, sentence.start): cosine
        for (id_, passage), cosines in zip(passages.items(), found, strict=True)
        for sentence, cosine in zip(passage.sentences, cosines, strict=False)
    }
    return [
        replace(line, near=near.get((line.item.passage.id, line.sentence.start))) for line in lines
    ]
