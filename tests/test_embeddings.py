"""Text is made safe, batches keep their order, and the bundled model understands both languages."""

from __future__ import annotations

import sys
import types
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.embeddings import (
    BATCH,
    E5_PREFIXES,
    MAX_CHARACTERS,
    EmbedderError,
    Prefixes,
    TextEmbedder,
    load_embedder,
    make_safe,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()))

HOSTILE = {
    "expanding ligatures": "\ufdfa" * 50,
    "a NUL inside": "반도\0체 수출",
    "emoji": "😀 축하합니다 👨‍👩‍👧 🇰🇷",
    "empty": "",
    "only control characters": "\0\x01\u200b",
    "half a surrogate pair": "값은 \ud83d 이다",
    "10,000 characters": "가나다 라마" * 1_667,
    "a script that was cut": "Привет, мир",
}


@given(ANY_TEXT)
def test_safe_text_stays_as_it_is(text: str) -> None:
    once = make_safe(text)
    assert make_safe(once) == once


@given(ANY_TEXT)
def test_safe_text_holds_no_control_characters(text: str) -> None:
    assert not {unicodedata.category(letter) for letter in make_safe(text)} & {"Cc", "Cf", "Cs"}


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("네이\0버", "네이버"),
        ("한\u200b국\ufeff", "한국"),
        (" 두\t줄\n 글 ", "두 줄 글"),
        ("ＡＩ　５％", "AI 5%"),
        ("값\ud83d", "값"),
        ("각".encode().decode(), "각"),
        (unicodedata.normalize("NFD", "한글"), "한글"),
        ("", ""),
    ],
)
def test_safe_text(text: str, safe: str) -> None:
    assert make_safe(text) == safe


def test_expansion_is_bounded() -> None:
    assert len(make_safe("\ufdfa" * 100_000)) <= MAX_CHARACTERS


def encode_lengths(texts: list[str]) -> np.ndarray:
    """A fake model: the vector of a text is its length and its first letter."""
    return np.array([[len(text), ord(text[0])] for text in texts], np.float32)


def test_vectors_come_in_the_order_of_the_texts() -> None:
    texts = ["가" * (1 + at * 7919 % 97) for at in range(3 * BATCH + 5)]
    vectors = TextEmbedder("fake", 2, encode_lengths).embed_passages(texts)
    assert vectors[:, 0].tolist() == [len(text) for text in texts]


def test_texts_of_like_length_share_a_batch() -> None:
    batches: list[list[int]] = []

    def encode(texts: list[str]) -> np.ndarray:
        batches.append([len(text) for text in texts])
        return encode_lengths(texts)

    texts = ["가" * (1 + at * 7919 % 97) for at in range(2 * BATCH + 1)]
    TextEmbedder("fake", 2, encode).embed_passages(texts)
    assert [len(batch) for batch in batches] == [BATCH, BATCH, 1]
    assert [length for batch in batches for length in batch] == sorted(
        map(len, texts), reverse=True
    )


def test_progress_ends_at_the_number_of_passages() -> None:
    told: list[tuple[int, int]] = []
    embedder = TextEmbedder("fake", 2, encode_lengths)
    embedder.embed_passages(["가"] * (BATCH + 1), lambda done, total: told.append((done, total)))
    assert told == [(BATCH, BATCH + 1), (BATCH + 1, BATCH + 1)]


def test_no_passages_give_no_vectors() -> None:
    assert TextEmbedder("fake", 2, encode_lengths).embed_passages([]).shape == (0, 2)


def test_prefixes_stand_before_the_safe_text() -> None:
    seen: list[str] = []

    def encode(texts: list[str]) -> np.ndarray:
        seen.extend(texts)
        return encode_lengths(texts)

    embedder = TextEmbedder("fake", 2, encode, Prefixes("q: ", "p: "))
    embedder.embed_query(" 물음\n")
    embedder.embed_passages(["글\0"])
    assert seen == ["q: 물음", "p: 글"]


class FakeSentenceTransformer:
    """Stands in for the library's class; keeps what it was asked to encode."""

    prompts: dict[str, str] = {}  # noqa: RUF012 - replaced, never changed
    seen: list[str] = []  # noqa: RUF012 - replaced, never changed

    def __init__(self, name: str, *, local_files_only: bool) -> None:
        assert local_files_only

    def encode(self, texts: list[str], *, normalize_embeddings: bool, **_: object) -> np.ndarray:
        assert normalize_embeddings
        type(self).seen = texts
        return encode_lengths(texts)


