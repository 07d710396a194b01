"""Loading a language model, and writing with it: in turn, in time, never with its key."""

from __future__ import annotations

import threading
import time

import pytest
from chat_fakes import pen, queued

from assistant.models import load
from assistant.models.load import ModelChoice, check, load_model, load_pen
from assistant.models.pen import Pen
from assistant.models.problem import ModelError, Trouble, WritingStopped, asked_pause, passes

PROMPT = [("system", "s"), ("user", "u")]
SCHEMA = {"type": "object"}


class Response:
    def __init__(self, status: int, headers=()):
        self.status_code, self.headers = status, dict(headers)


class HttpError(Exception):
    def __init__(self, status: int, headers=()):
        super().__init__("Authorization: Bearer sk-secret")
        self.response = Response(status, headers)


def text_of(written) -> str:
    return "".join(written)


def test_text_comes_as_it_is_written():
    assert list(filter(None, pen(["하나", " ", "둘"]).write(PROMPT))) == ["하나", " ", "둘"]


@pytest.mark.parametrize(
    "error", [HttpError(429), HttpError(503), ConnectionError(), TimeoutError()]
)
def test_a_passing_error_is_tried_again(error):
    writer = pen(error, "gut", seconds=10)
    assert text_of(writer.write(PROMPT)) == "gut"
    assert len(writer._model.calls) == 2


def test_after_three_tries_it_is_given_up():
    writer = pen(HttpError(503, {"retry-after": "0.01"}), seconds=10)
    with pytest.raises(WritingStopped) as stopped:
        text_of(writer.write(PROMPT))
    assert len(writer._model.calls) == 3
    assert stopped.value.trouble is Trouble.FAILED


@pytest.mark.parametrize("error", [HttpError(401), ValueError("sk-secret")])
def test_a_lasting_error_is_not_tried_again_and_its_text_goes_nowhere(error, caplog):
    writer = pen(error)
    with pytest.raises(WritingStopped) as stopped:
        text_of(writer.write(PROMPT))
    assert len(writer._model.calls) == 1
    assert "secret" not in str(stopped.value) + caplog.text
    assert type(error).__name__ in caplog.text


def test_what_was_said_before_an_error_is_not_said_twice():
    writer = pen(["halb", ConnectionError()], "ganz")
    pieces = []
    with pytest.raises(WritingStopped):
        pieces.extend(writer.write(PROMPT))
    assert len(writer._model.calls) == 1


def test_a_server_may_say_how_long_to_wait():
    assert asked_pause(HttpError(429, {"retry-after": "3"})) == 3
    assert asked_pause(HttpError(429, {"retry-after": "3600"})) == 20
    assert asked_pause(HttpError(429, {"retry-after": "Wed, 21 Oct"})) == 0
    assert not passes(HttpError(400))


def test_a_silent_model_is_left_in_time():
    writer = pen([30.0, "spät"], seconds=0.3)
    started = time.perf_counter()
    with pytest.raises(WritingStopped) as stopped:
        text_of(writer.write(PROMPT))
    assert stopped.value.trouble is Trouble.SLOW
    assert time.perf_counter() - started < 3


def test_a_reader_who_leaves_stops_the_model():
    writer = pen(["ein", 0.05] * 100, seconds=20)
    written = writer.write(PROMPT)
    next(written)
    written.close()
    until = time.monotonic() + 5
    while not writer._model.ended and time.monotonic() < until:
        time.sleep(0.01)
    assert writer._model.ended == ["stopped"]


def test_a_reader_who_only_stops_reading_stops_the_model_too(monkeypatch):
    monkeypatch.setattr("assistant.models.pen.PATIENCE", 0.3)
    writer = pen(["ein", 0.05] * 200, seconds=20)
    written = writer.write(PROMPT)
    next(written)
    until = time.monotonic() + 5
    while not writer._model.ended and time.monotonic() < until:
        time.sleep(0.01)
    assert writer._model.ended == ["stopped"]
    with pytest.raises(WritingStopped):
        text_of(written)


def test_an_endless_text_is_cut_and_the_model_stopped():
    writer = pen(["wort " * 100] * 1000)
    assert len(text_of(writer.write(PROMPT))) < 10_000
    assert writer._model.ended == ["stopped"]


def test_one_model_writes_one_text_at_a_time_and_who_waits_can_leave():
    writer = pen(["a", 2.5, "b"], seconds=0.8)
    first = writer.write(PROMPT)
    assert next(first) == "a"
    second = writer.write(PROMPT)
    assert next(second) == ""  # a pause while it waits
    with pytest.raises(WritingStopped) as stopped:
        text_of(second)
    assert stopped.value.trouble is Trouble.BUSY
    first.close()


