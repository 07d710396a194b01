"""Other programs ask: in OpenAI's form, streaming or not, and in our own."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
from fakes import BigramEmbedder
from town import town

from assistant.answer import Answer, Turn
from assistant.api import add_api
from assistant.chain import Assistant
from assistant.web.line import Line, Pace
from assistant.writers import extractive
from vectorstore.index import IndexStore
from vectorstore.search import Searcher

MONEY = "한빛버스에는 얼마가 지원되나요?"


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Assistant:
    store = IndexStore(tmp_path_factory.mktemp("home"), BigramEmbedder())
    store.build([town()])
    return Assistant(store, Searcher(store), extractive.write)


@contextlib.contextmanager
def served(assistant, **options) -> Iterator[str]:
    """The routes on a free loopback port; the server ends with the block."""
    import fastapi
    import uvicorn

    app = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_api(app, assistant, **options)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.fixture(scope="module")
def address(desk):
    with served(desk) as address:
        yield address


def post(address: str, path: str, body, **options) -> httpx.Response:
    return httpx.post(f"{address}{path}", json=body, timeout=30, **options)


def test_a_question_gives_the_whole_answer_object(address, desk):
    told = post(address, "/api/ask", {"question": MONEY}).json()
    asked = desk.ask(MONEY).to_dict()
    assert {**told, "timings_ms": {}} == {**asked, "timings_ms": {}}


def test_a_follow_up_is_understood_from_the_history(address, desk):
    history = [{"role": "user", "content": MONEY}, {"role": "assistant", "content": "120억 원"}]
    told = post(address, "/api/ask", {"question": "그 회사는 언제?", "history": history}).json()
    turns = [Turn(one["role"], one["content"]) for one in history]
    assert told["text"] == desk.ask("그 회사는 언제?", turns).text
    assert told["standalone_question"] != desk.ask("그 회사는 언제?").standalone_question


def client(address: str, key: str = "none"):
    openai = pytest.importorskip("openai", reason="needs the openai extra: pip install -e '.[dev]'")
    return openai.OpenAI(base_url=f"{address}/v1", api_key=key, max_retries=0)


def test_the_openai_client_gets_a_completion(address):
    messages = [{"role": "system", "content": "x"}, {"role": "user", "content": MONEY}]
    done = client(address).chat.completions.create(model="kai", messages=messages)
    assert done.choices[0].message.content == "한빛버스에는 120억 원이 지원된다. [1]"
    assert done.choices[0].finish_reason == "stop"
    assert done.model_extra["kai"]["citations"][0]["quote"] == "한빛버스에는 120억 원이 지원된다."


def test_the_openai_client_gets_a_stream(address):
    stream = client(address).chat.completions.create(
        model="kai",
        messages=[{"role": "user", "content": [{"type": "text", "text": MONEY}]}],
        stream=True,
    )
    chunks = list(stream)
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert text == "한빛버스에는 120억 원이 지원된다. [1]" == chunks[-1].model_extra["kai"]["text"]
    assert chunks[0].model_extra["kai"]["status"] == "answered"
    assert chunks[-1].choices[0].finish_reason == "stop"


def test_the_openai_client_lists_one_model(address):
    assert [model.id for model in client(address).models.list()] == ["kai"]


def test_health_needs_nothing(address):
    assert httpx.get(f"{address}/healthz").json() == {"status": "ok"}
    assert httpx.get(f"{address}/readyz").json() == {"status": "ready", "articles": 1}


def test_without_an_index_it_is_alive_and_not_ready(tmp_path):
    store = IndexStore(tmp_path, BigramEmbedder())
    with served(Assistant(store, Searcher(store), extractive.write)) as address:
        assert httpx.get(f"{address}/healthz").status_code == 200
        ready = httpx.get(f"{address}/readyz")
        asked = post(address, "/api/ask", {"question": MONEY})
    assert (ready.status_code, asked.status_code) == (503, 503)
    assert "kai ingest" in ready.text
    assert str(tmp_path) not in ready.text + asked.text


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/ask", {}),
        ("/api/ask", {"question": ""}),
        ("/api/ask", {"question": "가" * 1001}),
        ("/api/ask", {"question": 3}),
        ("/api/ask", []),
        ("/v1/chat/completions", {"messages": []}),
        ("/v1/chat/completions", {"messages": [{"role": "assistant", "content": "x"}]}),
        ("/v1/chat/completions", {"messages": [{"role": "user", "content": ""}], "stream": True}),
        ("/v1/chat/completions", {"messages": [{"role": "wizard", "content": "x"}]}),
    ],
)
def test_a_request_that_cannot_be_answered_says_why_in_openais_form(address, path, body):
    refused = post(address, path, body)
    assert refused.status_code == 400
    assert refused.json()["error"]["message"]


def test_what_is_no_json_is_refused(address):
    refused = httpx.post(f"{address}/api/ask", content=b"\xff{", timeout=10)
    assert refused.status_code == 400


def test_with_a_key_only_who_sends_it_is_answered(desk):
    with served(desk, key="a-key") as address:
        ask = {"question": MONEY}
        assert post(address, "/api/ask", ask).status_code == 401
        wrong = {"authorization": "Bearer nope"}
        assert post(address, "/api/ask", ask, headers=wrong).status_code == 401
        right = {"authorization": "Bearer a-key"}
        assert post(address, "/api/ask", ask, headers=right).status_code == 200
        assert httpx.get(f"{address}/healthz").status_code == 200


def test_too_many_are_told_when_to_come_back(desk):
    with served(desk, pace=Pace(1), line=Line(1, 0)) as address:
        assert post(address, "/api/ask", {"question": MONEY}).status_code == 200
        refused = post(address, "/api/ask", {"question": MONEY})
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 60


class Slow:
    """Gives its answer at once and then writes on until it is left."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.left = threading.Event()

    def stream(self, question, history=()):
        try:
            for _ in range(200):
                yield self.answer
                time.sleep(0.05)
        finally:
            self.left.set()

    def articles(self):
        return []


@pytest.mark.parametrize("path", ["/api/ask", "/v1/chat/completions"])
def test_a_caller_who_goes_away_stops_the_answer(desk, path):
    slow = Slow(desk.ask(MONEY))
    body = {"question": MONEY, "messages": [{"role": "user", "content": MONEY}], "stream": True}
    with served(slow) as address:
        with (
            contextlib.suppress(httpx.ReadTimeout),
            httpx.stream("POST", f"{address}{path}", json=body, timeout=0.4) as response,
        ):
            next(line for line in response.iter_lines() if line.startswith("data:"))
        assert slow.left.wait(5)


def test_evidence_is_in_the_stream_while_the_model_still_writes(desk):
    slow = Slow(desk.ask(MONEY))
    body = {"messages": [{"role": "user", "content": MONEY}], "stream": True}
    started = time.perf_counter()
    with (
        served(slow) as address,
        httpx.stream("POST", f"{address}/v1/chat/completions", json=body, timeout=5) as response,
    ):
        first = next(line for line in response.iter_lines() if line.startswith("data:"))
        took = time.perf_counter() - started
    assert json.loads(first[5:])["kai"]["citations"]
    assert took < 1.0
