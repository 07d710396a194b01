"""However a question is written, the same passage comes first."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from indexing import article, articles, store

from vectorstore.embeddings import load_embedder
from vectorstore.search import Searcher
from vectorstore.terms import canonical, respaced

QUESTIONS = {
    "카페는 몇 시에 문을 여나요?": "해오름 카페는",
    "다리 공사비는 얼마였나": "공사비는",
    "북극곰 두 마리가 어디에 왔나": "북극곰 두",
    "AI 연구소의 GPU 600대는 언제 들어오나": "AI 연구소가",
    "커피 3,500원": "단골에게는",
}
LAB = article("lab", "연구소의 새 기계", "AI 연구소가 GPU 600대를 가을에 들여온다.")
WRITTEN = {
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "full width": lambda text: "".join(_wide(letter) for letter in text),
    "upper case": str.upper,
    "lower case": str.lower,
    "wide spaces": lambda text: "  " + text.replace(" ", " \u3000\t") + "\n",
    "zero width": lambda text: text.replace(" ", " \u200b"),
    "no thousands": lambda text: text.replace(",", ""),
}
PARTICLES = {
    "카페": ["카페", "카페는", "카페가", "카페에서는", "카페도"],
    "공사비": ["공사비", "공사비는", "공사비가", "공사비를", "공사비의"],
    "북극곰": ["북극곰", "북극곰은", "북극곰이", "북극곰을", "북극곰에게"],
    "연구소": ["연구소", "연구소는", "연구소가", "연구소에서", "연구소의"],
}
ENDS = {"카페": "문 여는 시간", "공사비": "얼마", "북극곰": "몇 마리", "연구소": "GPU 대수"}
FIRST = {"카페": "해오름", "공사비": "공사비는", "북극곰": "북극곰 두", "연구소": "AI 연구소가"}


def _wide(letter: str) -> str:
    return chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter


def respelled(text: str, kinds: list[str]) -> str:
    for kind in kinds:
        text = WRITTEN[kind](text)
    return text


spellings = st.lists(st.sampled_from(sorted(WRITTEN)), max_size=4)


@given(st.sampled_from(sorted(QUESTIONS)), spellings)
def test_every_spelling_has_one_canonical_form(question, kinds):
    assert canonical(respelled(question, kinds)) == canonical(question)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory) -> Searcher:
    served = store(tmp_path_factory.mktemp("home"))
    served.build([*articles(), LAB])
    return Searcher(served)


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> Searcher:
    """The same with the bundled model: particles and spaces are a matter of sense."""
    served = store(tmp_path_factory.mktemp("real"), load_embedder(direct=True))
    served.build([*articles(), LAB])
    return Searcher(served)


@pytest.mark.slow
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(QUESTIONS)), spellings)
def test_every_spelling_finds_the_same_with_the_same_scores(searcher, question, kinds):
    found = searcher.search(respelled(question, kinds))
    assert found[0].passage.text.startswith(QUESTIONS[question])
    assert found == searcher.search(question)


@pytest.mark.slow
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), st.sampled_from(sorted(PARTICLES)), spellings)
def test_every_particle_finds_the_same_passage_first(real, data, noun, kinds):
    question = f"{data.draw(st.sampled_from(PARTICLES[noun]))} {ENDS[noun]}"
    found = real.search(respelled(question, kinds), k=1)
    assert found[0].passage.text.startswith(FIRST[noun])


@pytest.mark.slow
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(QUESTIONS)), st.integers(0, 31))
def test_a_question_with_other_spaces_finds_the_same_passage_first(real, question, kept):
    words = question.split()
    spaces = [" " if kept >> at & 1 else "" for at in range(len(words))]
    other = "".join(word + space for word, space in zip(words, spaces, strict=True))
    assert real.search(other, k=1)[0].passage.text.startswith(QUESTIONS[question])


@pytest.mark.parametrize(
    ("typed", "spaced"),
    [
        ("다리공사비는얼마가들었나요", "다리 공사비는 얼마가 들었나요"),
        ("다리 공사비는 얼마가 들었나요", "다리 공사비는 얼마가 들었나요"),
        ("공사비는얼마", "공사비는얼마"),
        ("", ""),
    ],
    ids=["crowded", "spaced", "short", "empty"],
)
def test_only_what_is_too_long_for_a_word_is_spaced_anew(typed, spaced):
    assert respaced(typed) == spaced
