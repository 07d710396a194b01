"""Korean questions that a Korean sentence answers, made by rule.

Korean asks in place: the asked part gives way to 얼마, 몇, 언제 or 무엇 where it stands, its
particle follows the new sound, and the ending becomes a polite question. Only simple clauses with
a subject of their own are used; whether a question is answered is checked in `suggest.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.dates import find_dates
from assistant.korean_clause import FIRST_PARTICLE, Clause, clauses, final_sound, with_particle
from assistant.names import NameBook
from assistant.quantities import Quantity, find_quantities
from ingest.korean import kiwi

LONGEST = 60  # characters of a question that is read at a glance
_DIGITS = re.compile(r"^[\d,.]+\s*(?:[만억조천백]\s*)*")
_BACK = re.compile(
    r"^(?:이|그|저|이들|그들|해당|같은|다른|나머지|여기|거기|반면|특히|또|또한)\b|^이\s"
)
_OPENERS = re.compile(r"^(?:먼저|우선|반면|특히|또한|또|그리고|한편|이어|그러나|하지만),?\s+")
_LABELLED = re.compile(r"([가-힣A-Za-z0-9 ]{2,14}?)\s(\d[\d.]*%)")
_LABEL = re.compile(r"(?:^|[.,] )([가-힣]{2,8})(?:은|는) ")
_SUM_FIRST = re.compile(r"^([가-힣A-Za-z][가-힣A-Za-z ]{1,15}?) (?=\d)")
_TOPIC = re.compile(r"^(.{3,30}?(?:것|목표|이유|방향|계획|조건|기준|과제)[은는]) ")
_HEADS = {
    "어디": ("회사", "기업", "기관", "지역", "나라", "도시", "팀", "곳"),
    "무엇": ("모델", "이유", "계획", "대상", "과제", "효과", "제품", "서비스", "문제"),
    "어떻게 되": ("일정", "예산", "조건", "기준", "비용", "절차", "방법", "요금", "지원"),
}
_UNITS = frozenset("% 개 명 곳 팀 장 건 권 편 채 배 살 표 마리 시간 개월 km kg m".split()) | {
    "개 팀"
}
_ONE_OF = re.compile(r"중 하나|^ ?(?:또는|혹은|내지) ")
_VAGUE_VERBS = frozenset({"하", "되", "있", "없", "이", "나오", "보이"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the words that answer it; "" where a whole sentence does."""

    text: str
    wanted: str


def korean_questions(sentence: str, book: NameBook, published: date | None) -> list[Asked]:
    """The questions that one Korean sentence answers, best kind first."""
    text = _OPENERS.sub("", sentence.strip())
    if _BACK.match(text):
        return []
    made = [*_labelled(text, book), *_reason(text), *_sum_first(text), *_what_is(text)]
    for clause in clauses(text):
        made += [*_amounts(clause), *_days(clause, published), *_object(clause, book)]
    return [asked for asked in made if 8 <= len(asked.text) <= LONGEST]


def korean_heading_question(heading: str) -> Asked | None:
    """A question from a section heading that ends in a plain noun: 탈락한 회사는 어디인가요?"""
    heading = heading.strip()
    if not re.fullmatch(r"[가-힣A-Za-z·’‘ ]{4,24}", heading):
        return None
    for word, heads in _HEADS.items():
        if heading.endswith(heads) and " " in heading:
            topic = with_particle(heading, ("은", "는"))
            return Asked(f"{topic} {word}{'나요' if word.endswith('되') else '인가요'}?", "")
    return None


def _amounts(clause: Clause) -> Iterator[Asked]:
    found = find_quantities(clause.text[: clause.end])
    for quantity in [one for one in found if one.text[0].isdigit()][:1]:
        word = _how_much(quantity, clause.text[quantity.end : quantity.end + 2])
        at_end = quantity.end > clause.last_word
        askable = clause.is_plain(quantity.end) and clause.grounded(quantity.start)
        if word is None or not askable or _ONE_OF.search(clause.text[quantity.end :]):
            continue
        question = (
            f"{clause.text[: quantity.start]}{_copula(word, clause)}"
            if at_end
            else clause.asked_with(quantity.start, quantity.end, word)
        )
        yield Asked(question, quantity.text)


def _copula(word: str, clause: Clause) -> str:
    past = any(t.tag == "EP" for t in clause.tokens if t.start >= clause.last_word)
    if not past:
        return f"{word}인가요?"
    return f"{word}{'이었' if final_sound(word) else '였'}나요?"


