"""Every string of the interface, in Korean and in English.

Both languages are put on the page and CSS shows one of them: the switch is instant, needs no
server, and holds for the turns that are already there.
"""

from __future__ import annotations

from assistant.web.strings_pages import PAGES
from assistant.web.strings_talk import TALK

STRINGS: dict[str, tuple[str, str]] = {
    "tagline": ("기사에서 찾아, 근거와 함께", "Answers from the articles, with their evidence"),
    "skip": ("질문 칸으로 건너뛰기", "Skip to the question"),
    "to_english": ("English", "English"),
    "to_korean": ("한국어", "한국어"),
    "theme": ("밝게 · 어둡게", "Light or dark"),
    "new": ("새 대화", "New conversation"),
    "conversation": ("대화", "Conversation"),
    "evidence": ("근거", "Evidence"),
    "empty_title": ("기사에 대해 물어보세요", "Ask about the articles"),
    "empty_lead": (
        "모든 문장에 기사 원문의 정확한 자리가 붙습니다. 기사에 없는 것은 없다고 답합니다.",
        "Every sentence points to its exact place in an article. What the articles do not say "
        "is not answered.",
    ),
    "examples": ("이렇게 물어볼 수 있어요", "Questions to start with"),
    "placeholder": ("기사에서 무엇이 궁금하세요?", "What would you like to know?"),
    "question_label": ("질문", "Your question"),
    "send": ("보내기", "Send"),
    "footnote": (
        "Enter 보내기 · Shift+Enter 줄 바꿈 · Alt+↓↑ 다음/이전 근거",
        "Enter sends · Shift+Enter breaks the line · Alt+↓↑ next or previous citation",
    ),
    "hint_empty": ("무엇이 궁금한지 적어 주세요.", "Please write a question first."),
    "hint_long": (
        "질문이 {length}자예요. {limit}자 안으로 줄여 주세요.",
        "This question has {length} characters. Please keep it within {limit}.",
    ),
    "you_asked": ("질문", "You asked"),
    "looking": ("기사를 찾아보는 중", "Looking through the articles"),
    "understood": ("이렇게 이해했어요: {question}", "Understood as: {question}"),
    "status_corrected": ("질문의 전제가 기사와 다릅니다", "The question assumes otherwise"),
    "status_abstained": ("기사에서 확인되지 않습니다", "Not found in the articles"),
    "status_error": ("답을 만들지 못했습니다", "No answer could be made"),
    "error_text": (
        "잠시 뒤에 다시 물어봐 주세요. 계속되면 운영자에게 알려 주세요.",
        "Please ask again in a moment. If this goes on, tell whoever runs this page.",
    ),
    "missing": ("찾지 못한 것", "What is missing"),
    "nearest": ("가장 가까운 내용", "The closest the articles say"),
    "all_checked": ("문장 {n}개 모두 근거 확인", "All {n} sentences checked against the articles"),
    "one_checked": ("문장 1개 근거 확인", "The sentence is checked against the article"),
    "some_checked": ("문장 {n}개 중 {checked}개 근거 확인", "{checked} of {n} sentences checked"),
    "verdict_quoted": ("원문 그대로", "The article's own words"),
    "verdict_supported": ("바꿔 쓴 문장, 근거와 대조함", "Rephrased and checked"),
    "verdict_derived": ("근거에서 계산하거나 끌어낸 문장", "Worked out from the evidence"),
    "verdict_unchecked": ("근거 없음", "Without evidence"),
    "how": ("과정", "How"),
    "as_of": ("{date} 기사 기준", "As of {date}, when the article was published"),
    "ask_instead": ("대신 이런 질문에는 답할 수 있어요", "These can be answered instead"),
    "ask_next": ("이어서 물어보기", "Ask next"),
    "conflict_title": ("기사마다 다른 수치", "Where the articles differ"),
    "conflict_figure": ("수치", "Figure"),
    "conflict_source": ("기사", "Article"),
    "conflict_quote": ("원문", "In its words"),
    "stale": ("· {n}개월 전", "· {n} months ago"),
    "copy": ("근거와 함께 복사", "Copy with sources"),
    "copied": ("복사했어요", "Copied"),
    "cited": ("인용한 곳", "Cited"),
    "retrieved": ("검색되었지만 인용되지 않음", "Found, but not cited"),
    "citation_next": ("다음 근거", "Next citation"),
    "citation_previous": ("이전 근거", "Previous citation"),
    "original": ("원문 열기", "Open the original"),
    "undated": ("날짜 없음", "No date"),
    "gone": (
        "이 판의 기사 전문은 더 이상 보관되어 있지 않습니다. 인용한 부분만 보여드립니다.",
        "This revision of the article is no longer kept. Only the quoted part is shown.",
    ),
    "back": ("답변으로 돌아가기", "Back to the answer"),
    "library_title": ("이 기사들에서 답합니다", "The articles behind the answers"),
    "library_empty": (
        "아직 기사가 없습니다. kai ingest로 기사를 넣어 주세요.",
        "There are no articles yet. Add some with kai ingest.",
    ),
    "library_back": ("기사 목록", "All articles"),
    "no_evidence": ("인용할 근거가 없는 답입니다.", "This answer has nothing to cite."),
    "article_gone": ("이 기사는 더 이상 없습니다.", "This article is no longer there."),
    **PAGES,
    **TALK,
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "ko": (
        "업스테이지의 사용자 목표는 몇 명인가요?",
        "인재 영입비는 어느 팀이 받나요?",
        "GPU 지원을 직접 받지 않는 팀과 그 이유는?",
        "첫 평가는 언제인가요?",
    ),
    "en": (
        "Which five teams were selected?",
        "What does Upstage aim for?",
        "Which companies' shares rose?",
        "When is the first evaluation?",
    ),
}

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def date_in(language: str, iso: str) -> str:
    """An ISO date as a reader of the language writes it; other text is returned as it is."""
    try:
        year, month, day = (int(part) for part in iso.split("-"))
        english = f"{day} {_MONTHS[month - 1]} {year}"
    except (ValueError, IndexError):
        return iso
    return f"{year}년 {month}월 {day}일" if language == "ko" else english
