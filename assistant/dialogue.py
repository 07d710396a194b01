"""From a follow-up to a standalone question, by rules: what is left out is taken from before.

The readings are offered best first, and the caller keeps the first that the articles answer. A
question that names a subject of its own drags no old one along; one that points ("거기", "it") is
read with what it points to and never without, since a bare reading is about somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant import dialogue_cues as cues
from assistant.answer import Turn
from assistant.answerable import is_order, is_outside
from assistant.dialogue_joining import fitted, joined, marked, put
from assistant.dialogue_past import Past, subjects
from assistant.dialogue_swapping import asking, swapped
from assistant.korean_clause import FIRST_PARTICLE, with_particle
from assistant.language import tokens
from assistant.names import NameBook
from assistant.question import Question, analyse, normalise
from assistant.question_words import LIGHT, TITLES, WANT_OF_HEAD

TURNS = 4  # how many questions back a subject may lie


def standalone(question: str, history: Sequence[Turn], book: NameBook) -> list[str]:
    """Standalone readings of a question, the likelier first; never none."""
    asked = normalise(question)
    places = [place for place, turn in enumerate(history) if turn.role == "user"]
    now = analyse(asked, book)
    if not places or is_order(asked) or is_outside(now) or not asked:
        return [asked]
    if cues.ASIDE.match(asked):
        return [cues.ASIDE.sub("", asked)]
    past = _past(history, places, book)
    return list(dict.fromkeys(_readings(now, past))) or [asked]


def _past(history: Sequence[Turn], places: list[int], book: NameBook) -> Past:
    last = places[-1]
    before = [] if len(places) == 1 else list(history[places[max(0, len(places) - TURNS)] : last])
    text = standalone(history[last].content, before, book)[0]
    answer = " ".join(turn.content for turn in history[last + 1 :])
    earlier = tuple(turn.content for turn in before if turn.role == "user")
    return Past(analyse(text, book), answer, earlier, book)


def _readings(now: Question, past: Past) -> list[str]:
    body = cues.OPENING.sub("", now.text)
    for rule in (_repeated, _summed, _counted, _both, _pointed, _asked_of_it):
        found = rule(body, now, past)
        if found is not None:
            return found
    return _of_new_subject(body, now, past) or _left_out(body, now, past)


def _repeated(body: str, now: Question, past: Past) -> list[str] | None:
    """Ask again ("really?"), ask for all of it ("tell me more"), or for the others."""
    if cues.SURE.match(body):
        return [past.question.text]
    if cues.MORE.match(body) and past.subject:
        more = "에 대해 자세히 알려줘" if now.language == "ko" else ""
        return [past.subject + more if more else f"Tell me more about {past.subject}"]
    others = cues.OTHERS.match(body)
    if others and past.subject:
        if now.language == "ko":
            thing = f"{past.subject} 말고 다른 {others.group(1) or '곳'}은"
            return [f"{fitted(thing)} {asking(past.question)}".strip()]
        return [f"{past.question.text.rstrip('? ')} besides {past.subject}?"]
    return None


def _summed(body: str, now: Question, past: Past) -> list[str] | None:
    """The sum or the gap of what the last two questions asked for: "둘을 합치면?"."""
    gap = cues.GAP.match(body)
    if not (gap or cues.SUM.match(body)) or not past.earlier:
        return None
    before = Past(analyse(past.earlier[-1], past.book), "", (), past.book)
    two = [before.topic, past.topic]
    if not all(two) or two[0] == two[1]:
        return None
    if now.language == "ko":
        first = with_particle(two[0], ("과", "와"))
        second = f"{two[1]}의 차이는" if gap else f"{marked(two[1], '을')} 합치면"
        return [f"{first} {second} 얼마인가요?"]
    asked = "How much do {} and {} differ?" if gap else "How much are {} and {} together?"
    return [asked.format(*two)]


def _counted(body: str, now: Question, past: Past) -> list[str] | None:
    """The member of the last answer's list that is counted off ("the second one")."""
    match = cues.ORDINAL.search(body)
    if not match or len(body) > 40:
        return None
    word = (match.group(1) or match.group(2)).lower()
    table = cues.ORDINALS if word in cues.ORDINALS else cues.ORDINALS_KO
    members = list(dict.fromkeys(mention.text for mention in past.book.find(past.answer)))
    place = table.index(word)
    if place >= len(members):
        return [body] if len(members) > 1 else None
    whole = put(body, match, members[place])
    rest = re.sub(r"^\S*?[은는도요]?\s*\??$", "", body[match.end() :].strip())
    return [whole] if rest else [swapped(members[place], past)]


def _pointed(body: str, now: Question, past: Past) -> list[str] | None:
    """A pointing word is replaced; without anything to point to it is about nothing."""
    person = cues.PERSON.search(body)
    if person:
        named = (match.group(1) for way in cues.NAMED for match in way.finditer(past.answer))
        holder = next((name for name in named if name not in past.names), None)
        titled = person.group().startswith("그 ") and past.names[-1:]
        if holder or titled:
            return [put(body, person, holder or past.names[-1])]
    korean = now.language == "ko"
    party = None if korean else cues.POINTING_EN.search(body)
    party = party or (cues.PARTY_KO.search(body) if korean else None)
    if party:
        return _with_party(body, party, past)
    match = cues.THING_KO.search(body) or cues.MEMBERS_KO.search(body)
    if match:
        wholes = dict.fromkeys(filter(None, [past.phrase, past.subject]))
        return [put(body, match, who) for who in wholes] or None
    then = cues.THEN_KO.search(body) if korean else None
    if then and past.time:
        return [put(body, then, f"{past.time} ")]
    match = cues.NOUN_KO.search(body)
    return [put(body, match, f"{past.subject} ")] if match and past.subject else None


