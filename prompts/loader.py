"""Load templates; a missing variable is an error before anything is shown or sent."""

from __future__ import annotations

from functools import cache
from importlib import resources
from string import Formatter

import yaml


class TemplateError(KeyError):
    """A template or one of its variables is missing."""


@cache
def _frames(language: str) -> dict[str, str]:
    name = f"frames.{'ko' if language == 'ko' else 'en'}.yaml"
    loaded = yaml.safe_load(resources.files("prompts").joinpath(name).read_text("utf-8"))
    return {str(key): str(value) for key, value in loaded.items()}


def frame(language: str, name: str, /, **variables: object) -> str:
    """Fill the answer frame ``name`` in Korean ("ko") or, for any other language, English.

    Raises:
        TemplateError: no such frame, or a variable of it was not given.
    """
    template = _frames(language).get(name)
    if template is None:
        raise TemplateError(f"no answer frame named {name!r}")
    wanted = {field for _, field, _, _ in Formatter().parse(template) if field}
    if wanted - variables.keys():
        raise TemplateError(f"frame {name!r} needs {sorted(wanted - variables.keys())}")
    return template.format(**variables)
