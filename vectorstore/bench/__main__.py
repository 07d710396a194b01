"""The command line of the benches."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from vectorstore.bench.retrieval import bench_peers, bench_retrieval
from vectorstore.bench.speed import bench_speed


def main() -> None:
    """Run one bench and print its Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m vectorstore.bench", description=__doc__)
    parser.add_argument("what", choices=["retrieval", "peers", "speed"])
    parser.add_argument("folder", type=Path, help="holds passages.jsonl and questions.jsonl")
    parser.add_argument("--cache", type=Path, default=Path(".bench-cache"))
    parser.add_argument("--picture", type=Path, help="where the speed bench draws the growth")
    given = parser.parse_args()

    def say(line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    if given.what == "retrieval":
        bench_retrieval(given.folder, given.cache, say)
    elif given.what == "peers":
        bench_peers(given.folder, given.cache, say)
    else:
        bench_speed(given.folder, given.cache, given.picture, say)


if __name__ == "__main__":
    main()
