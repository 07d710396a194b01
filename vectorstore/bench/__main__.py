"""The command line of the benches."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from vectorstore.bench.retrieval import bench_retrieval


def main() -> None:
    """Run one bench and print its Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m vectorstore.bench", description=__doc__)
    parser.add_argument("what", choices=["retrieval"])
    parser.add_argument("folder", type=Path, help="holds passages.jsonl and questions.jsonl")
    parser.add_argument("--cache", type=Path, default=Path(".bench-cache"))
    given = parser.parse_args()

    def say(line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    bench_retrieval(given.folder, given.cache, say)


if __name__ == "__main__":
    main()