def _how_much(quantity: Quantity, after: str) -> str | None:
    """얼마 for money, 몇 with its unit for counts; None where neither is said."""
    if quantity.ordinal or quantity.each or quantity.high or after[:1] in tuple("씩째급대"):
        return None
    if quantity.unit == "KRW":
        return "얼마" if quantity.text.endswith("원") else None
    unit = _DIGITS.sub("", quantity.text).strip()
    return f"몇 {unit}" if unit in _UNITS and _DIGITS.match(quantity.text) else None


def _days(clause: Clause, published: date | None) -> Iterator[Asked]:
    subject = clause.subject_end
    for found in find_dates(clause.text[: clause.end], published)[:1]:
        rest = clause.text[found.end :]
        if subject is None or found.start < subject or not clause.is_plain(found.end):
            continue
        cut = 1 if rest.startswith("에 ") else 0
        if cut or rest.startswith(("부터", "까지", " ")):
            yield Asked(clause.asked_with(found.start, found.end + cut, "언제"), found.text)


def _object(clause: Clause, book: NameBook) -> Iterator[Asked]:
    """What a named subject does something to: X는 무엇을 개발하나요?"""
    subject = clause.subject_end
    objects = [t.start + t.len for t in clause.tokens if t.tag == "JKO"]
    if subject is None or not objects or not clause.is_plain(objects[-1]):
        return
    between = clause.text[objects[-1] : clause.last_word]
    quoted = clause.text[objects[-1] - 2] in "’'”\""
    if between != " " and not (quoted and between.endswith("로 ")):
        return
    opening = clause.text[:subject]
    named = [m for m in book.find(opening) if m.start == 0 and m.end >= subject - 1]
    verb = [t for t in clause.tokens if t.start >= clause.last_word and t.tag in ("VV", "NNG")]
    if named and verb and verb[0].form not in _VAGUE_VERBS:
        yield Asked(f"{opening} 무엇을 {clause.predicate()}?", "")


def _sum_first(text: str) -> Iterator[Asked]:
    """From a sentence that opens with a thing and its sum: 인재 영입비는 얼마인가요?"""
    thing = _SUM_FIRST.match(text)
    first = next(iter(find_quantities(text)), None)
    if thing is None or first is None or first.start != thing.end():
        return
    nouns = all(t.tag in ("NNG", "NNP", "SL", "XSN") for t in kiwi().tokenize(thing[1]))
    if nouns and _how_much(first, "") == "얼마" and FIRST_PARTICLE.match(text[first.end :]):
        yield Asked(f"{with_particle(thing[1], ('은', '는'))} 얼마인가요?", first.text)


def _what_is(text: str) -> Iterator[Asked]:
    """From a sentence that says it with a noun: A의 목표는 무엇인가요?"""
    topic = _TOPIC.match(text)
    said = not re.search(r"\d\S*$", text)
    if topic and said and any(t.tag == "VCP" for t in kiwi().tokenize(text)[-4:]):
        yield Asked(f"{topic[1]} 무엇인가요?", "")


def _reason(text: str) -> Iterator[Asked]:
    """From a sentence that says 때문에: X는 왜 …나요?"""
    before, found, after = text.partition(" 때문에 ")
    topic = _topic(before) if found else None
    for clause in clauses(after) if topic else ():
        if clause.subject_end is None and clause.is_plain(0):
            yield Asked(f"{topic} 왜 {after[: clause.last_word]}{clause.predicate()}?", "")


def _topic(text: str) -> str | None:
    """The nouns that open a sentence, with the 은 or 는 behind them."""
    for token in kiwi().tokenize(text):
        if token.tag == "JX" and token.form in ("은", "는"):
            return text[: token.start + token.len] if token.start <= 24 else None
        if token.tag not in ("NNG", "NNP", "SL", "SN", "JC", "XSN", "SP"):
            return None
    return None


def _labelled(text: str, book: NameBook) -> Iterator[Asked]:
    """From a labelled list of names and percentages: A의 상승률은 몇 %인가요?"""
    label = _LABEL.search(text)
    if label is None:
        return
    pairs = _LABELLED.findall(text[label.end() :])
    for name, value in pairs if len(pairs) > 1 else []:
        if book.find(name.strip()):
            topic = with_particle(label[1], ("은", "는"))
            yield Asked(f"{name.strip()}의 {topic} 몇 %인가요?", value)
