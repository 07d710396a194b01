"""The reader as a torch network, for training; running it needs none of this.

Sequences are packed one after the other without padding: all matrix products run over the tokens
of a whole batch, only attention goes sequence by sequence. On a CPU that saves a third.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from assistant.reader.reader import LAYERS
from vectorstore.bundled.unpack import Network

DROPOUT = 0.1


class Layer(nn.Module):  # type: ignore[misc]
    """One layer of the bundled BERT over packed sequences."""

    def __init__(self, network: Network, number: int) -> None:
        super().__init__()
        self.heads = network.shape.heads
        for name in ("q", "k", "v", "ao", "fi", "fo"):
            setattr(self, name, _linear(network, f"l{number}.{name}"))
        for name in ("aln", "oln"):
            setattr(self, name, _norm(network, f"l{number}.{name}"))

    def forward(self, hidden: Tensor, lengths: Sequence[int]) -> Tensor:
        """States (tokens, 384) of sequences of these ``lengths`` after the layer."""
        size = hidden.shape[1]
        sides = [
            side(hidden).view(len(hidden), self.heads, -1) for side in (self.q, self.k, self.v)
        ]
        each = [side.transpose(0, 1).split(list(lengths), dim=1) for side in sides]
        attended = [
            functional.scaled_dot_product_attention(q[None], k[None], v[None])[0]
            for q, k, v in zip(*each, strict=True)
        ]
        joined = torch.cat(attended, dim=1).transpose(0, 1).reshape(len(hidden), size)
        middle = self.aln(hidden + self._drop(self.ao(joined)))
        return self.oln(middle + self._drop(self.fo(functional.gelu(self.fi(middle)))))

    def _drop(self, states: Tensor) -> Tensor:
        return functional.dropout(states, DROPOUT, self.training)


def _linear(network: Network, name: str) -> nn.Linear:
    weight = torch.from_numpy(network.matrices[f"{name}.w"].to_float())
    made = nn.Linear(weight.shape[1], weight.shape[0])
    made.weight.data = weight
    made.bias.data = _floats(network, f"{name}.b")
    return made


def _norm(network: Network, name: str) -> nn.LayerNorm:
    bias = _floats(network, f"{name}.b")
    made = nn.LayerNorm(len(bias), eps=network.shape.epsilon)
    made.weight.data, made.bias.data = _floats(network, f"{name}.w"), bias
    return made


def _floats(network: Network, name: str) -> Tensor:
    return torch.from_numpy(np.array(network.floats[name]))


class Lower(nn.Module):  # type: ignore[misc]
    """The frozen embedding and first layers."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        places = np.array(network.floats["emb.pos"]).reshape(-1, network.shape.hidden)
        kind = np.array(network.floats["emb.type"][: network.shape.hidden])
        self.words = torch.from_numpy(network.matrices["emb.word"].to_float())
        self.places = torch.from_numpy(places + kind)
        self.norm = _norm(network, "emb.ln")
        self.layers = nn.ModuleList(Layer(network, number) for number in range(LAYERS))
        self.train(False)

    @torch.inference_mode()  # type: ignore[untyped-decorator]
    def forward(self, texts: Sequence[Sequence[int]]) -> list[np.ndarray]:
        """The states of each text, float16 (tokens, 384)."""
        lengths = [len(ids) for ids in texts]
        rows = [self.words[torch.tensor(ids)] + self.places[: len(ids)] for ids in texts]
        hidden = self.norm(torch.cat(rows))
        for layer in self.layers:
            hidden = layer(hidden, lengths)
        return [part.numpy().astype(np.float16) for part in hidden.split(lengths)]


class Upper(nn.Module):  # type: ignore[misc]
    """The trained part: what kind a token is, the last layers, and three scores of each token."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        size = network.shape.hidden
        self.kind = nn.Embedding(3, size)
        self.layers = nn.ModuleList(
            Layer(network, number) for number in range(LAYERS, network.shape.layers)
        )
        self.says = nn.Linear(size, 3)
        nn.init.zeros_(self.kind.weight)
        nn.init.zeros_(self.says.bias)
        nn.init.normal_(self.says.weight, std=0.02)

    def forward(self, hidden: Tensor, kinds: Tensor, lengths: Sequence[int]) -> Tensor:
        """Scores (tokens, 3): of the answer's begin and end, and of a sentence that answers."""
        hidden = hidden + self.kind(kinds)
        for layer in self.layers:
            hidden = layer(hidden, lengths)
        return self.says(hidden)
