"""Texts to vectors through sentence-transformers; the model that ships with kai by default."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedder import Embedder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

Encode = Callable[[list[str]], Vectors]
"""Texts to unit vectors (texts, dimension)."""

Progress = Callable[[int, int], None]
"""Is told how many passages are done, and of how many."""

BUNDLED = "bundled"
BATCH = 64
MAX_CHARACTERS = 16_384
"""More is never read: 512 tokens of Korean are about 1,000 characters."""

_DROPPED = ("Cc", "Cf", "Cs")
_OFFLINE = "HF_HUB_OFFLINE"


class EmbedderError(RuntimeError):
    """An embedding model cannot be loaded; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Prefixes:
    """What a model wants to read before a question and before a passage."""

    query: str = ""
    passage: str = ""


E5_PREFIXES = Prefixes("query: ", "passage: ")


@dataclass(frozen=True, slots=True)
class TextEmbedder:
    """An ``Embedder`` around any function that encodes texts."""

    name: str
    dimension: int
    encode: Encode
    prefixes: Prefixes = Prefixes()

    def embed_passages(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        """Vectors of passages; texts of like length share a batch, the result keeps their order."""
        prepared = [self.prefixes.passage + make_safe(text) for text in texts]
        order = sorted(range(len(prepared)), key=lambda at: -len(prepared[at]))
        vectors = np.empty((len(prepared), self.dimension), np.float32)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            vectors[batch] = self.encode([prepared[at] for at in batch])
            if on_progress:
                on_progress(start + len(batch), len(order))
        return vectors

    def embed_query(self, text: str) -> Vectors:
        """The vector of a question."""
        vector = self.encode([self.prefixes.query + make_safe(text)])[0]
        return np.asarray(vector, np.float32)


def make_safe(text: str) -> str:
    """Text that any tokenizer can read: NFKC, one line, no control characters, bounded length.

    Invisible characters and halves of surrogate pairs are dropped. Twice is the same as once.
    """
    visible = "".join(
        letter
        for letter in text[:MAX_CHARACTERS]
        if letter.isspace() or unicodedata.category(letter) not in _DROPPED
    )
    folded = unicodedata.normalize("NFKC", visible)
    return " ".join(folded.split())[:MAX_CHARACTERS].rstrip()


def load_embedder(name: str = BUNDLED, *, direct: bool = False) -> Embedder:
    """Load the bundled model, or the sentence-transformers model of this name or folder.

    Importing sentence-transformers takes about five seconds. ``direct`` leaves it out for the
    bundled model: the same encoder, asked without it, for the same vectors. Nothing is downloaded
    unless ``HF_HUB_OFFLINE=0`` is set.

    Raises:
        EmbedderError: there is no such model on this machine.
    """
    os.environ.setdefault(_OFFLINE, "1")
    return _load_bundled(direct) if name == BUNDLED else _load_other(name)


def _load_bundled(direct: bool) -> Embedder:
    from vectorstore.bundled.encoder import DIMENSION, BundledEncoder, model_hash

    encode: Encode = BundledEncoder().encode
    if not direct:
        encode = _through_sentence_transformers(encode)
    return TextEmbedder(f"bundled-e5-small-{model_hash()}", DIMENSION, encode, E5_PREFIXES)


def _through_sentence_transformers(encode: Encode) -> Encode:
    """Make the encoder a sentence-transformers module, and that a ``SentenceTransformer``."""
    import torch
    from sentence_transformers import SentenceTransformer

    class BundledModule(torch.nn.Module):  # type: ignore[misc]
        """The bundled model, as sentence-transformers sees it."""

        def preprocess(self, inputs: list[str], **_: object) -> dict[str, Any]:
            return {"texts": inputs}

        tokenize = preprocess

        def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
            return features | {"sentence_embedding": torch.from_numpy(encode(features["texts"]))}

    return _encoder_of(SentenceTransformer(modules=[BundledModule()], device="cpu"))


def _encoder_of(model: SentenceTransformer, *, normalise: bool = False) -> Encode:
    def encode(texts: list[str]) -> Vectors:
        vectors = model.encode(
            texts, batch_size=BATCH, show_progress_bar=False, normalize_embeddings=normalise
        )
        return np.asarray(vectors, np.float32)

    return encode


def _load_other(name: str) -> Embedder:
    from sentence_transformers import SentenceTransformer

    if not name.strip():
        raise _no_model(name)
    offline = os.environ[_OFFLINE] != "0"
    try:
        model = SentenceTransformer(name, local_files_only=offline)
    except (OSError, ValueError) as error:
        raise _no_model(name) from error
    encode = _encoder_of(model, normalise=True)
    dimension = encode(["probe"]).shape[1]
    return TextEmbedder(name, dimension, encode, _prefixes_of(model, name))


def _no_model(name: str) -> EmbedderError:
    return EmbedderError(
        f"No embedding model {name!r} on this machine. Use 'bundled', or the folder of a "
        f"sentence-transformers model, or set {_OFFLINE}=0 to download it once."
    )


def _prefixes_of(model: SentenceTransformer, name: str) -> Prefixes:
    """The prompts that a model brings, or those of the e5 family by its name."""
    prompts = {kind: text for kind, text in (model.prompts or {}).items() if text}
    if prompts:
        passage = prompts.get("document") or prompts.get("passage") or ""
        return Prefixes(prompts.get("query", ""), passage)
    return E5_PREFIXES if "e5" in Path(name).name.lower() else Prefixes()
