from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import clean, normalise
from ingest.furniture import is_furniture
from ingest.markdown import _without_hidden

BODY = "강릉의 작은 서점이 올해로 문을 연 지 서른 해를 맞았다고 주인이 어제 밝혔다."
NEXT = "주인은 앞으로도 같은 자리에서 책을 팔겠다며 손님들에게 고마움을 거듭 전했다."
LINES = st.sampled_from(
    (BODY, NEXT, "경제", "댓글", "관련 기사", "작은 제목", "", "# 제목", "- 항목", "공유", "트위터",
     "이몽룡 기자 lee@shop.kr", f"{BODY} 이몽룡 기자", "Read more", "© 2025 Shop", "1. 하나")
)  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "이몽룡 기자 lee@shop.kr",
        "By Jane Doe",
        "사진=새벽일보",
        "[사진 새벽일보 제공]",
        "구독하기",
        "저작권자 © 새벽일보 무단전재 및 재배포 금지",
        "Copyright 2025 The Dawn. All rights reserved.",
        "페이스북 트위터 카카오톡",
        "URL 복사",
        "입력 2025.08.04 14:30",
        "새벽 에디터 / 늘 듣겠습니다.",
        "Subscribe to our newsletter",
        "Updated August 4, 2025",
        "#서점 #강릉",
        "Advertisement",
    ],
)
def test_furniture_is_known(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        BODY,
        "등록 2000만 대 돌파한 전기차",
        "영상 제공 서비스 확대",
        "사진/영상 생성 모델",
        "공유",
        "Facebook",
        "More in store for readers",
        "제보는 익명으로 이뤄졌다.",
        "By Monday it was over.",
        "구독 경제의 미래",
    ],
)
def test_article_lines_stay(line: str) -> None:
    assert clean(f"{BODY}\n\n{line}\n\n{NEXT}").text == f"{BODY}\n\n{line}\n\n{NEXT}"


def test_what_follows_the_article_is_cut_and_can_be_looked_at() -> None:
    text = f"문화\n\n서점 서른 해\n\n{BODY}\n\n댓글\n\n관련 기사\n\n다른 서점도 문 열어"
    cleaned = clean(text)
    assert cleaned.text == f"서점 서른 해\n\n{BODY}"
    assert set(cleaned.removed) == {"문화", "댓글", "관련 기사", "다른 서점도 문 열어"}


def test_an_article_goes_on_after_a_box_of_related_titles() -> None:
    long, longer = BODY + " " + NEXT, NEXT + " " + BODY
    cleaned = clean(f"{long}\n\n관련 기사\n\n다른 서점 이야기\n\n{longer}\n\n{long}")
    assert cleaned.text == f"{long}\n\n{longer}\n\n{long}"


def test_ends_of_paragraphs_lose_bylines_and_credits() -> None:
    cleaned = clean(f"(강릉=새벽뉴스) 이몽룡 기자 = {BODY}\n\n{NEXT} 이몽룡 기자 lee@shop.kr")
    assert cleaned.text == f"{BODY}\n\n{NEXT}"


def test_text_becomes_composed_and_visible() -> None:
    hidden = "\ufeff\u1100\u1161\u200b\u202e나\u00ad\u00a0다\r\n\U000e0041라\x00"
    assert normalise(hidden) == "가나 다\n라"


@given(st.lists(LINES, max_size=14).map("\n".join) | st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once


@pytest.mark.parametrize("text", ["<!--" * 250_000, "<script>" * 125_000])
def test_what_opens_again_and_again_costs_no_more_than_its_length(text: str) -> None:
    removed: list[str] = []
    started = time.process_time()
    assert _without_hidden(text, removed) == text
    assert (removed, time.process_time() - started < 5) == ([], True)


def test_a_run_of_spaces_costs_no_more_than_its_length() -> None:
    started = time.process_time()
    assert clean("가" + " " * 500_000 + "나").removed == ()
    assert time.process_time() - started < 5
