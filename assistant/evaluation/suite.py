"""The project's own question sets, each over the articles it is about: what the gate asks."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.evaluation.baseline import BUNDLED
from assistant.evaluation.cli_answers import Order, ask_set, scored
from assistant.evaluation.cli_common import home_for, user_home
from ingest.job import BUNDLED as BUNDLED_ARTICLES

if TYPE_CHECKING:
    from assistant.evaluation.summary import Result

SETS = Path(__file__).with_name("sets")


@dataclass(frozen=True, slots=True)
class Stage:
    """One set over one corpus."""

    corpus: str
    questions: Path
    sources: tuple[Path, ...]


def stages(original: Sequence[Path] = ()) -> list[Stage]:
    """What is asked; ``original`` is where the report lies that the bundled article retells."""
    news, other = SETS / "news_dev.jsonl", SETS / "other_dev.jsonl"
    asked = [Stage(BUNDLED, news, (BUNDLED_ARTICLES,)), Stage("other", other, (SETS / "other",))]
    return asked + ([Stage("original", news, tuple(original))] if original else [])


def ask_suite(
    original: Sequence[Path] | None,
    home: Path | None,
    output: Path | None,
    say: Callable[[str], None],
) -> list[Result]:
    """Ask every stage and score it; one line each goes to ``say``."""
    return [_ask(stage, home, output, say) for stage in stages(original or ())]


def _ask(
    stage: Stage, home: Path | None, output: Path | None, say: Callable[[str], None]
) -> Result:
    place, model = home_for(list(stage.sources), home)
    folder = (output or user_home(home) / "evaluations" / "gate") / stage.corpus
    started = time.perf_counter()
    ask_set(Order(stage.questions, place, model, folder, stage.corpus))
    result = scored(folder, user_home(home))
    grounded = result.figures["grounded_correct"]
    say(
        f"{stage.questions.name} over {stage.corpus}: right and grounded {grounded.value:.3f} "
        f"[{grounded.low:.3f}, {grounded.high:.3f}], n={grounded.n}, "
        f"{time.perf_counter() - started:.0f} s, {folder}"
    )
    return result
