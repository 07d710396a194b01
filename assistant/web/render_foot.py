"""What stands under an answer: the verdict of each sentence, its day, and its notices."""

from __future__ import annotations

import re
from datetime import date

from assistant.answer import Answer, AnswerSentence, Citation, Verdict
from assistant.web.export import to_markdown
from assistant.web.render import both, dated, esc, marker

STALE_MONTHS = 6  # from then on the line says how old the article is
_RULE_NAME = re.compile(r"[a-z_]+")


def render_foot(answer: Answer) -> str:
    """What stands under an answer: verdicts, the day it stands for, copying, notices."""
    as_of = _as_of(answer.as_of) if answer.as_of else ""
    notices = "".join(f'<li lang="{esc(answer.language)}">{esc(n)}</li>' for n in answer.notices)
    listed = f'<ul class="notices">{notices}</ul>' if notices else ""
    return f'<footer class="foot">{render_verdicts(answer)}{as_of}{_copy(answer)}{listed}</footer>'


def _as_of(iso: str) -> str:
    """The day the answer stands for, and how long ago that is once it is old."""
    months = months_since(iso, date.today())
    old = f' <span class="stale">{both("stale", n=months)}</span>' if months >= STALE_MONTHS else ""
    return f'<p class="as-of">{dated("as_of", iso)}{old}</p>'


def months_since(iso: str, today: date) -> int:
    """Whole months from an ISO day to another day; 0 for what is no day or yet to come."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return 0
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    return max(0, months)


def _copy(answer: Answer) -> str:
    return (
        f'<button type="button" class="copy" data-do="copy" data-text="{esc(to_markdown(answer))}">'
        f'<span class="before">{both("copy")}</span><span class="after">{both("copied")}</span>'
        "</button>"
    )


def render_verdicts(answer: Answer) -> str:
    """The line that says how many sentences stand on evidence, with each one on demand."""
    facts = [sentence for sentence in answer.sentences if sentence.verdict is not Verdict.NOTICE]
    if not facts:
        return ""
    checked = sum(bool(sentence.citations) for sentence in facts)
    if checked < len(facts):
        line = both("some_checked", n=len(facts), checked=checked)
    else:
        line = both("one_checked") if len(facts) == 1 else both("all_checked", n=len(facts))
    rows = "".join(_verdict(sentence, answer) for sentence in facts)
    tone = "all" if checked == len(facts) else "some"
    return f'<details class="verdicts {tone}"><summary>{line}</summary><ol>{rows}</ol></details>'


def _verdict(sentence: AnswerSentence, answer: Answer) -> str:
    targets = marker_targets(answer)
    marks = "".join(marker(*targets[number]) for number in sentence.citations if number in targets)
    kind = sentence.verdict.value if sentence.citations else "unchecked"
    worked = shown_how(sentence.how)
    how = f'<p class="how">{both("how")}: {esc(worked)}</p>' if worked else ""
    return (
        f'<li class="{kind}"><p>{esc(sentence.text)}</p>'
        f'<p class="verdict">{both(f"verdict_{kind}")} {marks}</p>{how}</li>'
    )


def shown_how(how: str | None) -> str:
    """``how`` where it is for readers; the names of rules ("conflict") are not."""
    return "" if how is None or _RULE_NAME.fullmatch(how) else how


def marker_targets(answer: Answer) -> dict[int, tuple[Citation, str]]:
    """What each ``[n]`` of an answer points at: a citation, or else the nearest text."""
    near = {cited.number: (cited, f"near-{place}") for place, cited in enumerate(answer.nearest, 1)}
    return near | {cited.number: (cited, f"src-{cited.number}") for cited in answer.citations}
