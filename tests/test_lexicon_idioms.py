"""Turns of phrase and the plain words for them."""

from __future__ import annotations

import pytest

from assistant import lexicon
from assistant.content_words import words_of
from assistant.lexicon_files import rows
from assistant.lexicon_idioms import find_idioms

ENTRIES = [(phrase, plain) for phrase, plain in rows("idioms.tsv")]


@pytest.mark.parametrize(("phrase", "plain"), ENTRIES)
def test_every_entry_finds_itself(phrase, plain):
    [found] = find_idioms(phrase)
    assert (found.plain, found.start, found.end) == (plain, 0, len(phrase))


@pytest.mark.parametrize("plain", sorted({plain for _, plain in ENTRIES}))
def test_every_plain_word_has_a_meaning(plain):
    assert lexicon.concepts_of(plain)


def test_no_phrase_is_listed_twice():
    phrases = [phrase for phrase, _ in ENTRIES]
    assert len(phrases) == len(set(phrases))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("동녘여객은 이번에도 쓴잔을 마셨다.", "탈락"),
        ("쓴잔 마신 회사는 어디인가요?", "탈락"),
        ("차고지는 첫삽을 떴다.", "착공"),
        ("축제가 막을 올렸다.", "시작"),
        ("축제가 막을 내렸다.", "종료"),
        ("가게가 문을 연 날은?", "개장"),
        ("가게가 문을 닫았다.", "폐쇄"),
        ("Narae hopes to make the cut.", "선정"),
        ("The two firms Joined Forces.", "협력"),
        ("They called it off.", "취소"),
        ("Narae was putting the opening off, then it pulled out.", "철수"),
        ("The ban comes into force in May.", "발효"),
    ],
)
def test_a_phrase_is_found_inflected_and_without_its_particle(text, plain):
    assert [idiom.plain for idiom in find_idioms(text)] == [plain]


@pytest.mark.parametrize(
    "text",
    [
        "버스를 마셨다.",
        "It recut the makeup.",
        "The rule makes it cheaper.",
        "손님을 잡았다.",
        "두문을 닫았다.",
        "",
        "버스가 달린다.",
    ],
)
def test_the_words_of_a_phrase_on_their_own_are_no_phrase(text):
    assert find_idioms(text) == ()


def test_of_two_that_overlap_the_longer_counts():
    text = "나래운수는 첫 삽을 떴다."
    [found] = find_idioms(text)
    assert text[found.start : found.end] == "첫 삽을 떴"


def test_phrases_stand_in_the_order_of_the_text():
    text = "동녘여객은 쓴잔을 마셨고 나래운수는 첫 삽을 떴다."
    found = find_idioms(text)
    assert [idiom.plain for idiom in found] == ["탈락", "착공"]
    assert text[found[0].start : found[0].end] == "쓴잔을 마셨"


def test_a_sentence_with_a_phrase_means_what_the_plain_word_means():
    assert words_of("동녘여객은 쓴잔을 마셨다.").concepts & lexicon.concepts_of("탈락")
    assert not words_of("동녘여객은 물을 샀다.").concepts & lexicon.concepts_of("탈락")
