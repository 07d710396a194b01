"""How near a sentence lies to the question, and what that does to the order of sentences."""

from __future__ import annotations

from dataclasses import replace

from town import news, reading

from assistant.nearness import with_nearness
from assistant.question import analyse
from assistant.writers.scene import set_scene

TOLD = news("가온시는 표를 바꿨다. 요금은 오른다.\n\n문은 밤에 닫는다.")


class Scale:
    """A searcher that tells the cosines of one passage and knows no other."""

    def sentence_cosines(self, query, passage_ids, index):
        return [(0.8, 0.9) if number == 0 else () for number, _ in enumerate(passage_ids)]


def test_each_sentence_gets_its_own_cosine():
    lines = [line for line in reading(TOLD)[0] if line.kind.value == "paragraph"]
    near = with_nearness("요금은?", lines, None, Scale())
    assert [line.near for line in near] == [0.8, 0.9, None]
    assert [replace(line, near=None) for line in near] == lines


def test_of_two_sentences_that_the_words_do_not_tell_apart_the_nearer_comes_first():
    lines, book = reading(TOLD)
    asked = analyse("첫차는 언제 떠나나요?", book)

    def first(*near: float) -> str:
        told = [line for line in lines if line.kind.value == "paragraph"][:2]
        weighed = [replace(line, near=each) for line, each in zip(told, near, strict=True)]
        return set_scene(asked, weighed, book).matches[0].line.text

    assert first(0.95, 0.80) == "가온시는 표를 바꿨다."
    assert first(0.80, 0.95) == "요금은 오른다."
