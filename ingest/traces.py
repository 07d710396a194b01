"""Where an erased article is still quoted: files of a home that neither library nor index owns."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from ingest.article import Article
from ingest.sentences import split_sentences

_OURS = frozenset({"library", "index", "cache"})  # what a purge clears itself
_SHORTEST = 12  # letters: a shorter sentence is anybody's


def traces(home: Path, revisions: Iterable[Article]) -> list[Path]:
    """The files of ``home``, beside library, index and cache, that hold a sentence of these."""
    wanted = {
        spelled
        for article in revisions
        for sentence in _sentences(article)
        for spelled in (
            sentence.encode("utf-8", "surrogatepass"),
            json.dumps(sentence)[1:-1].encode(),
        )
    }
    files = (path for path in sorted(home.rglob("*")) if path.is_file())
    others = (path for path in files if path.relative_to(home).parts[0] not in _OURS)
    return [path for path in others if _holds(path, wanted)]


def _sentences(article: Article) -> list[str]:
    blocks = (article.text[block.start : block.end] for block in article.blocks)
    found = (one.text for block in blocks for one in split_sentences(block, article.language))
    return [sentence for sentence in found if len(sentence) >= _SHORTEST]


def _holds(path: Path, wanted: set[bytes]) -> bool:
    data = path.read_bytes()
    return any(sentence in data for sentence in wanted)
