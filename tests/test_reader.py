"""The reader: what it sees of a text, and which words it takes out of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from assistant.reader import reader as reading
from assistant.reader.examples import occurrences, ten_folds
from assistant.reader.lower import first_layers
from assistant.reader.pieces import MOST_PASSAGE, kinds, passage_pieces, question_ids
from assistant.reader.spans import LONGEST, best_span, sentences_of, trim
from ingest.article import BlockKind, Passage
from ingest.assemble import Piece, assemble
from ingest.metadata import Metadata
from ingest.split import split_article
from vectorstore.evidence import Evidence

TEXT = "가람시는 새 도서관을 3월에 연다. 예산은 40억 원이다."


def _passage(text: str) -> Passage:
    article = assemble([Piece(BlockKind.PARAGRAPH, text)], Metadata(title="개관 소식"), "library")
    return next(p for p in split_article(article) if p.kind is BlockKind.PARAGRAPH)


def _said(text: str, at: tuple[int, int]) -> str:
    return text[at[0] : at[1]]


def test_tokens_stand_where_they_say() -> None:
    pieces = passage_pieces(TEXT, ("개관 소식",))
    said = [_said(TEXT, at) for at in pieces.offsets if at[1] > 0]
    assert "".join(said).replace(" ", "") == TEXT.replace(" ", "")


def test_an_answer_cannot_stand_in_the_title() -> None:
    bare, under = passage_pieces(TEXT), passage_pieces(TEXT, ("개관 소식",))
    assert under.readable.sum() == bare.readable.sum()
    assert len(under.ids) > len(bare.ids)


def test_a_title_that_the_text_holds_is_not_read_twice() -> None:
    assert passage_pieces(TEXT, ("도서관",)).ids == passage_pieces(TEXT).ids


def test_control_characters_do_not_move_offsets() -> None:
    text = "예산은\x00 40억\u200b 원이다."
    pieces = passage_pieces(text)
    assert _said(text, pieces.offsets[-2]).endswith(".")


@pytest.mark.parametrize("text", ["가" * 5000, "\ufdfa" * 200, "\ud800", "😀" * 999])
def test_any_text_is_read_up_to_a_limit(text: str) -> None:
    pieces = passage_pieces(text)
    assert len(pieces.ids) == len(pieces.offsets) <= MOST_PASSAGE
    assert all(end <= len(text) for _, end in pieces.offsets)
    assert len(question_ids(text)) <= 64


def test_words_of_the_question_are_marked() -> None:
    pieces = passage_pieces(TEXT)
    marked = kinds("도서관 예산은?", TEXT, pieces)
    said = {
        _said(TEXT, at).strip()
        for at, kind in zip(pieces.offsets, marked, strict=True)
        if kind == 2
    }
    assert said
    assert all(word in "도서관 예산은" for word in said)


def _scores(pieces: object, begin: int, end: int) -> np.ndarray:
    scores = np.zeros((len(pieces.ids), 2), np.float32)  # type: ignore[attr-defined]
    scores[begin, 0], scores[end, 1] = 5, 5
    return scores


def test_the_best_span_stays_in_one_sentence() -> None:
    pieces = passage_pieces(TEXT)
    first = int(np.argmax(pieces.readable))
    last = len(pieces.ids) - 2
    passage = _passage(TEXT)
    place = sentences_of(pieces, passage)
    assert set(place) == {-1, 0, 1}
    found = best_span(_scores(pieces, first, last), pieces, place)
    assert found is not None
    assert any(TEXT[found.start : found.end] in sentence.text for sentence in passage.sentences)


def test_a_span_is_no_longer_than_the_longest() -> None:
    text = "다 " * 100
    pieces = passage_pieces(text)
    one = np.where(pieces.readable, 0, -1)
    found = best_span(_scores(pieces, 3, 90), pieces, one)
    assert found is not None
    inside = [at for at in pieces.offsets if found.start <= at[0] and at[1] <= found.end]
    assert len(inside) <= LONGEST


def test_no_span_without_a_sentence() -> None:
    pieces = passage_pieces(TEXT)
    nowhere = np.full(len(pieces.ids), -1)
    assert best_span(_scores(pieces, 3, 3), pieces, nowhere) is None


@pytest.mark.parametrize(
    ("span", "bare"),
    [
        (" 3월에", "3월"),
        ("‘도서관’을", "도서관"),
        ("40억 원이다.", "40억 원"),
        ("가람시는", "가람시"),
    ],
)
def test_particles_and_marks_are_trimmed(span: str, bare: str) -> None:
    text = f"그것은{span}" if span[0] == " " else span
    start, end = trim(text, len(text) - len(span), len(text))
    assert text[start:end] == bare


def test_a_span_of_nothing_but_a_particle_stays() -> None:
    start, end = trim("새 도서관을", 5, 6)
    assert end > start


def test_all_places_of_an_answer_are_found() -> None:
    text = "3월에 열고 3월에 닫는다."
    pieces = passage_pieces(text)
    places = occurrences(text, ["3월"], pieces)
    assert len(places) == 2
    assert all("3월" in text[pieces.offsets[a][0] : pieces.offsets[b][1]] for a, b in places)


def test_items_that_share_a_key_share_a_fold() -> None:
    keys = [["a"], ["b"], ["a", "c"], ["d"], ["c", "b"], *([str(n)] for n in range(200))]
    folds = ten_folds(keys)
    assert folds[0] == folds[2] == folds[4] == folds[1]
    assert set(folds) == set(range(10))


def test_what_is_no_model_cannot_be_cut() -> None:
    with pytest.raises(ValueError, match="restore the file"):
        first_layers(b"\x3a\x05nonsense", 6)


def test_the_model_card_names_the_file_that_is_there() -> None:
    card = Path(reading.UPPER).with_name("README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(reading.UPPER.read_bytes()).hexdigest() in card


@pytest.mark.slow
def test_the_reader_takes_the_year_out_of_a_sentence() -> None:
    text = "가람대교는 2019년에 개통되었다. 길이는 1,240미터이며 차로는 네 개다."
    article = assemble([Piece(BlockKind.PARAGRAPH, text)], Metadata(title="가람대교"), "bridge")
    passages = [each for each in split_article(article) if each.kind is BlockKind.PARAGRAPH]
    evidence = [Evidence(passage, article, 1.0, 0.9) for passage in passages]
    found = reading.first_reading("가람대교는 언제 개통되었나?", evidence)
    assert found is not None
    assert found.text == article.text[found.start : found.end]
    assert found.text == "2019년"
    assert reading.first_reading("가람대교는 언제 개통되었나?", []) is None
