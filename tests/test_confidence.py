"""How sure an answer is: by the library's size, and by what the writer found."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

import pytest

from assistant import confidence as confident
from assistant.answerability import NAMES, answerability
from assistant.confidence import (
    FITTED_SHARE,
    INPUTS,
    LARGE,
    confidence,
    fitted_small,
    likelihood,
)
from ingest.article import BlockKind
from vectorstore.context import Searched
from vectorstore.evidence import Evidence
from vectorstore.keyword import KeywordWriter
from vectorstore.reading import Index
from vectorstore.terms import canonical, content_terms

TEXT = "가람시는 새 도서관을 3월에 연다."
QUESTION = "도서관은 언제 여나?"


@dataclass
class _Index:
    """As much of an index as is looked at; ``size`` is what it says of itself."""

    size: int

    def __post_init__(self) -> None:
        writer = KeywordWriter()
        writer.add(content_terms(canonical(TEXT)))
        self.keywords = writer.finish()

    def __len__(self) -> int:
        return self.size

    def row(self, name: str) -> int:
        return int(name)

    def searched(self, row: int) -> Searched:
        return Searched(canonical(TEXT), "", (), (canonical(TEXT),))


def _index(size: int) -> Index:
    return cast(Index, _Index(size))


def _found(cosine: float = 0.9) -> list[Evidence]:
    passage: Any = SimpleNamespace(id="0", kind=BlockKind.PARAGRAPH)
    return [Evidence(passage, cast(Any, None), 1.0, cosine)]


def test_in_a_large_library_it_is_the_answerability() -> None:
    index = _index(LARGE)
    expected = pytest.approx(answerability(QUESTION, _found(), index))
    even = {"share": FITTED_SHARE}
    assert confidence(QUESTION, _found(), index, answered=True, **even) == expected
    assert confidence(QUESTION, _found(), index, answered=False, **even) == expected


def test_a_library_that_expects_more_answers_is_surer() -> None:
    index = _index(LARGE)
    even, odd = (likelihood(QUESTION, _found(), index, share) for share in (0.5, 0.8))
    assert even is not None
    assert odd == pytest.approx(4 * even / (4 * even + 1 - even))
    assert likelihood(QUESTION, _found(), _index(LARGE - 1)) is None


def test_in_a_small_library_it_matters_whether_the_writer_answered() -> None:
    index = _index(LARGE - 1)
    told = confidence(QUESTION, _found(), index, answered=True)
    refused = confidence(QUESTION, _found(), index, answered=False)
    assert 0 < refused < told < 1


@pytest.mark.parametrize("size", [10, LARGE])
def test_nothing_found_is_no_confidence(size: int) -> None:
    assert confidence(QUESTION, [], _index(size), answered=False) == 0.0


def test_the_small_weights_are_for_the_answer_and_the_signs() -> None:
    assert ("answered", *NAMES) == INPUTS
    assert len(fitted_small().weights) == len(INPUTS)
    assert max(fitted_small().weights) == fitted_small().weights[0]


def test_damaged_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confident, "WEIGHTS", confident.WEIGHTS.with_name("answerability.json"))
    fitted_small.cache_clear()
    with pytest.raises(ValueError, match="fit it again"):
        fitted_small()
    fitted_small.cache_clear()
