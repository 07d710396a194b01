"""The prompts for language models: filled completely, the same as what was reviewed."""

from __future__ import annotations

from pathlib import Path

import pytest

from prompts.loader import TemplateError
from prompts.messages import messages, variables

SNAPSHOTS = Path(__file__).parent / "snapshots"
VALUES = {
    "write": {"evidence": "[1] 한빛버스에는 120억 원이 지원된다.", "question": "얼마인가요?"},
    "standalone": {"conversation": "질문: 한빛버스는?", "question": "그럼 푸른교통은?"},
}
CASES = [(name, language) for name in VALUES for language in ("ko", "en")]


def rendered(name: str, language: str) -> str:
    filled = messages(name, language, **VALUES[name])
    return "\n".join(f"## {role}\n{text}\n" for role, text in filled)


@pytest.mark.parametrize(("name", "language"), CASES)
def test_a_rendered_prompt_is_the_one_that_was_reviewed(name, language):
    """A changed prompt needs new figures in docs/models.md, then a new snapshot."""
    assert rendered(name, language) == (SNAPSHOTS / f"{name}.{language}.md").read_text("utf-8")


@pytest.mark.parametrize("name", VALUES)
def test_a_prompt_takes_the_same_variables_in_both_languages(name):
    assert variables(name, "ko") == variables(name, "en") == VALUES[name].keys()


def test_any_other_language_is_asked_in_english():
    assert messages("write", "fr", **VALUES["write"]) == messages("write", "en", **VALUES["write"])


def test_a_missing_or_unknown_variable_is_an_error_before_any_call():
    with pytest.raises(TemplateError, match="evidence"):
        messages("write", "ko", question="?")
    with pytest.raises(TemplateError, match="more"):
        messages("write", "ko", **VALUES["write"], more="x")


def test_an_unknown_prompt_is_an_error_that_names_it():
    with pytest.raises(TemplateError, match=r"nonsense\.ko\.yaml"):
        messages("nonsense", "ko")


def test_what_is_filled_in_is_not_read_as_a_template():
    filled = messages("write", "ko", evidence="${question} {x} $", question="?")
    assert "${question} {x} $" in filled[-1][1]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_example_of_a_prompt_follows_its_own_rules(language):
    from assistant.writers.generative_check import holds
    from assistant.writers.generative_parse import ItemReader

    filled = messages("write", language, **VALUES["write"])
    (item,) = ItemReader().feed(filled[2][1])
    evidence = dict(line.split("] ", 1) for line in filled[1][1].split("\n") if line[:1] == "[")
    assert all(holds(evidence[f"[{quote.number}"], quote.text) for quote in item.quotes)
    assert ItemReader().feed(filled[4][1]) == []
