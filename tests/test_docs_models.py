"""The example in docs/models.md runs as it stands there."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest
from fakes import BigramEmbedder

from ingest.job import run_job
from ingest.library import Library
from vectorstore.index import IndexStore

TEXT = (Path(__file__).resolve().parents[1] / "docs" / "models.md").read_text("utf-8")
CODE = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """The bundled article, indexed with an embedder that loads nothing."""
    monkeypatch.setattr("vectorstore.embeddings.load_embedder", lambda *_, **__: BigramEmbedder())
    articles = Path(str(resources.files("ingest") / "articles"))
    run_job([articles], Library(tmp_path), IndexStore(tmp_path, BigramEmbedder()), home=tmp_path)
    return tmp_path


def test_the_example_runs_and_prints_what_was_cited(home, capsys):
    (code,) = CODE
    names = {"home": home}
    exec(compile(code, "docs/models.md", "exec"), names)
    assert "250억" in names["message"].text
    assert "←" in capsys.readouterr().out
