"""The first layers of the bundled embedder, cut out of its own file when the reader is loaded.

The reader is trained on top of these layers as they are, so it needs no copy of them. An ONNX file
is a protocol buffer (a row of numbered fields), and our graph writes every node under the name of
its layer: leaving out the nodes after a layer and naming that layer's output is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_GRAPH, _NODE, _INITIALIZER, _OUTPUT = 7, 1, 5, 12  # of ModelProto, and of GraphProto
_NODE_NAME, _TENSOR_NAME = 3, 8
_AFTER = re.compile(r"l(\d+)\.")
_POOLING = frozenset({"weights", "last", "middle", "column", "weighted", "total", "embedding"})
_FLOAT_TENSOR = b"\x0a\x02\x08\x01"  # TypeProto: a tensor whose elements are 32-bit floats


def first_layers(model: bytes, layers: int) -> bytes:
    """The model with ``layers`` layers only; its one output is the states after the last of them.

    Raises:
        ValueError: the bytes are not a model written by ``vectorstore.bundled.graph``.
    """
    try:
        parts = list(_fields(model))
        graph = next(value for number, value in parts if number == _GRAPH)
        _assert_has(graph, f"l{layers - 1}.oln.out")
        kept = [_keep(number, value) for number, value in parts if number != _GRAPH]
        return b"".join([*kept, _keep(_GRAPH, _cut(graph, layers))])
    except (IndexError, StopIteration, UnicodeDecodeError) as error:
        raise ValueError("not an ONNX model of the bundled embedder; restore the file") from error


def _assert_has(graph: bytes, node: str) -> None:
    nodes = (dict(_fields(value)) for number, value in _fields(graph) if number == _NODE)
    next(each for each in nodes if each.get(_NODE_NAME) == node.encode())


def _cut(graph: bytes, layers: int) -> bytes:
    name = f"l{layers - 1}.oln.out"
    output = _keep(1, name.encode()) + _keep(2, _FLOAT_TENSOR)
    names = {_NODE: _NODE_NAME, _INITIALIZER: _TENSOR_NAME}
    kept = [
        _keep(number, value)
        for number, value in _fields(graph)
        if number != _OUTPUT and not (number in names and _is_later(value, names[number], layers))
    ]
    return b"".join([*kept, _keep(_OUTPUT, output)])


def _is_later(value: bytes, field: int, layers: int) -> bool:
    name = next((each.decode() for number, each in _fields(value) if number == field), "")
    layer = _AFTER.match(name)
    return name in _POOLING or bool(layer and int(layer.group(1)) >= layers)


def _fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """The fields of a message, numbers too as the bytes that they are written in."""
    at = 0
    while at < len(message):
        key, start = _number(message, at)
        if key & 7 == 2:
            size, start = _number(message, start)
            at = start + size
        else:
            at = _number(message, start)[1] if key & 7 == 0 else start + (8 if key & 7 == 1 else 4)
        yield (key >> 3 if key & 7 == 2 else -key), message[start:at]


def _number(message: bytes, at: int) -> tuple[int, int]:
    """A base-128 number and the place after it."""
    value = shift = 0
    while True:
        byte = message[at]
        at, value, shift = at + 1, value | (byte & 127) << shift, shift + 7
        if byte < 128:
            return value, at


def _keep(number: int, value: bytes) -> bytes:
    """A field as it is written: of a length, or (negative) as its key says."""
    if number < 0:
        return _varint(-number) + value
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    written = bytearray()
    while value > 127:
        written.append(value & 127 | 128)
        value >>= 7
    return bytes([*written, value])
