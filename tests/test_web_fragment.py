"""Text fragments: the browser must land on the cited words, and only there."""

from __future__ import annotations

from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from assistant.web.fragment import text_fragment

ARTICLE = (
    "달빛시 소식\n\n강변길은 올해 열린다. 시장길은 올해 열린다.\n\n"
    "길은 모두 세 곳이고, 하나하나가 강과 시장과 역을 서로 이어 준다고 시는 설명했다."
)


def fragment(text, quoted, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = text.index(quoted, start + 1)
    return text_fragment(text, start, start + len(quoted))


def test_what_means_something_in_a_directive_is_encoded():
    text = "1,000만-명 & 더"
    assert text_fragment(text, 0, len(text)) == "1%2C000%EB%A7%8C%2D%EB%AA%85%20%26%20%EB%8D%94"


def test_a_long_quote_is_given_by_its_first_and_last_words():
    assert unquote(fragment(ARTICLE, ARTICLE.split("\n\n")[2])) == (
        "길은 모두 세 곳이고,,이어 준다고 시는 설명했다."
    )


def test_part_of_a_word_is_widened_to_the_word():
    assert unquote(fragment(ARTICLE, "변길은 올")) == "강변길은 올해"


def test_words_that_stand_twice_are_told_apart_by_their_neighbours():
    assert unquote(fragment(ARTICLE, "올해 열린다.", 0)) == (
        "강변길은-,올해 열린다.,-시장길은 올해 열린다."
    )
    assert unquote(fragment(ARTICLE, "올해 열린다.", 1)) == (
        "올해 열린다. 시장길은-,올해 열린다.,-길은 모두 세"
    )


def test_a_span_over_two_blocks_is_a_range():
    assert unquote(fragment(ARTICLE, "소식\n\n강변길은 올해")) == "소식,강변길은 올해"


@given(st.data())
def test_every_directive_is_plain_ascii_with_few_commas(data):
    start = data.draw(st.integers(0, len(ARTICLE)))
    end = data.draw(st.integers(start, len(ARTICLE)))
    made = text_fragment(ARTICLE, start, end)
    assert made.isascii()
    assert made.count(",") <= 3
    assert made or not ARTICLE[start:end].strip()
