"""Writes the network as an ONNX graph that keeps the 4-bit weights as they are.

onnxruntime's ``MatMulNBits`` reads Q4_0 blocks without loss and quantises its input row by row, so
a text gets the same vector whatever else is in its batch. ``GatherBlockQuantized`` does the same
for the word table, ``MultiHeadAttention`` fuses the attention.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vectorstore.bundled.unpack import BLOCK, Network, Quantised

if TYPE_CHECKING:
    from onnx import ModelProto

MICROSOFT = "com.microsoft"
IR_VERSION, OPSET = 10, 17
INT8_ARITHMETIC = 4
"""``accuracy_level`` of ``MatMulNBits``: multiply in 8-bit integers."""


class GraphBuilder:
    """Collects nodes and constants; every method returns the name of the value it makes."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        """An array that is part of the file."""
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def widened(self, name: str, value: np.ndarray) -> str:
        """A constant kept as float16 in the file and used as float32."""
        half = self.constant(f"{name}.half", value.astype(np.float16))
        return self.node("Cast", [half], name, to=1)

    def node(self, kind: str, inputs: list[str], output: str, **attributes: object) -> str:
        """A node of the ONNX standard."""
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def extra(self, kind: str, inputs: list[str], output: str, **attributes: object) -> str:
        """A node that onnxruntime adds to the standard."""
        return self.node(kind, inputs, output, domain=MICROSOFT, **attributes)

    def linear(self, source: str, name: str, weight: Quantised, bias: np.ndarray) -> str:
        """``source`` times a 4-bit matrix, plus a bias."""
        rows, columns = weight.nibbles.shape
        packed = weight.nibbles.reshape(rows, columns // BLOCK, BLOCK)
        bytes_ = self.constant(f"{name}.w", packed[..., 0::2] | packed[..., 1::2] << 4)
        scales = self.widened(f"{name}.s", weight.scales.reshape(-1))
        shape = {"K": columns, "N": rows, "bits": 4, "block_size": BLOCK}
        product = self.extra(
            "MatMulNBits",
            [source, bytes_, scales],
            f"{name}.product",
            accuracy_level=INT8_ARITHMETIC,
            **shape,
        )
        return self.node("Add", [product, self.constant(f"{name}.b", bias)], f"{name}.out")

    def normalise(self, source: str, name: str, network: Network) -> str:
        """Layer normalisation with the weights called ``name``."""
        weight = self.constant(f"{name}.w", network.floats[f"{name}.w"])
        bias = self.constant(f"{name}.b", network.floats[f"{name}.b"])
        epsilon = network.shape.epsilon
        return self.node(
            "LayerNormalization", [source, weight, bias], f"{name}.out", epsilon=epsilon
        )


def add_encoder(graph: GraphBuilder, network: Network) -> str:
    """Add embedding and layers, from ids and mask; gives (texts, tokens, hidden)."""
    mask = graph.node("Cast", ["attention_mask"], "mask", to=6)
    hidden = _add_embedding(graph, network)
    for layer in range(network.shape.layers):
        hidden = _add_layer(graph, network, f"l{layer}", hidden, mask)
    return hidden


def _add_embedding(graph: GraphBuilder, network: Network) -> str:
    words = _add_words(graph, network.matrices["emb.word"])
    places = network.floats["emb.pos"].reshape(network.shape.positions, network.shape.hidden)
    kind = network.floats["emb.type"][: network.shape.hidden]
    table = graph.widened("emb.pos", places + kind)
    size = graph.node("Shape", ["input_ids"], "tokens", start=1, end=2)
    zero, axis = (graph.constant(name, np.array([0])) for name in ("from", "axis"))
    rows = graph.node("Slice", [table, zero, size, axis], "positions")
    return graph.normalise(graph.node("Add", [words, rows], "embedded"), "emb.ln", network)


def _add_words(graph: GraphBuilder, words: Quantised) -> str:
    from onnx import TensorProto, helper

    nibbles = words.nibbles.reshape(-1).astype(np.int8) - 8
    packed = (nibbles[0::2] & 15 | (nibbles[1::2] & 15) << 4).astype(np.uint8)
    table = helper.make_tensor(
        "emb.word", TensorProto.INT4, words.nibbles.shape, packed.tobytes(), raw=True
    )
    graph.constants.append(table)
    scales = graph.widened("emb.word.s", words.scales)
    options = {"gather_axis": 0, "quantize_axis": 1, "block_size": BLOCK}
    return graph.extra(
        "GatherBlockQuantized", ["emb.word", "input_ids", scales], "words", **options
    )


def _add_layer(graph: GraphBuilder, network: Network, at: str, hidden: str, mask: str) -> str:
    def linear(source: str, name: str) -> str:
        full = f"{at}.{name}"
        return graph.linear(
            source, full, network.matrices[f"{full}.w"], network.floats[f"{full}.b"]
        )

    query, key, value = (linear(hidden, name) for name in "qkv")
    attended = graph.extra(
        "MultiHeadAttention",
        [query, key, value, "", mask],
        f"{at}.attended",
        num_heads=network.shape.heads,
    )
    summed = graph.node("Add", [linear(attended, "ao"), hidden], f"{at}.sum")
    middle = graph.normalise(summed, f"{at}.aln", network)
    wide = graph.extra("Gelu", [linear(middle, "fi")], f"{at}.wide")
    summed = graph.node("Add", [linear(wide, "fo"), middle], f"{at}.sum2")
    return graph.normalise(summed, f"{at}.oln", network)


def add_pooling(graph: GraphBuilder, hidden: str) -> str:
    """Add the mean over unmasked tokens, scaled to length 1; (texts, hidden)."""
    shares = graph.node("Cast", ["attention_mask"], "weights", to=1)
    last, middle = (graph.constant(n, np.array([v])) for n, v in (("last", 2), ("middle", 1)))
    column = graph.node("Unsqueeze", [shares, last], "column")
    weighted = graph.node("Mul", [hidden, column], "weighted")
    total = graph.node("ReduceSum", [weighted, middle], "total", keepdims=0)
    return graph.node("LpNormalization", [total], "embedding", axis=-1, p=2)


def to_model(graph: GraphBuilder, outputs: dict[str, list[str | int]], producer: str) -> ModelProto:
    """The finished ``ModelProto``; ``outputs`` gives the axes of each output by its name."""
    from onnx import TensorProto, helper

    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    results = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, axes)
        for name, axes in outputs.items()
    ]
    body = helper.make_graph(graph.nodes, "encoder", inputs, results, graph.constants)
    domains = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(
        body, opset_imports=domains, ir_version=IR_VERSION, producer_name=producer
    )
