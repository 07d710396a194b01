"""The last question asked of another topic: "그럼 인재 영입비는?"."""

from __future__ import annotations

import re

from assistant import dialogue_cues as cues
from assistant.dialogue_joining import marked
from assistant.dialogue_past import Past, may_be_subject
from assistant.korean_clause import FIRST_PARTICLE
from assistant.question import Question


def swapped(topic: str, past: Past) -> str:
    """The last question asked of another topic."""
    topic = topic.strip().rstrip("? ")
    text = past.question.text
    names = [term for term in past.question.names if may_be_subject(text[term.start : term.end])]
    if past.question.language == "ko":
        bare = re.sub(r"(?:은요|는요|도요|이면요?|라면|은|는|도|요)$", "", topic)
        also = "도" if topic.endswith(("도", "도요")) else ""
        if names:
            rest = text[names[0].end :]
            place = FIRST_PARTICLE.match(rest)
            rest = rest[place.end() :] if place else rest
            mark = also or (place.group(1) if place else "")
            return f"{text[: names[0].start]}{marked(bare, mark)}{rest}"
        noun = past.phrase.rpartition(" ")[2]
        alike = set(bare.split()) & set(past.topic.split())
        if past.topic and (alike or past.topic != past.phrase):  # another of the same kind
            head, _, rest = text.partition(past.topic)
            place = FIRST_PARTICLE.match(rest)
            rest = rest[place.end() :] if place else rest
            return f"{head}{marked(bare, place.group(1)) if place else bare}{rest}"
        if noun and not also and not bare.endswith(("에서", "에는", "에게")):
            return f"{bare} {text[text.find(past.phrase) + len(past.phrase) - len(noun) :]}"
        return f"{marked(bare, also or '은')} {asking(past.question)}"
    if names:
        return f"{text[: names[0].start]}{topic}{text[names[0].end :]}"
    return f"{topic}: {text[:1].lower()}{text[1:]}"


def asking(question: Question) -> str:
    """A Korean question from its question word on, else without its subject."""
    names = [term for term in question.names if term.key]
    if names:
        rest = question.text[names[-1].end :]
        return FIRST_PARTICLE.sub("", rest.removeprefix("의")).strip()
    match = cues.ASKING_KO.search(question.text)
    return question.text[match.start() :] if match else question.text.rpartition(" ")[2]
