"""The verifier: what stands between every writer and the reader of the page."""

from assistant.verify.answer import citation_is_exact, verify_answer
from assistant.verify.problem import Problem, SameName, same_spelling
from assistant.verify.sentence import verify_sentence

__all__ = [
    "Problem",
    "SameName",
    "citation_is_exact",
    "same_spelling",
    "verify_answer",
    "verify_sentence",
]