def _with_party(body: str, match: re.Match[str], past: Past) -> list[str] | None:
    """A party is who was asked about, or who was found; a person is not a company."""
    if cues.PERSON.match(match.group()):
        return [put(body, match, past.phrase)] if past.phrase else None
    whos = [*past.names[:1], *past.told[:1]]
    if cues.IT_EN.match(match.group()) and not past.names:
        whos = [past.phrase, *past.told[:1]]
    noun = re.search(r"(?:회사|기업|팀|업체|기관|단체)$", match.group())
    nouns = f"{past.phrase} {noun.group()}" if noun and past.phrase else past.phrase
    return [put(body, match, who) for who in dict.fromkeys(filter(None, whos or [nouns]))] or None


def _both(body: str, now: Question, past: Past) -> list[str] | None:
    """The last two that were asked about: "둘 중 어디가 더 커?"."""
    match = cues.BOTH.match(body)
    the_two = None if match or now.language != "ko" else cues.THE_TWO_KO.search(body)
    if the_two and len(past.told) == 2:
        whole = f"{with_particle(past.told[0], ('과', '와'))} {past.told[1]}"
        return [put(body, the_two, whole)]
    earlier = [name for text in past.earlier for name in subjects(analyse(text, past.book))]
    pair = list(dict.fromkeys([*earlier[-1:], *past.names]))[-2:]
    pair = pair if len(pair) == 2 else past.told[:2]
    if not match or len(pair) < 2:
        return None
    rest = body[match.end() :]
    if now.language == "ko":
        return [f"{with_particle(pair[0], ('과', '와'))} {pair[1]} 중 {rest}"]
    return [f"Which {rest.rstrip('? ')}: {pair[0]} or {pair[1]}?"]


def _asked_of_it(body: str, now: Question, past: Past) -> list[str] | None:
    """The last question with another question word: "왜요?", "언제부터?", "How much?"."""
    why, bare = cues.WHY_SO.match(body), cues.BARE_ASK.match(body)
    if not why and not bare:
        return None
    text = past.question.text
    if now.language != "ko":
        asking = "why" if why else body.rstrip("? ")
        asking = asking[:1].upper() + asking[1:].lower()
        if cues.AUXILIARY.match(text):
            return [f"{asking} {text[:1].lower()}{text[1:]}"]
        who = cues.WHO_EN.match(text)
        named = f"{past.subject}{text[who.end() :]}" if who else past.subject
        return [f"{named.rstrip('? ')}: {asking.lower()}?"]
    denied = "안 " if past.answer.startswith("아니요") else ""
    word = f"왜 {denied}".strip() if why else (bare.group(1) if bare else "")
    return [_with_word(text, word, past)]


def _with_word(text: str, word: str, past: Past) -> str:
    """The last question with ``word`` before its predicate, and its own question word answered."""
    asking = cues.WHO_KO.search(text) or cues.ASKING_KO.search(text)
    if asking and past.told and cues.WHO_KO.search(text):
        rest = FIRST_PARTICLE.sub("", text[asking.end() :]).strip()
        return f"{with_particle(past.told[0], ('은', '는'))} {word} {rest}"
    if asking:
        rest = FIRST_PARTICLE.sub("", text[asking.end() :])
        before, after = text[: asking.start()].strip(), rest.strip(" ?")
        return f"{before} {word} {after}?" if after else f"{before} {word} 그런가요?"
    if _is_fragment(text, past.question):
        return f"{text.rstrip('? ')} {word} 그런가요?"
    head, _, last = text.rpartition(" ")
    return re.sub(r"\s+", " ", f"{head} {word} {last.rstrip('? ')}?").strip()


def _of_new_subject(body: str, now: Question, past: Past) -> list[str]:
    """A question with a subject of its own stands alone, or asks the last question of it."""
    new = subjects(now)
    if not new:
        return []
    return [swapped(body, past), now.text] if _is_fragment(body, now) else [now.text]


def _left_out(body: str, now: Question, past: Past) -> list[str]:
    """A question without a subject: that of the last one, then as it stands."""
    words = [term for term in now.heavy if not (term.number or term.verb)]
    part = _is_fragment(body, now)
    if not past.subject or cues.THANKS.match(body) or (len(words) >= 2 and not part):
        return [now.text]
    own = any(not (term.verb or term.number or term.form in cues.YEARS) for term in now.heavy)
    whole = joined(past.subject if own else past.phrase or past.subject, body, now)
    if part and not past.names and not _is_attribute(now):
        return [swapped(body, past), whole]
    return [whole, now.text]


def _is_fragment(body: str, now: Question) -> bool:
    """Whether nothing is asked but a topic named: "그럼 H사는?", "And Mediazen?"."""
    if now.language != "ko":
        return len(body.split()) <= 4 and not re.search(
            r"\b(?:who|what|when|where|why|how|which|is|are|was|were|do|does|did|will|has|have|can)\b",
            body,
            re.IGNORECASE,
        )
    predicate = any(t.tag in {"VV", "VA", "VX", "XSV", "XSA"} for t in tokens(body))
    return not predicate and not cues.ASKING_KO.search(body) and len(body.split()) <= 3


def _is_attribute(now: Question) -> bool:
    """Whether a topic is something that is asked of a subject: 예산, 이름, 대표."""
    nouns = [term.form for term in now.terms if not term.verb]
    return not nouns or nouns[-1] in WANT_OF_HEAD or nouns[-1] in LIGHT | TITLES
