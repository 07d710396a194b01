"""The types that flow out, and their JSON form, which others measure through."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from town import town

from assistant.answer import Answer, AnswerSentence, Citation, Status, Verdict

ARTICLE = town()
KEYS = [
    "id", "question", "standalone_question", "language", "status", "text", "short_answer",
    "sentences", "citations", "missing", "nearest", "as_of", "notices", "writer", "timings_ms",
]  # fmt: skip


def answer(**changes) -> Answer:
    citation = Citation.of(1, ARTICLE, 0, 4)
    values = {
        "question": "?",
        "standalone_question": "?",
        "language": "ko",
        "status": Status.ANSWERED,
        "sentences": (
            AnswerSentence("가온시,", (1,), Verdict.QUOTED),
            AnswerSentence("그렇습니다.", (1,), Verdict.DERIVED, "polarity"),
            AnswerSentence("안내.", (), Verdict.NOTICE),
        ),
        "citations": (citation,),
    }
    return Answer(**{**values, **changes})


def test_the_json_form_has_the_keys_of_the_contract_in_order():
    assert list(answer().to_dict()) == KEYS


def test_the_text_is_the_sentences_with_their_markers_and_nothing_else():
    assert answer().text == "가온시, [1] 그렇습니다. [1] 안내."
    assert answer(separator="\n").text.split("\n") == ["가온시, [1]", "그렇습니다. [1]", "안내."]
    assert answer(sentences=()).text == ""


def test_a_sentence_says_how_only_where_it_is_derived():
    rows = answer().to_dict()["sentences"]
    assert rows[1] == {
        "text": "그렇습니다.",
        "citations": [1],
        "verdict": "derived",
        "how": "polarity",
    }
    assert "how" not in rows[0]


def test_a_citation_carries_all_that_names_its_source():
    [row] = answer().to_dict()["citations"]
    assert row == {
        "number": 1,
        "article_id": "bus-ko",
        "revision": ARTICLE.sha256,
        "title": ARTICLE.title,
        "publisher": "가온신문",
        "published": "2025-03-10",
        "url": None,
        "start": 0,
        "end": 4,
        "quote": ARTICLE.text[0:4],
    }


def test_the_json_form_survives_json():
    row = answer(timings_ms={"total": 1.23456}, notices=("하나",)).to_dict()
    assert json.loads(json.dumps(row, ensure_ascii=False)) == row
    assert row["timings_ms"] == {"total": 1.23}


@pytest.mark.parametrize(
    ("start", "end"), [(-1, 3), (4, 4), (5, 4), (0, len(ARTICLE.text) + 1), (10**6, 10**6 + 1)]
)
def test_a_span_that_is_not_inside_the_article_is_refused(start, end):
    with pytest.raises(ValueError, match=f"span {start}:{end} is not inside article bus-ko"):
        Citation.of(1, ARTICLE, start, end)


def test_the_last_character_can_be_cited():
    size = len(ARTICLE.text)
    assert Citation.of(1, ARTICLE, size - 1, size).quote == ARTICLE.text[-1]


def test_an_undated_article_is_cited_without_a_date():
    assert Citation.of(1, town(published=None), 0, 1).published is None


def test_a_citation_from_a_file_with_pages_says_on_which_it_stands():
    block = replace(ARTICLE.blocks[0], page=3)
    paged = replace(ARTICLE, blocks=(block, *ARTICLE.blocks[1:]))
    cited = Citation.of(1, paged, block.start, block.end)
    [row] = answer(citations=(cited,)).to_dict()["citations"]
    assert (cited.page, row["page"]) == (3, 3)
