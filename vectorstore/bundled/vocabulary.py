"""Which pieces of the tokenizer stay, and the tokenizer file made of them.

The choice is by rule, from the pieces alone: no text is looked at.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np

MARK = "▁"
"""SentencePiece's sign for the start of a word."""

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
MAX_TOKENS = 512


def choose_pieces(pieces: Sequence[str], english: Collection[str]) -> list[int]:
    """Indices of the pieces that stay, in their order.

    Kept are the special ones, all with a Hangul letter, ASCII pieces that English uses
    (``english``) or that are short, and single characters that Korean and English text may hold.
    """
    used = set(english)
    return [
        at
        for at, piece in enumerate(pieces)
        if piece in SPECIAL or (_is_normal(piece) and _is_wanted(piece, used))
    ]


def _is_normal(piece: str) -> bool:
    return unicodedata.normalize("NFKC", piece) == piece


def _is_wanted(piece: str, english: set[str]) -> bool:
    letters = piece.replace(MARK, "")
    if any("HANGUL" in unicodedata.name(letter, "") for letter in letters):
        return True
    if letters.isascii():
        return piece in english or len(letters) <= 3
    return len(letters) == 1 and _is_common_character(letters)


def _is_common_character(letter: str) -> bool:
    """Hanja, Latin with accents, Greek, kana, and every sign that is not a letter or a mark."""
    names = ("CJK", "LATIN", "GREEK", "HIRAGANA", "KATAKANA")
    script = unicodedata.name(letter, "").split(" ")[0].split("-")[0]
    return script in names or unicodedata.category(letter)[0] in "NPS"


def write_tokenizer(path: Path, pieces: Sequence[str], scores: np.ndarray) -> None:
    """Write a ``tokenizer.json`` that adds ``<s>`` and ``</s>`` and cuts at 512 tokens.

    The pieces must begin with the four special ones.
    """
    from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors
    from tokenizers.models import Unigram

    rounded = [float(f"{score:.4f}") for score in scores]
    model = Unigram(list(zip(pieces, rounded, strict=True)), unk_id=pieces.index("<unk>"))
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=MARK, prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", pieces.index("<s>")), ("</s>", pieces.index("</s>"))],
    )
    tokenizer.add_special_tokens(list(SPECIAL))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.save(str(path), pretty=False)
