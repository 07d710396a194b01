"""The strings of the conversation, its history, its export and the login, in both languages."""

from __future__ import annotations

TALK: dict[str, tuple[str, str]] = {
    "stop": ("멈추기", "Stop"),
    "stopped": ("여기서 멈췄습니다", "Stopped here"),
    "stopped_text": (
        "답을 기다리지 않고 멈췄습니다. 다시 물어볼 수 있어요.",
        "Stopped before there was an answer. You can ask again.",
    ),
    "retry": ("다시 묻기", "Ask again"),
    "edit": ("고쳐 묻기", "Edit question"),
    "editing": (
        "질문을 고치는 중입니다. 보내면 이 질문과 그 뒤의 대화가 바뀝니다.",
        "Editing a question. Sending replaces it and what came after.",
    ),
    "cancel": ("취소", "Cancel"),
    "tools": ("이 답변에 할 수 있는 일", "What you can do with this answer"),
    "good": ("도움이 됐어요", "Helpful"),
    "bad": ("틀렸어요", "Wrong"),
    "judge_title": ("무엇이 잘못됐나요?", "What is wrong?"),
    "reason_wrong": ("사실과 달라요", "It is not true"),
    "reason_missed": ("기사에 있는데 못 찾았어요", "The articles do say it"),
    "reason_misread": ("질문을 다르게 이해했어요", "It misread my question"),
    "reason_source": ("근거가 맞지 않아요", "The evidence does not fit"),
    "reason_other": ("그 밖에", "Something else"),
    "sentence_wrong": ("이 문장이 틀려요", "This sentence is wrong"),
    "judge_note": ("바른 답이나 의견 (선택)", "The right answer, or a comment (optional)"),
    "judge_send": ("의견 남기기", "Send"),
    "thanks": ("고맙습니다. 의견을 남겼습니다.", "Thank you. Your feedback was kept."),
    "not_kept": (
        "의견을 저장하지 못했습니다. 잠시 뒤에 다시 해 주세요.",
        "Your feedback could not be kept. Please try again in a moment.",
    ),
    "queued": (
        "지금 질문이 많습니다. 앞에 {n}명이 기다리고 있어요.",
        "Many are asking just now. {n} before you.",
    ),
    "full": ("지금은 기다리는 사람이 너무 많습니다", "Too many are waiting just now"),
    "full_text": (
        "잠시 뒤에 다시 물어봐 주세요. 질문은 그대로 남아 있습니다.",
        "Please ask again in a moment. Your question is still here.",
    ),
    "hint_pace": (
        "조금 천천히 물어봐 주세요. {n}초 뒤에 다시 물을 수 있어요.",
        "A little slower, please. You can ask again in {n} seconds.",
    ),
    "history": ("대화 목록", "Conversations"),
    "history_search": ("대화에서 찾기", "Search conversations"),
    "history_empty": (
        "아직 대화가 없습니다. 질문하면 여기에 남습니다.",
        "No conversations yet. What you ask is kept here.",
    ),
    "history_none": ("맞는 대화가 없습니다.", "No conversation fits."),
    "history_turns": ("질문 {n}개", "{n} questions"),
    "history_turn": ("질문 1개", "1 question"),
    "history_anonymous": (
        "이 브라우저에서만 보입니다. 쿠키를 지우면 다시 볼 수 없습니다.",
        "Only this browser shows them. They are out of reach once its cookies are cleared.",
    ),
    "more": ("더 보기", "More"),
    "rename": ("이름 바꾸기", "Rename"),
    "rename_label": ("새 이름", "New title"),
    "save": ("저장", "Save"),
    "delete": ("지우기", "Delete"),
    "delete_sure": ("정말 지울까요?", "Really delete?"),
    "export_md": ("Markdown으로 받기", "Download as Markdown"),
    "export_json": ("JSON으로 받기", "Download as JSON"),
    "export_html": ("인쇄하기", "Print"),
    "close": ("닫기", "Close"),
    "gone_conversation": (
        "그 대화를 찾을 수 없습니다. 새 대화를 시작합니다.",
        "That conversation is not here. This is a new one.",
    ),
    "exported": ("{date}에 내보냄", "Exported {date}"),
    "export_check": (
        "kai verify로 인용이 그대로인지 다시 확인할 수 있습니다.",
        "kai verify checks again that every quote is exact.",
    ),
    "login_title": ("로그인", "Sign in"),
    "login_lead": (
        "운영자가 준 이름과 비밀번호를 넣어 주세요.",
        "Enter the name and password that the operator gave you.",
    ),
    "login_name": ("이름", "Name"),
    "login_password": ("비밀번호", "Password"),
    "login_go": ("로그인", "Sign in"),
    "login_wrong": ("이름이나 비밀번호가 맞지 않습니다.", "The name or the password is wrong."),
    "login_slow": (
        "너무 여러 번 시도했습니다. {n}초 뒤에 다시 해 주세요.",
        "Too many attempts. Try again in {n} seconds.",
    ),
    "login_needed": (
        "이 페이지는 로그인을 거쳐야 열립니다. 운영자에게 문의해 주세요.",
        "This page opens through a login only. Please ask the operator.",
    ),
    "logout": ("로그아웃", "Sign out"),
}
