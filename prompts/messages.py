"""The prompts sent to language models: chat messages from files, filled completely or not at all.

Variables are written ``${name}``, so that the JSON of the examples needs no escaping.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from string import Template

import yaml

from prompts.loader import TemplateError

Message = tuple[str, str]  # role (system, user, assistant), text


@cache
def _templates(name: str, language: str) -> tuple[Message, ...]:
    file = f"{name}.{'ko' if language == 'ko' else 'en'}.yaml"
    path = resources.files("prompts").joinpath(file)
    if not path.is_file():
        raise TemplateError(f"no prompt file {file!r}")
    loaded = yaml.safe_load(path.read_text("utf-8"))
    return tuple((str(one["role"]), str(one["text"])) for one in loaded["messages"])


def variables(name: str, language: str) -> frozenset[str]:
    """The variables that a prompt needs."""
    texts = (text for _, text in _templates(name, language))
    return frozenset(field for text in texts for field in Template(text).get_identifiers())


def messages(name: str, language: str, /, **values: str) -> list[Message]:
    """Fill the prompt ``name`` in Korean ("ko") or, for any other language, English.

    Raises:
        TemplateError: no such prompt, or the variables given are not exactly those it has.
    """
    wanted = variables(name, language)
    if wanted != values.keys():
        raise TemplateError(f"prompt {name!r} takes {sorted(wanted)}, not {sorted(values)}")
    return [(role, Template(text).substitute(values)) for role, text in _templates(name, language)]
