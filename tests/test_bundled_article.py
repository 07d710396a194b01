"""The bundled article tells every fact of the report it is based on, twice, in our own words."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
ARTICLES = {lang: ROOT / f"ingest/articles/ai-national-team.{lang}.md" for lang in ("ko", "en")}
FACTS = json.loads((Path(__file__).parent / "bundled_article_facts.json").read_text("utf-8"))
ORIGINAL = ROOT.parent / "shared/articles/platum-ai-national-team.txt"
LONGEST_COMMON_RUN = 39

KO_UNITS = {"억": 10**8, "만": 10**4, "": 1}
EN_UNITS = {"billion": 10**9, "million": 10**6, "": 1}
KO_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)(억|만)?(?: (\d,\d{3})(?=원))?")
EN_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?: (billion|million))?")
# Moments, times and "4일" are written by each language's own habit, so they are facts, not figures.
NOT_A_FIGURE = {
    "ko": r"오후 2시 30분|4일|8월|12월|1차|두 |B2[A-Z]|[BH]\d00(?= )",
    "en": r"2:30 p\.m\.|August 4|B2[A-Z]|[BH]\d00(?= )",
}


def load(lang):
    """The front matter and the body of one telling."""
    _, head, body = ARTICLES[lang].read_text("utf-8").split("---\n", 2)
    return yaml.safe_load(head), body


def squeeze(text):
    return re.sub(r"\s", "", text).casefold()


def number(digits):
    return float(digits.replace(",", ""))


def figures(lang, text):
    """All figures of a text as values, so that 2,378억 equals 237.8 billion."""
    text = re.sub(NOT_A_FIGURE[lang], "", text)
    if lang == "en":
        found = EN_NUMBER.findall(text)
        return {round(number(digits) * EN_UNITS[unit], 2) for digits, unit in found}
    found = KO_NUMBER.findall(text)
    return {round(number(a) * KO_UNITS[unit] + number(b or "0"), 2) for a, unit, b in found}


@pytest.mark.parametrize("lang", ARTICLES)
@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["fact"])
def test_every_fact_is_told(fact, lang):
    body = squeeze(load(lang)[1])
    assert any(squeeze(spelling) in body for spelling in fact[lang]), fact[lang]


@pytest.mark.parametrize("lang", ARTICLES)
def test_front_matter_says_who_tells_it_and_from_where(lang):
    head, body = load(lang)
    assert set(head) == {"title", "publisher", "published", "source", "language"}
    assert head["published"] == date(2025, 8, 4)
    assert head["language"] == lang
    assert "플래텀" in head["source"]
    assert "플래텀" not in head["publisher"], "the telling is ours"
    assert "http" not in body, "no address is known, so none is given"


def test_both_tellings_give_the_same_figures():
    korean, english = (figures(lang, load(lang)[1]) for lang in ("ko", "en"))
    assert korean == english
    assert {237.8e9, 62.8e9, 150e9, 25e9, 5.33, 236500, 12000, 10e6, 512, 1024} <= korean


@pytest.mark.parametrize("lang", ARTICLES)
def test_what_the_report_printed_is_not_corrected(lang):
    text = load(lang)[1]
    assert "5.33%" in text
    assert "5.35" not in text, "12,000 of 224,500 is 5.35 %, but the report printed 5.33 %"
    assert "440억" not in text, "the parts named of the data budget are not all of it"
    assert "44 billion" not in text, "the parts named of the data budget are not all of it"


def test_the_words_are_our_own():
    if not ORIGINAL.exists():
        pytest.skip(f"the report to compare with is not here: {ORIGINAL}")
    report = squeeze(ORIGINAL.read_text("utf-8"))
    ours = squeeze(load("ko")[1])
    width = LONGEST_COMMON_RUN + 1
    runs = (ours[i : i + width] for i in range(len(ours) - width + 1))
    assert [run for run in runs if run in report] == []
