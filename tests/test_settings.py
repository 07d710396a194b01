"""Settings come from KAI_* variables, with checked values and a home of the platform."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.settings import Settings, default_home


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch):
    for name in ("HOME", "EMBEDDING_MODEL", "HOST", "PORT", "TITLE"):
        monkeypatch.delenv(f"KAI_{name}", raising=False)


def test_without_variables_the_page_stays_on_this_machine_and_the_model_is_bundled():
    read = Settings()
    assert (read.host, read.port, read.embedding_model) == ("127.0.0.1", 7860, "bundled")
    assert read.home == default_home()


def test_variables_set_what_they_name(monkeypatch, tmp_path):
    monkeypatch.setenv("KAI_HOME", str(tmp_path))
    monkeypatch.setenv("KAI_PORT", "0")
    monkeypatch.setenv("KAI_TITLE", "가온 기사")
    read = Settings()
    assert (read.home, read.port, read.title) == (tmp_path, 0, "가온 기사")


@pytest.mark.parametrize("port", ["abc", "-1", "65536", "80.5", ""])
def test_a_port_that_is_none_is_refused(monkeypatch, port):
    monkeypatch.setenv("KAI_PORT", port)
    with pytest.raises(ValidationError, match="port"):
        Settings()


def test_unknown_variables_are_left_alone(monkeypatch):
    monkeypatch.setenv("KAI_SOMETHING_ELSE", "1")
    assert Settings().port == 7860


@pytest.mark.parametrize(
    ("platform", "variable", "value", "home"),
    [
        ("linux", "XDG_DATA_HOME", "data", Path("data/kai")),
        ("linux", "HOME", "me", Path("me/.local/share/kai")),
        ("darwin", "HOME", "me", Path("me/Library/Application Support/kai")),
        ("win32", "LOCALAPPDATA", "local", Path("local/kai")),
    ],
)
def test_the_home_follows_the_custom_of_the_platform(monkeypatch, platform, variable, value, home):
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv(variable, value)
    assert default_home() == home


def test_the_share_of_questions_with_an_answer_is_that_of_the_chain():
    from assistant.confidence import ASKED_SHARE

    assert Settings().answerable_share == ASKED_SHARE
