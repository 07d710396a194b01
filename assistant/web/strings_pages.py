"""The strings of the pages beside the conversation, in Korean and in English."""

from __future__ import annotations

PAGES: dict[str, tuple[str, str]] = {
    "nav": ("페이지", "Pages"),
    "nav_ask": ("질문", "Ask"),
    "nav_articles": ("기사", "Articles"),
    "nav_charts": ("그림", "Charts"),
    "nav_unanswered": ("답 못 하는 것", "Unanswered"),
    "nav_accuracy": ("정확도", "Accuracy"),
    "skip_main": ("본문으로 건너뛰기", "Skip to the content"),
    "articles_title": ("기사", "Articles"),
    "articles_lead": (
        "답은 모두 여기 있는 기사에서 나옵니다.",
        "Every answer comes from the articles on this page.",
    ),
    "articles_count": ("기사 {n}건", "{n} articles"),
    "articles_shown": ("기사 {total}건 중 {n}건", "{n} of {total} articles"),
    "articles_all": ("기사 {n}건 모두 보기", "All {n} articles"),
    "articles_more": (
        "앞의 {n}건만 보입니다. 조건을 좁혀 보세요.",
        "Only the first {n} are shown. Narrow the filter.",
    ),
    "articles_none": ("조건에 맞는 기사가 없습니다.", "No article fits."),
    "filter_words": ("제목", "Title"),
    "filter_publisher": ("매체", "Publisher"),
    "filter_from": ("이날부터", "From"),
    "filter_to": ("이날까지", "To"),
    "filter_go": ("보기", "Show"),
    "filter_reset": ("지우기", "Clear"),
    "cited_once": ("인용 1번", "Cited once"),
    "cited_times": ("인용 {n}번", "Cited {n} times"),
    "cited_for": (
        "답변에 인용된 문장과 횟수",
        "Sentences that answers cited, and how often",
    ),
    "cited_never": (
        "아직 이 기사를 인용한 답변이 없습니다.",
        "No answer has cited this article yet.",
    ),
    "article_list": ("기사 목록", "All articles"),
    "article_charts": ("그림으로 보기", "See its charts"),
    "charts_title": ("그림으로 보기", "Charts"),
    "charts_lead": (
        "기사에 적힌 수치와 날짜만 씁니다. 막대마다 그 문장으로 이어집니다.",
        "Only figures and dates that the article states. Every bar leads to its sentence.",
    ),
    "charts_article": ("기사 고르기", "Article"),
    "charts_none": (
        "이 기사에는 그림으로 보일 만한 수치가 두 개 이상 없습니다.",
        "This article does not hold two figures that make a chart.",
    ),
    "charts_no_article": ("아직 기사가 없습니다.", "There are no articles yet."),
    "shares_title": ("{whole}의 쓰임", "Where {whole} goes"),
    "shares_note": (
        "{sum} = {whole}: 부분의 합이 기사에 적힌 전체와 맞습니다.",
        "{sum} = {whole}: the parts add up to the whole that the article states.",
    ),
    "changes_title": ("얼마나 오르내렸나", "What rose and fell"),
    "timeline_title": ("언제 무슨 일이", "Timeline"),
    "column_what": ("항목", "Item"),
    "column_value": ("값", "Value"),
    "whole": ("모두", "Total"),
    "unanswered_title": ("무엇을 답할 수 없나", "What cannot be answered"),
    "unanswered_lead": (
        "기사에서 답을 찾지 못한 질문을 잦은 순서로 모았습니다. 누가 물었는지는 남기지 않습니다.",
        "Questions that the articles did not answer, most frequent first. Who asked is not kept.",
    ),
    "unanswered_none": (
        "답하지 못한 질문이 아직 없습니다.",
        "No question has gone unanswered yet.",
    ),
    "unanswered_off": (
        "이 서버는 답하지 못한 질문을 모으지 않습니다.",
        "This server does not collect unanswered questions.",
    ),
    "unanswered_rare": (
        "그 밖에 한 번씩 물은 질문 {n}개는 보이지 않습니다.",
        "{n} more questions, each asked once, are not shown.",
    ),
    "column_question": ("질문", "Question"),
    "column_asked": ("횟수", "Times"),
    "column_last": ("마지막", "Last asked"),
    "accuracy_title": ("정확도", "Accuracy"),
    "accuracy_lead": (
        "질문 모음에 답하게 하고 채점한 결과입니다.",
        "How the answers to sets of questions were scored.",
    ),
    "accuracy_none": (
        "아직 채점한 결과가 없습니다. 운영자가 kai eval로 만들 수 있습니다.",
        "Nothing has been scored yet. Whoever runs this page can do so with kai eval.",
    ),
    "not_found_title": ("여기에는 아무것도 없습니다", "There is nothing here"),
}
