"""The picture of growth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path


def draw(measured: Sequence[Mapping[str, float]], path: Path) -> None:
    """Draw time of a question and memory over the number of passages."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    sizes = [row["passages"] for row in measured]
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    for key in ("p50", "p95", "p99"):
        left.plot(sizes, [row[key] for row in measured], marker="o", label=key)
    left.plot(sizes, [row["bare_p50"] for row in measured], "k--", label="embedding + dot, p50")
    left.set(xscale="log", xlabel="passages", ylabel="ms of processor a question", ylim=(0, None))
    left.legend(frameon=False)
    right.plot(sizes, [row["grown_mb"] for row in measured], marker="o")
    right.set(xscale="log", xlabel="passages", ylabel="MB more than without an index")
    right.set_ylim(0, None)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=120)