@pytest.mark.parametrize(
    ("name", "prompts", "read"),
    [
        ("someone/multilingual-E5-large", {}, "query: 물음"),
        ("someone/e5-with-prompts", {"query": "Ask: ", "document": ""}, "Ask: 물음"),
        ("someone/plain", {"query": "", "document": ""}, "물음"),
    ],
)
def test_other_models_read_their_own_prompts(
    monkeypatch: pytest.MonkeyPatch, name: str, prompts: dict[str, str], read: str
) -> None:
    fake = type("Fake", (FakeSentenceTransformer,), {"prompts": prompts})
    library = types.SimpleNamespace(SentenceTransformer=fake)
    monkeypatch.setitem(sys.modules, "sentence_transformers", library)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    embedder = load_embedder(name)
    embedder.embed_query("물음")
    assert (embedder.name, embedder.dimension, fake.seen) == (name, 2, [read])


@pytest.fixture(scope="module")
def bundled() -> TextEmbedder:
    embedder = load_embedder()
    assert isinstance(embedder, TextEmbedder)
    return embedder


FACTS = [
    "부산항은 지난달 컨테이너 처리량이 가장 많았다.",
    "고양이는 하루에 열네 시간쯤 잠을 잔다.",
    "한국은행은 기준금리를 올리지 않기로 했다.",
    "제주도의 감귤 수확은 겨울에 끝난다.",
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("How long does a cat sleep every day?", 1),
        ("Did the central bank raise interest rates?", 2),
        ("When are tangerines harvested on Jeju island?", 3),
        ("컨테이너를 가장 많이 처리한 항구는?", 0),
        ("기준금리는 어떻게 되었나?", 2),
    ],
)
def test_questions_of_both_languages_find_the_korean_fact(
    bundled: TextEmbedder, question: str, fact: int
) -> None:
    scores = bundled.embed_passages(FACTS) @ bundled.embed_query(question)
    assert int(scores.argmax()) == fact


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_any_text_has_a_unit_vector(bundled: TextEmbedder, text: str) -> None:
    for vector in (bundled.embed_query(text), bundled.embed_passages([text])[0]):
        assert vector.shape == (bundled.dimension,)
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


@pytest.mark.slow
def test_a_vector_does_not_depend_on_its_neighbours(bundled: TextEmbedder) -> None:
    texts = [*FACTS, *HOSTILE.values()]
    together = bundled.embed_passages(texts)
    for at, text in enumerate(texts):
        assert np.array_equal(together[at], bundled.embed_passages([text])[0])


@pytest.mark.slow
def test_the_encoder_asked_directly_gives_the_same_vectors(bundled: TextEmbedder) -> None:
    direct = load_embedder(direct=True)
    assert direct.name == bundled.name
    assert np.array_equal(direct.embed_query(FACTS[0]), bundled.embed_query(FACTS[0]))
    assert np.array_equal(direct.embed_passages(FACTS), bundled.embed_passages(FACTS))


@pytest.mark.slow
def test_e5_prefixes_matter(bundled: TextEmbedder) -> None:
    assert bundled.prefixes == E5_PREFIXES
    assert not np.allclose(bundled.embed_query(FACTS[0]), bundled.embed_passages(FACTS)[0])


@pytest.mark.slow
def test_the_model_is_the_one_of_its_card_and_small() -> None:
    import hashlib

    from vectorstore.bundled.encoder import FILES, HERE

    card = (HERE / "README.md").read_text(encoding="utf-8")
    for name in FILES:
        assert hashlib.sha256((HERE / name).read_bytes()).hexdigest() in card
    assert sum(path.stat().st_size for path in HERE.iterdir() if path.is_file()) <= 40e6


@pytest.mark.slow
@pytest.mark.parametrize("name", ["no-such/model", ""])
def test_an_unknown_model_names_the_cure(name: str) -> None:
    with pytest.raises(EmbedderError, match=rf"'{name}'.*'bundled'"):
        load_embedder(name)
