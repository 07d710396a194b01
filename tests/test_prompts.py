"""Answer frames: the same ones in both languages, filled completely or not at all."""

from __future__ import annotations

from importlib import resources
from string import Formatter

import pytest
import yaml

from prompts.loader import TemplateError, frame

FRAMES = {
    language: yaml.safe_load(resources.files("prompts").joinpath(name).read_text("utf-8"))
    for language, name in (("ko", "frames.ko.yaml"), ("en", "frames.en.yaml"))
}
NAMES = sorted(FRAMES["ko"])


def fields(language: str, name: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(FRAMES[language][name]) if field}


def test_both_languages_have_the_same_frames():
    assert sorted(FRAMES["en"]) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_frame_takes_the_same_variables_in_both_languages(name):
    assert fields("ko", name) == fields("en", name)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_a_frame_is_filled_completely(language, name):
    said = frame(language, name, **{field: "❖" for field in fields(language, name)})
    assert said.strip() == said != ""
    assert "{" not in said
    assert said.count("❖") >= len(fields(language, name))


def words(text: str) -> str:
    return "".join(literal for literal, *_ in Formatter().parse(text))


def test_english_frames_hold_no_hangul_and_korean_ones_no_english_words():
    assert not [text for text in FRAMES["en"].values() if any("가" <= c <= "힣" for c in text)]
    assert not [
        text
        for text in FRAMES["ko"].values()
        if any(c.isascii() and c.isalpha() for c in words(text))
    ]


def test_any_other_language_is_answered_in_english():
    assert frame("fr", "denied") == frame("en", "denied") != frame("ko", "denied")


def test_a_missing_variable_is_an_error_that_names_it():
    with pytest.raises(TemplateError, match=r"not_said.*missing"):
        frame("ko", "not_said")


def test_an_unknown_frame_is_an_error_that_names_it():
    with pytest.raises(TemplateError, match="no answer frame named 'nonsense'"):
        frame("ko", "nonsense")


def test_what_is_filled_in_is_not_read_as_a_template():
    assert "{boom}" in frame("ko", "not_said", missing="{boom}")
