"""A conversation as a page of its own, to be printed or kept: no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer, AnswerSentence, Citation, Status
from assistant.web.render import esc
from assistant.web.render_foot import shown_how
from assistant.web.strings import STRINGS, date_in

_STYLE = (
    ":root{color-scheme:light}body{margin:2rem auto;max-width:42rem;padding:0 1rem;color:#1d1c1a;"
    'background:#fff;font:1rem/1.75 "Apple SD Gothic Neo","Noto Sans KR","Malgun Gothic",'
    "sans-serif;word-break:keep-all;overflow-wrap:anywhere}"
    "h1{font-size:1.5rem;line-height:1.4}h2{font-size:1.15rem;margin:2.2rem 0 .4rem;"
    "break-after:avoid}.meta,.place,.how{color:#5f5b53;font-size:.85rem}"
    ".label{font-weight:600;color:#4a5768;margin:0}p{margin:.3rem 0}sup{line-height:0}"
    "blockquote{margin:.7rem 0;padding-left:1rem;border-left:2px solid #b9b3a6;"
    "break-inside:avoid}ul{padding-left:1.2rem}@page{margin:2cm}"
)


def render_print(title: str, answers: Sequence[Answer], exported: str) -> str:
    """The whole page as HTML; ``exported`` is an ISO day."""
    language = answers[-1].language if answers else "ko"
    told = STRINGS["exported"][language == "en"].format(date=date_in(language, exported))
    body = "".join(_answer(answer) for answer in answers)
    return (
        f'<!doctype html><html lang="{esc(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{esc(title)}</title><style>{_STYLE}</style></head>"
        f'<body><h1>{esc(title)}</h1><p class="meta">{esc(told)}</p>{body}</body></html>'
    )


def _answer(answer: Answer) -> str:
    def word(key: str, **values: object) -> str:
        return esc(STRINGS[key][answer.language == "en"].format(**values))

    status = answer.status
    label = "" if status is Status.ANSWERED else f'<p class="label">{word(f"status_{status}")}</p>'
    missing = (
        f'<p class="how">{word("missing")}: {esc(answer.missing)}</p>' if answer.missing else ""
    )
    cited = answer.nearest if status is Status.ABSTAINED else answer.citations
    notices = "".join(f'<p class="how">※ {esc(notice)}</p>' for notice in answer.notices)
    as_of = answer.as_of and word("as_of", date=date_in(answer.language, answer.as_of))
    dated = f'<p class="meta">{as_of}</p>' if as_of else ""
    return (
        f'<section lang="{esc(answer.language)}"><h2>{esc(answer.question)}</h2>{label}'
        f"{_sentences(answer)}{missing}{''.join(map(_quote, cited))}{notices}{dated}</section>"
    )


def _sentences(answer: Answer) -> str:
    said = [_sentence(sentence) for sentence in answer.sentences]
    if "\n" in answer.separator and len(said) > 1:
        return f"<ul>{''.join(f'<li>{one}</li>' for one in said)}</ul>"
    return f"<p>{' '.join(said)}</p>"


def _sentence(sentence: AnswerSentence) -> str:
    marks = "".join(f"<sup>[{number}]</sup>" for number in sentence.citations)
    worked = shown_how(sentence.how)
    how = f' <span class="how">({esc(worked)})</span>' if worked else ""
    return f"{esc(sentence.text)}{marks}{how}"


def _quote(cited: Citation) -> str:
    told = " · ".join(part for part in (cited.title, cited.publisher, cited.published) if part)
    place = f"{cited.article_id} {cited.start}–{cited.end} ({cited.revision[:12]})"
    return (
        f"<blockquote>[{cited.number}] {esc(cited.quote)}"
        f'<br><span class="place">{esc(told)} · {esc(place)}</span></blockquote>'
    )
