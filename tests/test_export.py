"""Exports and their check: what is unchanged passes, and every change is found."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from browser_script import BUILDER, FIVE, HOSTILE, LENGTHS, make_article, scripted
from fakes import BigramEmbedder
from town import town
from typer.testing import CliRunner

from assistant.answer import AnswerSentence, Verdict
from assistant.chain import Assistant
from assistant.cli import app
from assistant.cli_library import register
from assistant.export_reading import NotAnExport, check_export, read_export
from assistant.web.export import conversation_json, conversation_markdown
from assistant.web.export_pages import file_name
from assistant.web.render_print import render_print
from assistant.writers import extractive
from ingest.library import Library
from vectorstore.index import IndexStore
from vectorstore.search import Searcher

WRITERS = {"json": conversation_json, "md": conversation_markdown}
ARTICLES = {article.id: article for article in (town(), town("en"), make_article())}
ASKED = (
    "한빛버스에는 얼마가 지원되나요?",
    "동녘여객은 왜 탈락했나요?",
    "세 회사에 지원되는 돈은 모두 얼마인가요?",
    "시장은 누구인가요?",
    "How much does Hanbit Bus receive?",
    "How many companies were picked?",
)


def find(article_id, revision):
    article = ARTICLES.get(article_id)
    return article if article and article.sha256.startswith(revision) else None


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    store = IndexStore(tmp_path_factory.mktemp("home"), BigramEmbedder())
    store.build([town(), town("en")])
    desk = Assistant(store, Searcher(store), extractive.write)
    return [desk.ask(question) for question in ASKED]


@pytest.fixture(params=WRITERS)
def exported(request, answers):
    return WRITERS[request.param]("버스 이야기", answers, "2026-11-24")


def test_an_export_passes_as_it_is(exported):
    checked = check_export(exported, find)
    assert checked.problems == ()
    assert checked.answers == len(ASKED)
    assert checked.quotes > 4


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("한빛버스에는 120억", "한빛버스에는 130억", "quote"),
        ("12 billion won", "21 billion won", "quote"),
        ("동녘여객은 차고지", "샛별고속은 차고지", "quote"),
    ],
)
def test_a_changed_quote_is_found(exported, before, after, kind):
    assert before in exported
    problems = check_export(exported.replace(before, after), find).problems
    assert any(f": {kind}: " in problem for problem in problems)


def test_a_changed_place_is_found(answers):
    text = conversation_json("t", answers, "2026-11-24")
    whole = json.loads(text)
    whole["answers"][0]["citations"][0]["start"] += 1
    (problem, *_) = check_export(json.dumps(whole), find).problems
    assert problem.startswith("answer 1: quote: bus-ko ")
    markdown = conversation_markdown("t", answers[:1], "2026-11-24")
    cited = answers[0].citations[0]
    moved = markdown.replace(f" {cited.start}–", f" {cited.start + 1}–")
    assert check_export(moved, find).problems


def test_a_number_that_no_quote_supports_is_found(answers):
    wrong = replace(
        answers[0],
        short_answer=None,
        sentences=(AnswerSentence("한빛버스에는 150억 원이 지원된다.", (1,), Verdict.SUPPORTED),),
    )
    for write in WRITERS.values():
        problems = check_export(write("t", [wrong], "2026-11-24"), find).problems
        assert any("150억 원" in problem for problem in problems), write


def test_an_article_that_is_not_in_the_library_is_a_failure(exported):
    checked = check_export(exported, lambda article, revision: None)
    assert len(checked.problems) >= len(ASKED) - 1


def test_hostile_text_survives_the_way_through_markdown_and_is_no_html():
    answers = list(scripted().script.values())
    evil = {article.id: article for article in scripted().shelf}
    text = conversation_markdown(HOSTILE, answers, "2026-11-24")
    assert "<script" not in text
    assert "<img" not in text
    back = read_export(text, lambda article, revision: evil.get(article))
    assert back[-1].question == " ".join(HOSTILE.split())
    assert back[-1].citations[0].quote == HOSTILE


@pytest.mark.parametrize("sign", ["# ", "> ", "- ", "— ", "↳ ", "※ ", "3. ", "\\", "* ", "[1] "])
def test_a_sentence_may_begin_with_any_sign(sign):
    said = AnswerSentence(f"{sign}강변길은 6km로 가장 길다.", (1,), Verdict.SUPPORTED)
    answer = replace(scripted().script[LENGTHS], sentences=(said,))
    (back,) = read_export(conversation_markdown("t", [answer], "2026-11-24"), find)
    assert back.sentences[0].text == said.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "neither JSON nor Markdown"),
        ("# Notes\n\n## Nothing\n\nOf ours. [1]", "neither JSON nor Markdown"),
        ("{", "broken JSON"),
        ("[]", "no answers"),
        ('{"answers": [{"question": "q"}]}', "not an answer"),
        ("<!-- kai export 1 -->\n## q\n\nx [1]\n\n> [1] x\n", "without its place"),
    ],
)
def test_what_is_no_export_says_why(text, said):
    with pytest.raises(NotAnExport, match=said):
        check_export(text, find)


def test_the_lines_of_a_batch_and_a_single_answer_are_checked_too(answers):
    lines = "\n".join(json.dumps(answer.to_dict()) for answer in answers)
    assert check_export(lines, find).answers == len(answers)
    assert check_export(json.dumps(answers[0].to_dict()), find).answers == 1


def test_the_verb_ends_with_0_6_or_2(tmp_path, answers):
    register(app)
    library = Library(tmp_path / "home")
    for article in (town(), town("en")):
        library.put(article)
    file = tmp_path / "talk.md"

    def run(text):
        file.write_text(text, encoding="utf-8")
        return CliRunner().invoke(app, ["verify", str(file), "--home", str(tmp_path / "home")])

    text = conversation_markdown("t", answers, "2026-11-24")
    good, bad, none = run(text), run(text.replace("120억", "130억")), run("nothing")
    assert (good.exit_code, bad.exit_code) == (0, 6)
    assert "6 answers" in good.stdout
    assert all(line.startswith("talk.md: answer ") for line in bad.stdout.splitlines())
    assert none.exit_code != 0
    assert "is no export" in str(none.exception)


def test_the_printed_page_is_whole_and_harmless():
    answers = list(scripted().script.values())
    page = render_print(HOSTILE, answers, "2026-11-24")
    assert "<script" not in page
    assert not re.search(r"<[^>]*(?:src|href|url\()", page)
    for question in (LENGTHS, BUILDER, FIVE):
        assert question in page
    assert "6 + 2 + 1 = 9" in page
    assert "공사를 맡은 회사" in page


def test_no_name_of_a_rule_is_printed():
    answer = next(iter(scripted().script.values()))
    sentences = tuple(replace(sentence, how="polarity") for sentence in answer.sentences)
    page = render_print("talk", [replace(answer, sentences=sentences)], "2026-11-24")
    assert sentences[0].text in page
    assert "polarity" not in page


@pytest.mark.parametrize(
    ("title", "name"),
    [("버스 노선은? ..", "버스-노선은"), ("../../etc/passwd", "etc-passwd"), ("???", "kai")],
)
def test_a_title_becomes_a_harmless_file_name(title, name):
    assert file_name(title) == name
