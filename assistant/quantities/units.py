"""The words for units, Korean and English, and the canonical unit they name."""

from __future__ import annotations

import re

_WORDS: dict[str, str] = {
    "KRW": "원화 원 won KRW ₩ ￦",
    "USD": "달러 불 dollars dollar USD US$ $",
    "JPY": "엔화 엔 yen JPY ¥",
    "EUR": "유로화 유로 euros euro EUR €",
    "CNY": "위안화 위안 yuan CNY",
    "percent": "% 퍼센트 프로 percent per_cent pct",
    "point": "%포인트 %p %P 퍼센트포인트 포인트 percentage_points percentage_point pp points point",
    "team": "팀 teams team",
    "consortium": "컨소시엄 consortia consortiums consortium",
    "company": "개사 사 기업 회사 업체 companies company firms firm corporations enterprises",
    "person": "명 인 사람 사용자 이용자 people persons person users user members experts",
    "sheet": "장 매 GPUs GPU cards card sheets sheet chips chip",
    "machine": "대 machines machine servers server vehicles",
    "item": "건 cases case",
    "volume": "권 편 books book papers",
    "score": "점",
    "time": "회 번 차례",
    "fold": "배",
    "times": "times",
    "country": "개국 나라 국가 countries country nations",
    "field": "분야 부문 areas area fields field sectors sector",
    "model": "모델 모형 models model",
    "institution": "기관 institutions institution institutes agencies organizations",
    "stage": "단계 stages stage phases phase rounds",
    "type": "가지 종류 종 types kinds",
    "thing": "개 곳 군데 items things places",
    "dataset": "데이터셋 datasets dataset",
    "year": "년 해 years year yrs",
    "month": "개월 달 months month",
    "week": "주일 주 weeks week",
    "day": "일 days day",
    "hour": "시간 hours hour",
    "minute": "분 minutes minute",
    "second": "초 seconds",
    "age": "세 살 years_old",
    "parameter": "파라미터 매개변수 parameters parameter params",
    "token": "토큰 tokens token",
    "kilometre": "km 킬로미터 kilometers kilometres",
    "metre": "미터 meters metres",
    "centimetre": "cm 센티미터 centimeters centimetres centimeter centimetre",
    "millimetre": "mm 밀리미터 millimeters millimetres millimeter millimetre",
    "kilogram": "kg 킬로그램 kilograms",
    "ton": "톤 tons tonnes ton",
    "gigabyte": "GB 기가바이트 gigabytes",
    "terabyte": "TB 테라바이트 terabytes",
    "megawatt": "MW 메가와트 megawatts",
    "gigawatt": "GW 기가와트 gigawatts",
    "square metre": "㎡ 제곱미터",
    "pyeong": "평",
    "degree": "℃ 도 degrees",
    "rank": "위 등",
    "round": "차",
    "number": "호",
    "generation": "세대 generation",
    "place in order": "번째 째",
}
UNIT_OF = {word.replace("_", " "): unit for unit, words in _WORDS.items() for word in words.split()}
ORDINAL_UNITS = frozenset({"rank", "round", "number", "generation", "place in order"})
# Korean words that begin like a unit and are something else; after 억 or 만, 원인 is 원 + 인.
_OTHER_WORDS = (
    "원인(?<![천만억조]원인)(?<![천만억조] 원인)|"
    "원칙|프로그램|프로젝트|사람당|인치|장관|대비|대학|대한|대표|건설|편성|번호|배터리|배당|"
    "위안부|위원|위험|등급|등의|등이|등을|등은|등 |차량|차전지|차원|차지|호텔|도시|초과|초기|일정|"
    "일본|일부|분기|주가|주식|주요|주년|주차|주관|해외|해당|종합|모델명|평가|사업|사용하|사이|세계|"
    "째로|점유|점수|매출|매년|매월|회사채|개발|개최|팀장|분석|분야별|분의 ?[0-9]|불과|시대"
)
_ALL = sorted(UNIT_OF, key=len, reverse=True)
_HANGUL = "|".join(re.escape(word) for word in _ALL if re.match("[가-힣%℃㎡]", word))
_LATIN = "|".join(
    re.escape(word) for word in _ALL if re.match("[A-Za-z]", word) and "$" not in word
)
KOREAN_UNIT = re.compile(rf" ?(?!{_OTHER_WORDS})({_HANGUL})")
ENGLISH_UNIT = re.compile(rf"[ -]?(?i:({_LATIN}))(?![A-Za-z0-9])")
# "40개 수요기업", "5개의 팀": the noun after the counter says what is counted.
COUNTED = re.compile(r"(?:의)? ?([가-힣]{1,12})")
_NOUNS: tuple[str, ...] = (
    "컨소시엄",
    "기업",
    "회사",
    "업체",
    "기관",
    "분야",
    "부문",
    "국가",
    "나라",
    "모델",
    "팀",
)
_NOUNS += ("데이터셋", "파라미터", "매개변수", "토큰", "단계")
# "five elite teams", "512 B200 GPUs": up to two words may stand between number and noun.
BETWEEN = re.compile(
    r"[ -](?!(?:of|in|and|or|the|to|for|by|with|at|on|from|per|a|an)\b)[A-Za-z0-9-]{1,16}"
)
CURRENCY_BEFORE = re.compile(r"(US\$|\$|₩|￦|¥|€|(?<![A-Za-z])(?:KRW|USD|JPY|EUR|CNY)) ?$")


def counted_noun(text: str, pos: int) -> tuple[str, int] | None:
    """The unit that the noun after a generic Korean counter names, and where the noun ends."""
    match = COUNTED.match(text, pos)
    if match is None:
        return None
    for noun in _NOUNS:
        at = match.group(1).find(noun)
        if at >= 0:
            return UNIT_OF[noun], match.start(1) + at + len(noun)
    return None


def shown_unit(unit: str, language: str, *, ordinal: bool, after: str) -> str:
    """How ``unit`` is printed behind the number ``after``, with the space that belongs there."""
    if not unit:
        return "번째" if ordinal else ""
    if unit == "percent":
        return "%"
    if unit == "point":
        return "%포인트" if language == "ko" else " percentage points"
    if unit == "KRW":
        magnitude = after[-1:] in "만억조경"
        return (" 원" if magnitude else "원") if language == "ko" else " won"
    words = [word.replace("_", " ") for word in _WORDS[unit].split()]
    latin = [word for word in words if word[:1].isascii() and word[:1].isalpha()]
    korean = [word for word in words if re.match("[가-힣]", word)]
    if language == "en":
        return f" {(latin or korean)[0]}"
    noun = (korean or latin)[0]
    return f"개 {noun}" if noun in _NOUNS and noun != "팀" else f"{'' if korean else ' '}{noun}"
