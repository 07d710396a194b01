"""Homes to evaluate in: the current one, or one built for the occasion and kept by its corpus."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.evaluation.questions import SetError

if TYPE_CHECKING:
    from assistant.chain import Assistant
    from vectorstore.manifest import Manifest

WRITER = "extractive"
_CODE = frozenset({".py", ".yaml", ".tsv"})


def corpus_home(
    cache: Path,
    sources: Sequence[Path],
    embedding_model: str,
    on_progress: Callable[[str, int, int], None] | None = None,
) -> Path:
    """A home that holds exactly ``sources``, built once per content and embedder.

    ``on_progress`` is told the stage, how many are done, and of how many.

    Raises:
        SetError: a source cannot be read, or the ingestion job failed.
    """
    from ingest.job import run_job
    from ingest.library import Library
    from vectorstore.embeddings import load_embedder
    from vectorstore.index import IndexStore

    home = cache / _key(sources, embedding_model)
    store = IndexStore(home, lambda: load_embedder(embedding_model))
    report = run_job(list(sources), Library(home), store, home=home, on_progress=on_progress)
    if report.exit_code:
        raise SetError([report.error or "", *report.failures])
    return home


def _key(sources: Sequence[Path], embedding_model: str) -> str:
    digest = hashlib.sha256(embedding_model.encode())
    for file in _files(sources):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _files(sources: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for source in sources:
        if not source.exists():
            raise SetError([f"{source}: no such file or folder; give --articles a path"])
        found = sorted(source.rglob("*")) if source.is_dir() else [source]
        files += [each for each in found if each.is_file()]
    return files


def served_manifest(home: Path) -> Manifest:
    """What the index in service says about itself; raises IndexProblem when there is none."""
    from vectorstore.index import IndexStore

    return IndexStore(home, _no_model).manifest()


def configuration(home: Path, embedding_model: str) -> dict[str, Any]:
    """What a figure depends on: corpus, index, embedder, versions."""
    manifest = served_manifest(home)
    names = ("kai-assistant", "chromadb", "kiwipiepy", "onnxruntime", "numpy", "langchain-core")
    return {
        "corpus_hash": manifest.corpus_hash,
        "index_generation": manifest.name,
        "articles": manifest.articles,
        "passages": manifest.passages,
        "embedder": manifest.embedder,
        "embedding_model": embedding_model,
        "writer": WRITER,
        "python": platform.python_version(),
        "code": code_hash(),
        "versions": {name: version for name in names if (version := _version(name))},
    }


@cache
def code_hash() -> str:
    """A hash over the code and the wording of all rooms: another one may answer otherwise."""
    root = Path(__file__).parents[2]
    digest = hashlib.sha256()
    for room in ("assistant", "ingest", "prompts", "vectorstore"):
        for file in sorted((root / room).rglob("*")):
            if file.suffix in _CODE:
                digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _no_model() -> Any:  # noqa: ANN401 - never called: a manifest needs no model
    raise RuntimeError("reading a manifest must not load a model")


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def assistant_among(home: Path, embedding_model: str) -> Callable[[Sequence[str]], Assistant]:
    """A maker of assistants that see only the named articles of the home's index.

    They expect an answer as often as not, unlike a served library: candidates are given, not found.
    """
    from assistant.chain import Assistant
    from assistant.confidence import FITTED_SHARE
    from assistant.evaluation.among import Among
    from assistant.writers import extractive
    from vectorstore.embeddings import load_embedder
    from vectorstore.index import IndexStore

    store = IndexStore(home, lambda: load_embedder(embedding_model))
    return lambda ids: Assistant(
        store, Among(store, ids), extractive.write, answerable_share=FITTED_SHARE
    )
