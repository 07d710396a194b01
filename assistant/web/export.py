"""An answer as plain Markdown, with its quotes and where they stand, to be taken elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, Citation


def to_markdown(answer: Answer) -> str:
    """The question, the answer with its markers, and every quote with its source and offsets.

    Text is put in as it is: this is for a clipboard or a file, never for the page.
    """
    parts = [f"**{_line(answer.question)}**", answer.text]
    if answer.missing:
        parts.append(f"— {_line(answer.missing)}")
    sources = answer.citations or answer.nearest
    return "\n\n".join([*parts, *_sources(sources)]) + "\n"


def _sources(sources: Sequence[Citation]) -> list[str]:
    return ["\n".join(_source(cited) for cited in sources)] if sources else []


def _source(cited: Citation) -> str:
    told = ", ".join(part for part in (cited.title, cited.publisher, cited.published) if part)
    place = f"{cited.start}–{cited.end}"
    return f"> [{cited.number}] {_line(cited.quote)}\n> — {_line(told)} ({place})"


def _line(text: str) -> str:
    return " ".join(text.split())
