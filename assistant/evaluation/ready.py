"""From the start of ``kai chat`` until its page answers, and until a first question is answered.

``python -m assistant.evaluation.ready HOME`` starts it some times on a free port, and ends it.
"""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import httpx

QUESTION = "무엇을 다루나요?"
PATIENCE = 120.0  # seconds until a start is given up
Times = tuple[float, float, float]


def main() -> None:
    """Print the medians of the starts."""
    parser = argparse.ArgumentParser(
        prog="python -m assistant.evaluation.ready", description=__doc__.splitlines()[0]
    )
    parser.add_argument("home", type=Path, help="a home that kai ingest has filled")
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    times = [started(given.home) for _ in range(given.times)]
    names = ("GET / answers", "kai says it is ready", "a question is answered")
    for name, values in zip(names, zip(*times, strict=True), strict=True):
        each = ", ".join(f"{value:.1f}" for value in values)
        sys.stdout.write(f"| {name}, s after the start | {median(values):.1f} | {each} |\n")


def started(home: Path) -> Times:
    """Seconds from the start of the process to the page, to readiness, and to a first answer.

    Raises:
        TimeoutError: the server did not come up.
    """
    port = _free_port()
    command = [sys.executable, "-m", "assistant", "chat", "--home", str(home), "--port", str(port)]
    url, begun = f"http://127.0.0.1:{port}", time.perf_counter()
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    asked = {"model": "kai", "messages": [{"role": "user", "content": QUESTION}]}
    try:
        # One client for all: making one takes 20 ms of the processor that is timed.
        with httpx.Client(base_url=url, timeout=PATIENCE) as client:
            page = _until(lambda: client.get("/"), begun)
            ready = _until(lambda: client.get("/readyz"), begun)
            answered = _until(lambda: client.post("/v1/chat/completions", json=asked), begun)
    finally:
        server.terminate()
        server.wait(PATIENCE)
    return page, ready, answered


def _until(request: Callable[[], httpx.Response], begun: float) -> float:
    while time.perf_counter() - begun < PATIENCE:
        try:
            if request().status_code == httpx.codes.OK:
                return time.perf_counter() - begun
        except httpx.TransportError:
            pass
        time.sleep(0.02)
    raise TimeoutError(f"kai chat was not ready after {PATIENCE:.0f} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
