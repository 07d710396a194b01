"""The one figure of a run that is shown elsewhere: what is right and grounded, over what, when."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.evaluation.summary import Result


@dataclass(frozen=True, slots=True)
class Headline:
    """How a run did, when, and over what; ``report`` is its page, if it still lies there."""

    set: str
    corpus_hash: str
    embedder: str
    writer: str
    date: str
    n: int
    value: float
    low: float
    high: float
    report: str | None = None

    @classmethod
    def of(cls, result: Result, report: Path | None = None) -> Headline:
        """The figure of a scored run: what is right and grounded."""
        meta, figure = result.run.meta, result.figures["grounded_correct"]
        about = {
            key: str(meta.get(key, "")) for key in ("set", "corpus_hash", "embedder", "writer")
        }
        date = str(meta.get("finished", ""))[:10]
        path = str(report.absolute()) if report else None
        return cls(
            **about,
            date=date,
            n=figure.n,
            value=figure.value,
            low=figure.low,
            high=figure.high,
            report=path,
        )

    def to_dict(self) -> dict[str, Any]:
        """For the line of a file and for ``kai status --json``."""
        return asdict(self)

    @property
    def line(self) -> str:
        """One line for people: "58.3 % [51–65], 187 questions, 2026-11-24, news_dev.jsonl"."""
        return f"{percent(self)}, {self.n} questions, {self.date}, {self.set}"


def percent(headline: Headline) -> str:
    """The figure with its interval in whole percents: "97 % [93–99]"."""
    low, high = (round(100 * each) for each in (headline.low, headline.high))
    return f"{round(100 * headline.value)} % [{low}–{high}]"
