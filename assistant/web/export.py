"""Answers to be taken elsewhere: plain Markdown for a clipboard, and files that can be checked.

``kai verify`` reads the files back (see `assistant/export_reading.py`) and finds every quote in its
place again, so what is written here and what is read there belong together.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence

from assistant.answer import Answer, AnswerSentence, Citation, Status
from assistant.web.strings import STRINGS

VERSION = 1
MARK = f"<!-- kai export {VERSION} -->"  # by it a file is known as one of ours
_OPENS = re.compile(r"^(?=[#>\-*+—↳※_\\`|]|\d+[.)])")


def to_markdown(answer: Answer) -> str:
    """The question, the answer with its markers, and every quote with its source and offsets.

    Text is put in as it is: this is for a clipboard, never for the page.
    """
    parts = [f"**{_line(answer.question)}**", answer.text]
    if answer.missing:
        parts.append(f"— {_line(answer.missing)}")
    sources = answer.citations or answer.nearest
    return "\n\n".join([*parts, *_sources(sources)]) + "\n"


def _sources(sources: Sequence[Citation]) -> list[str]:
    return ["\n".join(_source(cited) for cited in sources)] if sources else []


def _source(cited: Citation) -> str:
    place = f"{cited.start}–{cited.end}"
    return f"> [{cited.number}] {_line(cited.quote)}\n> — {_line(_told(cited))} ({place})"


def _told(cited: Citation) -> str:
    return ", ".join(part for part in (cited.title, cited.publisher, cited.published) if part)


def _line(text: str) -> str:
    return " ".join(text.split())


def conversation_json(title: str, answers: Sequence[Answer], exported: str) -> str:
    """A conversation as JSON: the answers in the contract's form; ``exported`` is an ISO day."""
    whole = {
        "kai_export": VERSION,
        "title": title,
        "exported": exported,
        "answers": [answer.to_dict() for answer in answers],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def conversation_markdown(title: str, answers: Sequence[Answer], exported: str) -> str:
    """A conversation as Markdown: one sentence a line, each quote with article, revision, place."""
    english = bool(answers) and answers[-1].language == "en"
    date, check = (STRINGS[key][english] for key in ("exported", "export_check"))
    head = [MARK, f"# {_safe(title)}", f"*{date.format(date=exported)}. {check}*"]
    return "\n\n".join([*head, *(_answer(answer) for answer in answers)]) + "\n"


def _answer(answer: Answer) -> str:
    parts = [f"## {_safe(answer.question)}"]
    parts.append("\n".join(line for one in answer.sentences for line in _sentence(one)))
    if answer.missing:
        parts.append(f"— {_safe(answer.missing)}")
    cited = answer.citations if answer.status is not Status.ABSTAINED else answer.nearest
    parts += [f"{_quote(one)}\n> — {_safe(_told(one))} ({_place(one)})" for one in cited]
    parts += [f"※ {_safe(notice)}" for notice in answer.notices]
    return "\n\n".join(parts)


def _sentence(sentence: AnswerSentence) -> list[str]:
    """A line of its own, which Markdown ends with two spaces; its derivation below it."""
    marked = " ".join([_body(sentence.text), *(f"[{number}]" for number in sentence.citations)])
    how = [f"↳ {_safe(sentence.how)}  "] if sentence.how else []
    return [f"{marked}  ", *how]


def _quote(cited: Citation) -> str:
    return f"> [{cited.number}] {_safe(cited.quote)}"


def _place(cited: Citation) -> str:
    return f"{cited.article_id}@{cited.revision} {cited.start}–{cited.end}"


def _body(text: str) -> str:
    """A sentence whose first sign cannot be taken for Markdown's."""
    return _OPENS.sub(r"\\", _safe(text))


def _safe(text: str) -> str:
    """Text on one line, in which no reader of Markdown finds HTML."""
    return html.escape(_line(text), quote=False)
