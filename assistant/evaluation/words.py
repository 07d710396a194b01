"""The words of the report in Korean and English: figures, categories, losses, reasons."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

Pair = tuple[str, str]

FIGURES: Mapping[str, Pair] = {
    "grounded_correct": ("근거까지 맞음", "Right and grounded"),
    "correct": ("맞음", "Right"),
    "net_score": ("순점수", "Net score"),
    "answerable_correct": ("답이 있는 질문에 맞음", "Right where there is an answer"),
    "refusal_rate": ("옳은 거절", "Rightly refused"),
    "over_refusal_rate": ("잘못된 거절", "Wrongly refused"),
    "hallucination_rate": ("없는 것을 답함", "Answered what is not there"),
    "balanced_accuracy": ("균형 정확도", "Balanced accuracy"),
    "auroc": ("AUROC (확신도)", "AUROC of the confidence"),
    "false_premise": ("잘못된 전제를 바로잡음", "False premise corrected"),
    "follow_up": ("이어 묻기", "Follow-ups"),
    "consistency": ("같은 질문에 같은 판정", "Twins with one verdict"),
    "determinism": ("두 번 물어도 같음", "Equal when asked twice"),
    "span_fidelity": ("인용이 원문과 일치", "Exact spans"),
    "number_support": ("숫자에 근거 있음", "Supported numbers"),
    "latency_ms_p50": ("응답 시간 중앙값 (ms)", "Median time (ms)"),
    "latency_ms_p95": ("응답 시간 95 % (ms)", "95 % answer within (ms)"),
    "recall_at_1": ("첫째에 찾음", "Recall@1"),
    "recall_at_5": ("다섯째까지 찾음", "Recall@5"),
    "recall_at_10": ("열째까지 찾음", "Recall@10"),
    "mrr_at_10": ("MRR@10", "MRR@10"),
    "ndcg_at_10": ("nDCG@10", "nDCG@10"),
    "exact_match": ("정확히 일치 (EM)", "Exact match"),
    "particle_free_match": ("조사를 빼면 일치", "Match without particles"),
    "char_f1": ("글자 F1", "Character F1"),
    "right_sentence_first": ("첫 인용이 옳은 문장", "Right sentence cited first"),
    "right_sentence_or_nearest": ("거절해도 옳은 문장을 보임", "Right sentence cited or nearest"),
    "crashes": ("오류로 끝남", "Crashes"),
}
CATEGORIES: Mapping[str, Pair] = {
    "single-fact": ("사실 하나", "Single fact"),
    "number": ("숫자", "Number"),
    "date": ("날짜", "Date"),
    "why": ("이유", "Why"),
    "list": ("목록", "List"),
    "table": ("표", "Table"),
    "summary": ("요약", "Summary"),
    "schedule": ("일정", "Schedule"),
    "overview": ("개관", "Overview"),
    "compare": ("비교", "Comparison"),
    "superlative": ("최고·최저", "Superlative"),
    "arithmetic": ("계산", "Arithmetic"),
    "yes-no": ("예·아니요", "Yes or no"),
    "paraphrase": ("바꿔 말하기", "Paraphrase"),
    "typo": ("오타", "Typing error"),
    "alias": ("다른 이름", "Another name"),
    "english": ("영어로 묻기", "Asked in English"),
    "follow-up": ("이어 묻기", "Follow-up"),
    "follow-up-shift": ("화제를 바꿔 이어 묻기", "Follow-up on another topic"),
    "false-premise": ("잘못된 전제", "False premise"),
    "unanswerable": ("기사에 없음", "Not in the articles"),
    "after-the-article": ("기사 이후의 일", "After the article"),
    "out-of-scope": ("기사 밖의 질문", "Out of scope"),
    "injection": ("명령 끼워 넣기", "Injected orders"),
    "conflict": ("기사끼리 다름", "Articles differ"),
    "newer": ("더 새로운 기사", "A newer article"),
    "other": ("그 밖", "Other"),
}
STATUSES: Mapping[str, Pair] = {
    "answered": ("답함", "answered"),
    "corrected": ("바로잡음", "corrected"),
    "abstained": ("거절함", "refused"),
    "crashed": ("오류", "crashed"),
}
LOSSES: Mapping[str, Pair] = {
    "not found": ("찾지 못함", "not found"),
    "found but not used": ("찾았지만 쓰지 않음", "found but not used"),
    "wrong": ("틀림", "wrong"),
    "right but not cited": ("맞지만 인용에 없음", "right but not cited"),
    "answered what is not there": ("없는 것을 답함", "answered what is not there"),
    "crashed": ("오류", "crashed"),
}
SENTINELS: Mapping[str, Pair] = {
    "kai": ("kai", "kai"),
    "refuse all": ("모두 거절하기", "refuse all"),
    "paste the article": ("기사를 통째로 붙이기", "paste the article"),
    "copy the top passage": ("첫 단락 베끼기", "copy the top passage"),
    "echo": ("질문을 되풀이하기", "echo the question"),
    "random passage": ("아무 줄이나 내기", "a random line"),
    "oracle": ("자리를 아는 이 (이겨도 됨)", "told where the facts stand (may win)"),
}
SETTINGS: Mapping[str, Pair] = {
    "set": ("질문 세트", "Question set"),
    "corpus": ("기사 묶음", "Articles asked over"),
    "sample": ("뽑은 질문 수", "Sample"),
    "seed": ("뽑기 씨앗", "Seed"),
    "corpus_hash": ("기사 해시", "Corpus hash"),
    "index_generation": ("색인 세대", "Index generation"),
    "articles": ("기사", "Articles"),
    "passages": ("단락", "Passages"),
    "embedder": ("임베딩", "Embedder"),
    "embedding_model": ("임베딩 설정", "Embedding model"),
    "writer": ("글쓰기", "Writer"),
    "code": ("코드 해시", "Hash of the code"),
    "finished": ("끝난 때", "Finished"),
}
_REASONS: Mapping[str, str] = {
    "refused, although there is an answer": "답이 있는데 거절함",
    "answered what the articles do not say": "기사에 없는 것을 답함",
    "the false premise is not corrected": "잘못된 전제를 바로잡지 않음",
    "states what is forbidden": "말하면 안 되는 것을 말함",
    "missing": "빠진 사실",
    "not inside a cited span": "인용한 자리에 없는 사실",
    "span not exact": "인용이 원문과 다름",
    "number not in its quotes": "인용에 없는 숫자",
    "too long": "너무 김",
    "crash": "오류",
    "states something without a citation": "인용 없이 말함",
    "a fact without citation": "인용 없는 문장",
    "text is not its sentences in order": "본문이 문장 목록과 다름",
    "cites a number that is not in the list": "목록에 없는 인용 번호",
    "marked as quoted, but not equal to its quote": "원문 그대로라는데 인용과 다름",
    "derived without saying how": "어떻게 끌어냈는지 없음",
    "short_answer stands in no cited quote": "짧은 답이 인용에 없음",
}


def both(korean: str, english: str) -> str:
    """A text in both languages; the page shows one of them."""
    if korean == english:
        return escape(korean)
    return (
        f'<span class="ko" lang="ko">{escape(korean)}</span>'
        f'<span class="en" lang="en">{escape(english)}</span>'
    )


def named(words: Mapping[str, Pair], name: str) -> str:
    """A name in both languages; one that is not known stays as it is."""
    return both(*words.get(name, (name, name)))


def reason(text: str) -> str:
    """Why an answer is not right, in both languages; what follows the colon stays."""
    head, colon, rest = text.partition(":")
    return both(f"{_REASONS.get(head, head)}{colon}{rest}", text)
