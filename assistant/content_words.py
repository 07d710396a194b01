"""The content words of a text and what they mean: what question and sentence are compared by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant import lexicon
from assistant.language import tokens
from assistant.lexicon_idioms import find_idioms
from assistant.names_used import QUOTED
from assistant.polarity import negated_words
from assistant.question_words import ADVERBS, STOPWORDS


@dataclass(frozen=True, slots=True)
class Words:
    """The content words of a text and the concepts behind them."""

    forms: frozenset[str]
    concepts: frozenset[int]
    squeezed: str
    negated: frozenset[int] = frozenset()  # concepts of what is said not to be: 서명하지 않았다


@lru_cache(maxsize=65536)
def words_of(text: str) -> Words:
    """Analyse a text's content words; cached, since evidence comes back question after question."""
    content = [
        token
        for token in tokens(text)
        if (token.is_content and token.form not in STOPWORDS) or token.form in ADVERBS
    ]
    forms = frozenset(token.form for token in content)
    titles = [match.span() for match in QUOTED.finditer(text)]
    plain = [t.word for t in content if not any(a <= t.start < b for a, b in titles)]
    spans = lexicon.concept_spans(plain)
    plain += [idiom.plain for idiom in find_idioms(text)]
    single = (number for word in plain for number in lexicon.concepts_of(word))
    concepts = frozenset(single) | frozenset(n for span in spans for n in span.concepts)
    denied = (number for word in negated_words(text) for number in lexicon.concepts_of(word))
    return Words(forms, concepts, "".join(text.lower().split()), frozenset(denied))


def joined(words: Sequence[Words]) -> Words:
    """The words of some sentences together, without analysing them again as one text."""
    return Words(
        frozenset(form for each in words for form in each.forms),
        frozenset(number for each in words for number in each.concepts),
        "".join(each.squeezed for each in words),
        frozenset(number for each in words for number in each.negated),
    )
