import pytest

from assistant.evaluation.matching import spelled, states


@pytest.mark.parametrize(
    ("spelling", "text"),
    [
        ("2,378억", "모두 2378억 원을 쓴다"),
        ("2,378억", "237.8 billion won in all"),
        ("15", "15개 컨소시엄이 냈다"),
        ("15", "열다섯 곳이 냈다"),
        ("5팀", "다섯 팀이 남았다"),
        ("4.3", "4.30% 올랐다"),
        ("12월", "2025년 12월 말"),
        ("KT", "KT가 떨어졌다"),
        ("GPU", "They get GPUs."),
        ("SK텔레콤", "SK 텔레콤은"),
        ("K-EXAONE", "‘k-exaone’을"),
        ("네, ", "네, 받습니다"),
        ("1,000만", "1천만 명"),
    ],
)
def test_a_spelling_is_found(spelling, text):
    assert spelled(spelling, text)


@pytest.mark.parametrize(
    ("spelling", "text"),
    [
        ("5", "15개"),
        ("5", "5.33%"),
        ("24", "1,024장"),
        ("500", "1,500"),
        ("1", "1만 명"),
        ("15", "15억 원"),
        ("12", "순위는 1, 2 순이다"),
        ("100", "H100 서버"),
        ("KT", "SKT가"),
        ("LG", "LGU"),
        ("5팀", "15팀"),
        ("두 팀", "열두 팀"),
        ("5개", "5개월"),
        ("28억", "28억 5천만 원"),
        ("1.44", "-1.44% 내렸다"),
        ("네, ", "네이버가 받는다"),
        ("5팀", "5%가 올랐다"),
        ("1만", "1만 2,000원"),
    ],
)
def test_a_part_of_something_else_is_not(spelling, text):
    assert not spelled(spelling, text)


def test_a_fact_is_stated_in_any_of_its_spellings():
    assert states("The firm was dropped.", ("탈락", "dropped"))
    assert not states("The firm was chosen.", ("탈락", "dropped"))
