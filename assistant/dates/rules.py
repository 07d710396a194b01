"""The written forms of dates, as regular expressions without nested repeats.

Every rule is tried over folded text; its groups are read by ``assistant.dates.find``.
"""

from __future__ import annotations

import re

COUNT_WORDS = {
    "한": 1, "두": 2, "세": 3, "석": 3, "네": 4, "넉": 4, "다섯": 5, "여섯": 6, "일곱": 7,
    "여덟": 8, "아홉": 9, "열": 10, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
PARTS = {
    **dict.fromkeys(("초", "초순", "상순", "초반", "early", "beginning", "start"), "early"),
    **dict.fromkeys(("중순", "중반", "mid", "middle"), "mid"),
    **dict.fromkeys(("말", "하순", "후반", "late", "end"), "late"),
}
YEAR_WORDS = {
    "올해": 0, "금년": 0, "지난해": -1, "작년": -1, "재작년": -2, "내년": 1, "연": 0,
    "this year": 0, "last year": -1, "next year": 1, "the year": 0,
}  # fmt: skip
MONTH_WORDS = {
    "이달": 0, "이번 달": 0, "이번달": 0, "지난달": -1, "지난 달": -1, "다음 달": 1, "다음달": 1,
    "내달": 1, "this month": 0, "last month": -1, "next month": 1, "the month": 0,
}  # fmt: skip
WEEK_WORDS = {
    "이번 주": 0, "이번주": 0, "금주": 0, "지난주": -1, "지난 주": -1, "다음 주": 1, "다음주": 1,
    "this week": 0, "last week": -1, "next week": 1,
}  # fmt: skip
DAY_WORDS = {
    "오늘": 0, "어제": -1, "그제": -2, "내일": 1, "모레": 2,
    "today": 0, "yesterday": -1, "tomorrow": 1,
}  # fmt: skip
TOWARD = {"오는": 1, "지난": -1}
UNITS = {
    "년": "years", "개월": "months", "달": "months", "주": "weeks", "주일": "weeks", "일": "days",
    "year": "years", "month": "months", "week": "weeks", "day": "days",
}  # fmt: skip

_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_MONTH = r"(?P<month>1[0-2]|0?[1-9])"
_DAY = r"(?P<day>3[01]|[12][0-9]|0?[1-9])"
_PART = r"(?P<part>초순|초반|초|상순|중순|중반|하순|후반|말)"
_KO_YEAR = rf"(?:{_YEAR}년|(?P<year_word>올해|금년|지난해|작년|재작년|내년))"
_NOT_IN_NUMBER = r"(?<![0-9.,:/A-Za-z-])"
_JOSA = r"(?=$|[^가-힣]|[은는이가에의과와까부로자를])"
# "May" and "March" are months only beside a number or after a word such as "in".
_NAME = (
    r"(?P<name>[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|[Aa]pr(?:il)?|[Jj]une?|[Jj]uly?|[Aa]ug(?:ust)?|"
    r"[Ss]ept?(?:ember)?|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?|"
    r"(?<=[0-9a-z] )(?:May|March)|(?:May|March|Mar)(?=\.? [0-9]))\.?"
)
_EN_PART = r"(?:(?P<part>(?i:early|mid|late|end|beginning|start|middle))[ -](?:of |in )?(?:the )?)"
_EN_DAY = r"(?P<day>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_EN_YEAR = r"(?:(?:,| of| in)? ?(?P<year>(?:19|20)[0-9]{2}))"
_COUNT = rf"(?P<count>[0-9]{{1,3}}|(?i:{'|'.join(sorted(COUNT_WORDS, key=len, reverse=True))}))"
_HOUR = r"(?P<hour>2[0-4]|1[0-9]|0?[0-9])"
_ENDS = r"(?![0-9A-Za-z])"


def _words(table: dict[str, int], group: str) -> str:
    return f"(?P<{group}>(?i:{'|'.join(sorted(table, key=len, reverse=True))}))"


RULES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NOT_IN_NUMBER}{_YEAR}(?P<sign>[-./]) ?{_MONTH}(?P=sign) ?{_DAY}{_ENDS}",
        rf"{_NOT_IN_NUMBER}(?:{_KO_YEAR} {{0,2}})?(?:(?P<toward>오는|지난) )?(?<![0-9.,]){_MONTH}월"
        rf"(?: {{0,2}}{_DAY}일(?!간|동안| 동안)| {{0,2}}{_PART}{_JOSA})?",
        rf"(?:{_words(MONTH_WORDS, 'month_word')} |(?P<toward>오는|지난) )?{_NOT_IN_NUMBER}{_DAY}일"
        rf"(?! 동안| 만에){_JOSA}",
        rf"{_NOT_IN_NUMBER}{_KO_YEAR}(?!간|만|째)(?: {{0,2}}{_PART}{_JOSA})?",
        rf"(?<![가-힣])(?P<year_word>연)(?P<part>초|말){_JOSA}",
        rf"{_words(MONTH_WORDS, 'month_word')}(?: {_PART}{_JOSA})?",
        rf"(?:{_KO_YEAR} {{0,2}})?(?<![0-9])(?P<quarter>[1-4])분기",
        rf"(?:{_KO_YEAR} {{0,2}})?(?P<half>[상하])반기",
        r"\bQ(?P<quarter>[1-4])(?: (?P<year>(?:19|20)[0-9]{2}))?\b",
        r"\b(?P<year>(?:19|20)[0-9]{2})[ -]?Q(?P<quarter>[1-4])\b",
        rf"\b(?P<quarter>(?i:first|second|third|fourth)) quarter{_EN_YEAR}?{_ENDS}",
        rf"\b(?P<half>(?i:first|second)) half(?:{_EN_YEAR}| of the year){_ENDS}",
        rf"(?<![0-9.,A-Za-z가-힣]){_COUNT} ?(?P<unit>개월|년|달|주일|주|일) ?"
        r"(?P<sense>이후|후|뒤|전|이내|안에|내에)(?![가-힣]{2})",
        rf"\b(?P<sense>(?i:in|within|after)) {_COUNT} (?P<unit>year|month|week|day)s?\b",
        rf"(?<![0-9.,A-Za-z-]){_COUNT}[ -](?P<unit>year|month|week|day)s?"
        r" (?P<sense>later|after|from now|ago|hence|earlier)\b",
        rf"(?<![가-힣A-Za-z]){_words(DAY_WORDS, 'day_word')}(?!날|[A-Za-z])",
        rf"(?<![가-힣A-Za-z]){_words(WEEK_WORDS, 'week_word')}(?![A-Za-z])",
        rf"\b{_EN_PART}?{_words(YEAR_WORDS, 'year_word')}\b",
        rf"\b{_EN_PART}?{_NAME}(?: {_EN_DAY}(?![0-9:]))?{_EN_YEAR}?{_ENDS}",
        rf"(?<![0-9.,A-Za-z-]){_EN_DAY} (?:of )?{_NAME}{_EN_YEAR}?{_ENDS}",
        r"\b(?i:on|from|by|until|since) the (?P<day>3[01]|[12]?[0-9])(?:st|nd|rd|th)\b",
        r"\b(?i:in|since|by|until|during|of|late|early|mid-?) ?"
        r"(?P<year>(?:19|20)[0-9]{2})(?![0-9.,%A-Za-z]{0,2}[0-9%A-Za-z])",
        rf"(?:(?P<noon>오전|오후|새벽|아침|저녁|밤|낮) ?)?{_NOT_IN_NUMBER}{_HOUR}"
        r"시(?!간|장|즌|도|대)(?: ?(?P<minute>[0-5]?[0-9])분| (?P<half_hour>반))?",
        rf"{_NOT_IN_NUMBER}{_HOUR}(?::(?P<minute>[0-5][0-9]))?"
        r" ?(?P<noon>[AaPp]\.?[Mm])\b\.?",
        rf"{_NOT_IN_NUMBER}(?P<hour>2[0-3]|[01]?[0-9]):(?P<minute>[0-5][0-9])(?![0-9:])",
    )
)
