"""A part of an index: articles with their passages, words, vectors, sentences; never changed.

Generations share parts: what is on disk once is opened once, and read by every index of the process
that holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from vectorstore.exact import Exact
from vectorstore.manifest import MARK, MARKS, hash_files
from vectorstore.order import Numbers
from vectorstore.postings import Postings
from vectorstore.sentences import FOLDER, SentenceVectors
from vectorstore.table import Table
from vectorstore.vectors import CLIENTS, Vectors

FEW = 20_000  # up to so many (30 MB), comparing all exactly is quicker than the graph

OpenVectors = Callable[[Path], tuple[Vectors, Callable[[], None]]]
"""Opens the vectors that belong to a part's folder; the second is how to let go of them."""


class Part:
    """An open part; it belongs to all who ``take`` it, until the last one has to ``leave``.

    Its rows, articles and ids are numbered within it. ``firsts`` (articles + 1,) are the borders of
    the articles in its passages.
    """

    def __init__(self, folder: Path, files: Mapping[str, str], open_vectors: OpenVectors) -> None:
        """Raises OSError or ValueError when the folder is not as its ``files`` were recorded."""
        found = hash_files(folder)
        if found != files:
            wrong = {name for name, _ in found.items() ^ files.items()}
            raise ValueError(f"damaged or missing: {', '.join(sorted(wrong))}")
        self.folder, self.name, self.files = folder, folder.name, files
        self.words = Postings.load(folder / "keyword")
        self.sentences = SentenceVectors.load(folder / FOLDER)
        self.articles = Table(folder / "articles.jsonl")
        self.passages = Table(folder / "passages.jsonl")
        self.firsts = np.load(folder / "firsts.npy").astype(np.int64)
        self.ids = (folder / "ids.txt").read_text(encoding="utf-8").split("\n")[:-1]
        self.rows = {id_: row for row, id_ in enumerate(self.ids)}
        self.vectors, vectors, self._release = _opened(folder, open_vectors, self.ids)
        self._users = 0
        counts = {len(self.passages), len(self.rows), len(self.words), len(self.sentences), vectors}
        if counts != {int(self.firsts[-1])} or len(self.firsts) != len(self.articles) + 1:
            self._release()
            raise ValueError(f"its parts hold {sorted(counts)} passages")

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def names(self) -> Mapping[str, int]:
        """The numbers of the articles by id; reads all of them, once."""
        return {row["id"]: number for number, row in enumerate(self.articles)}

    def marks(self) -> Sequence[bytes]:
        """The marks of the articles (``manifest.mark_of``)."""
        data = (self.folder / MARKS).read_bytes()
        return [data[at : at + MARK] for at in range(0, len(data), MARK)]

    def take(self) -> bool:
        """Share it; False when the last one left already."""
        with CLIENTS:
            if self._users < 0:
                return False
            self._users += 1
            return True

    def leave(self) -> None:
        """Let go of it; the last one closes its vectors."""
        with CLIENTS:
            self._users -= 1
            if self._users == 0:
                self._users = -1
                self._release()


def write_places(part: Path, ids: Sequence[str], firsts: Numbers, marks: Sequence[bytes]) -> None:
    """Write what places the rows of a part: ids, the borders of the articles, their marks."""
    (part / "ids.txt").write_text("".join(f"{id_}\n" for id_ in ids), encoding="utf-8")
    with (part / "firsts.npy").open("wb") as file:
        np.save(file, firsts.astype(np.int32))
    (part / MARKS).write_bytes(b"".join(marks))


def _opened(
    folder: Path, open_vectors: OpenVectors, ids: Sequence[str]
) -> tuple[Vectors | Exact, int, Callable[[], None]]:
    """The vectors, their number, and how to let go of them.

    If they are few they are read into memory, and their store is let go of at once.
    """
    vectors, release = open_vectors(folder)
    try:
        size = len(vectors)
        held = vectors.held(ids) if 0 < size <= FEW else None
    except BaseException:
        release()
        raise
    if held is None:
        return vectors, size, release
    release()
    return held, size, _nothing


def _nothing() -> None:
    """Nothing is left to let go of."""
