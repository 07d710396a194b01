"""Imports go one way, and importing loads nothing heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ALLOWED = {
    "ingest": {"ingest"},
    "vectorstore": {"vectorstore", "ingest"},
    "assistant": {"assistant", "vectorstore", "ingest", "prompts"},
    "prompts": {"prompts"},
}
MODULES = sorted(path for package in ALLOWED for path in (ROOT / package).rglob("*.py"))
HEAVY = (
    "torch", "chromadb", "gradio", "sentence_transformers", "kiwipiepy", "langchain",
    "langchain_core", "transformers", "onnxruntime",
)  # fmt: skip
ENTRIES = (
    "ingest.job", "vectorstore.index", "vectorstore.search", "assistant.chain",
    "assistant.cli", "assistant.cli_library", "assistant.web", "prompts.loader",
)  # fmt: skip


def imported(source: str) -> Iterator[str]:
    """The first part of every imported name, inside functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield "relative" if node.level else str(node.module).split(".")[0]


def wrong(package: str, source: str) -> set[str]:
    return {name for name in imported(source) if name in {*ALLOWED, "relative", "tests"}} - ALLOWED[
        package
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_its_left(path):
    package = path.relative_to(ROOT).parts[0]
    assert wrong(package, path.read_text("utf-8")) == set()


@pytest.mark.parametrize(
    ("package", "source", "found"),
    [
        ("ingest", "def f():\n    from vectorstore.index import IndexStore", {"vectorstore"}),
        ("vectorstore", "import assistant.settings", {"assistant"}),
        ("prompts", "from ingest.article import Article", {"ingest"}),
        ("ingest", "from .article import Article", {"relative"}),
        ("vectorstore", "import json\nfrom ingest.article import Article", set()),
    ],
)
def test_the_check_itself_sees_a_wrong_direction(package, source, found):
    assert wrong(package, source) == found


@pytest.mark.parametrize("package", ["ingest", "vectorstore"])
def test_settings_and_the_environment_stay_at_the_edge(package):
    for path in (ROOT / package).rglob("*.py"):
        assert "pydantic_settings" not in set(imported(path.read_text("utf-8"))), path
        assert "KAI_" not in path.read_text("utf-8"), path


def test_only_langchains_own_kinds_import_a_heavy_library_outside_a_function():
    found = {
        str(path.relative_to(ROOT))
        for path in MODULES
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        and set(imported(ast.unparse(node))) & set(HEAVY)
    }
    training = {"assistant/reader/network.py", "assistant/reader/train.py"}  # run by no user
    assert found <= {"vectorstore/retriever.py", "assistant/models/local.py", *training}


def test_importing_every_room_loads_nothing_heavy():
    code = (
        f"import sys\nfor name in {[*ALLOWED, *ENTRIES]!r}:\n    __import__(name)\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