def test_many_askers_all_get_their_own_text():
    writer = pen(["x", 0.01, "y"], seconds=20)
    texts: list[str] = []
    threads = [
        threading.Thread(target=lambda: texts.append(text_of(writer.write(PROMPT))))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert texts == ["xy"] * 8


def test_a_schema_is_sent_the_way_the_model_takes_it():
    model = queued("{}")
    text_of(Pen(model, "m", schema_style="openai").write(PROMPT, SCHEMA))
    text_of(Pen(model, "m", schema_style="ollama").write(PROMPT, SCHEMA))
    text_of(Pen(model, "m").write(PROMPT, SCHEMA))
    assert model.calls[0]["response_format"]["json_schema"]["schema"] == SCHEMA
    assert model.calls[1]["format"] == SCHEMA
    assert set(model.calls[2]) == {"messages"}


def test_a_model_that_refuses_schemas_is_asked_without_from_then_on():
    model = queued(HttpError(400), "ohne", "wieder")
    writer = Pen(model, "m", schema_style="openai", seconds=10)
    assert text_of(writer.write(PROMPT, SCHEMA)) == "ohne"
    assert text_of(writer.write(PROMPT, SCHEMA)) == "wieder"
    assert ["response_format" in call for call in model.calls] == [True, False, False]


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (ModelChoice("gpt"), "provider:name"),
        (ModelChoice("gguf:"), "provider:name"),
        (ModelChoice("gguf:/nowhere/model.gguf"), "no such file"),
        (ModelChoice("name", url="ftp://host"), "http://"),
    ],
)
def test_a_setting_that_cannot_be_used_says_how_to_mend_it(choice, said):
    with pytest.raises(ModelError, match=said):
        check(choice)


@pytest.mark.parametrize("provider", load.PROVIDERS)
def test_a_missing_package_says_which_to_install(monkeypatch, provider, tmp_path):
    (tmp_path / "model").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(load, "find_spec", lambda name: None)
    module, extra, _ = load.PROVIDERS[provider]
    with pytest.raises(ModelError, match=rf"{module}.*pip install -e '\.\[{extra}\]'"):
        check(ModelChoice(f"{provider}:model"))


def test_an_unknown_provider_is_one_line():
    with pytest.raises(ModelError, match=r"nobody:model cannot be loaded \(ValueError\)"):
        load_model(ModelChoice("nobody:model"))


def test_a_missing_key_is_asked_for_and_a_key_never_shown(monkeypatch):
    pytest.importorskip("langchain_openai", reason="needs the openai extra")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(ModelError, match="its key in the environment"):
        load_model(ModelChoice("openai:gpt"))
    monkeypatch.setenv("KAI_MODEL_KEY", "sk-secret")
    model = load_model(ModelChoice("some", url="http://127.0.0.1:9/v1", per_minute=30))
    assert "sk-secret" not in repr(model) + str(model)
    assert load_pen(ModelChoice("some", url="http://127.0.0.1:9/v1")).label == "some"


def test_a_local_models_label_holds_no_folder(tmp_path):
    assert ModelChoice(f"gguf:{tmp_path}/klein-q4.gguf").label == "gguf:klein-q4"


def test_an_unreachable_server_is_a_failure_without_its_address(monkeypatch, caplog):
    pytest.importorskip("langchain_openai", reason="needs the openai extra")
    monkeypatch.setenv("KAI_MODEL_KEY", "sk-secret")
    writer = load_pen(ModelChoice("some", url="http://127.0.0.1:9/v1", seconds=10))
    with pytest.raises(WritingStopped) as stopped:
        text_of(writer.write(PROMPT))
    assert "secret" not in str(stopped.value) + caplog.text


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("openai:gpt-test", "langchain_openai"),
        ("anthropic:claude-test", "langchain_anthropic"),
        ("google_genai:gemini-test", "langchain_google_genai"),
        ("ollama:test", "langchain_ollama"),
    ],
)
def test_every_provider_takes_our_bounds(name, module, monkeypatch):
    pytest.importorskip(module, reason=f"needs the package {module}")
    for variable in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GOOGLE_API_KEY"):
        monkeypatch.setenv(variable, "sk-secret")
    model = load_model(ModelChoice(name, per_minute=10))
    assert "sk-secret" not in repr(model)
    assert model.rate_limiter is not None


def test_a_bad_model_ends_the_command_with_one_line_and_code_two(tmp_path, capsys):
    from assistant.cli import main

    with pytest.raises(SystemExit) as ended:
        main(["ask", "무엇?", "--home", str(tmp_path), "--model", "gguf:/nowhere.gguf"])
    assert ended.value.code == 2
    assert capsys.readouterr().err == "kai: KAI_MODEL names /nowhere.gguf; there is no such file\n"


def test_the_settings_name_a_model_or_none(monkeypatch):
    from assistant.settings import Settings

    assert Settings().model_choice() is None
    monkeypatch.setenv("KAI_MODEL", "none")
    assert Settings().model_choice() is None
    monkeypatch.setenv("KAI_MODEL", "some")
    monkeypatch.setenv("KAI_MODEL_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("KAI_MODEL_SECONDS", "7")
    choice = Settings().model_choice()
    assert (choice.name, choice.url, choice.seconds) == ("some", "http://127.0.0.1:9/v1", 7)
