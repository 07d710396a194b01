"""Writes the trained upper part as ONNX with 8-bit weights, for onnxruntime alone.

Training moves the weights by less than a step of 4 bits, so they need 8: blocks of 32 share a scale
(``MatMulNBits``), as in the bundled embedder. The heads and the layer norms stay 32-bit floats.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.reader.reader import LAYERS
from vectorstore.bundled.graph import INT8_ARITHMETIC, IR_VERSION, MICROSOFT, OPSET, GraphBuilder
from vectorstore.bundled.unpack import BLOCK, Shape

if TYPE_CHECKING:
    from onnx import ModelProto
    from torch import Tensor


def quantise(weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A matrix (rows, columns) as unsigned bytes (rows, blocks, 32) around 128, and its scales."""
    blocks = weight.reshape(len(weight), -1, BLOCK)
    scales = np.maximum(np.abs(blocks).max(axis=2), 1e-12) / 127
    return np.rint(blocks / scales[..., None] + 128).astype(np.uint8), scales.astype(np.float32)


class _UpperGraph(GraphBuilder):
    """Adds the parts of the upper network, by the names of the trained state."""

    def __init__(self, state: dict[str, Tensor], shape: Shape) -> None:
        super().__init__()
        self.state = {name: value.numpy() for name, value in state.items()}
        self.shape = shape

    def eight_bits(self, source: str, name: str) -> str:
        weight, bias = self.state[f"{name}.weight"], self.state[f"{name}.bias"]
        bytes_, scales = quantise(weight)
        product = self.extra(
            "MatMulNBits",
            [
                source,
                self.constant(f"{name}.w", bytes_),
                self.widened(f"{name}.s", scales.reshape(-1)),
            ],
            f"{name}.product",
            accuracy_level=INT8_ARITHMETIC,
            K=weight.shape[1],
            N=weight.shape[0],
            bits=8,
            block_size=BLOCK,
        )
        return self.node("Add", [product, self.constant(f"{name}.b", bias)], f"{name}.out")

    def whole(self, source: str, name: str) -> str:
        weight = self.constant(f"{name}.w", self.state[f"{name}.weight"].T)
        product = self.node("MatMul", [source, weight], f"{name}.product")
        bias = self.constant(f"{name}.b", self.state[f"{name}.bias"])
        return self.node("Add", [product, bias], f"{name}.out")

    def norm(self, source: str, name: str) -> str:
        parts = [self.constant(f"{name}.{end}", self.state[f"{name}.{end}"]) for end in _ENDS]
        epsilon = self.shape.epsilon
        return self.node("LayerNormalization", [source, *parts], f"{name}.out", epsilon=epsilon)

    def layer(self, hidden: str, at: str) -> str:
        sides = [self.eight_bits(hidden, f"{at}.{name}") for name in "qkv"]
        attended = self.extra(
            "MultiHeadAttention", sides, f"{at}.attended", num_heads=self.shape.heads
        )
        summed = self.node("Add", [self.eight_bits(attended, f"{at}.ao"), hidden], f"{at}.sum")
        middle = self.norm(summed, f"{at}.aln")
        wide = self.extra("Gelu", [self.eight_bits(middle, f"{at}.fi")], f"{at}.wide")
        summed = self.node("Add", [self.eight_bits(wide, f"{at}.fo"), middle], f"{at}.sum2")
        return self.norm(summed, f"{at}.oln")


_ENDS = ("weight", "bias")


def to_onnx(state: dict[str, Tensor], shape: Shape) -> ModelProto:
    """The trained upper part as a model: ``hidden`` and ``kinds`` in, ``scores`` out.

    ``hidden`` is (texts, tokens, 384), ``kinds`` (texts, tokens), ``scores`` (texts, tokens, 3).
    """
    graph = _UpperGraph(state, shape)
    table = graph.constant("kind", graph.state["kind.weight"])
    sort = graph.node("Gather", [table, "kinds"], "sort")
    hidden = graph.node("Add", ["hidden", sort], "told")
    for number in range(shape.layers - LAYERS):
        hidden = graph.layer(hidden, f"layers.{number}")
    scores = graph.node("Identity", [graph.whole(hidden, "says")], "scores")
    return _to_model(graph, scores)


def _to_model(graph: GraphBuilder, scores: str) -> ModelProto:
    from onnx import TensorProto, helper

    made = helper.make_tensor_value_info
    inputs = [
        made("hidden", TensorProto.FLOAT, ["texts", "tokens", 384]),
        made("kinds", TensorProto.INT64, ["texts", "tokens"]),
    ]
    results = [made(scores, TensorProto.FLOAT, ["texts", "tokens", 3])]
    body = helper.make_graph(graph.nodes, "reader", inputs, results, graph.constants)
    domains = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(
        body, opset_imports=domains, ir_version=IR_VERSION, producer_name="kai reader"
    )


def write(state: dict[str, Tensor], shape: Shape, path: Path) -> None:
    """Write the model file."""
    import onnx

    onnx.save(to_onnx(state, shape), str(path))


def read_state(path: Path) -> dict[str, Tensor]:
    """The weights of a model file, under the names of the trained state, to train on from there.

    Raises:
        OSError: the file cannot be read.
    """
    import onnx
    import torch
    from onnx import numpy_helper

    constants = onnx.load(str(path)).graph.initializer
    found = {each.name: numpy_helper.to_array(each) for each in constants}
    state = {"kind.weight": found.pop("kind")}
    for name, value in found.items():
        whole, _, end = name.rpartition(".")
        if end == "w" and f"{whole}.s.half" in found:
            scales = found[f"{whole}.s.half"].astype(np.float32).reshape(*value.shape[:2], 1)
            state[f"{whole}.weight"] = ((value.astype(np.float32) - 128) * scales).reshape(
                len(value), -1
            )
        elif end == "w":
            state[f"{whole}.weight"] = value.T
        elif end in ("b", *_ENDS):
            state[f"{whole}.{'bias' if end == 'b' else end}"] = value
    return {name: torch.from_numpy(np.array(value)) for name, value in state.items()}
