"""The words by which a follow-up points back, opens, counts off or leaves something out: data."""

from __future__ import annotations

import re

from assistant.question_words import TITLES

_I = re.IGNORECASE

PERSON = re.compile(
    r"그 ?(?:사람|분|녀)(?!들)|그 (?:선수|감독|의원|교수|장관|대표|후보|시장)(?![가-힣]*들)|"
    r"\b(?:he|she|his|her|him)\b",
    _I,
)
# What stands for a party: the name alone takes its place.
PARTY_KO = re.compile(
    r"(?:그|이) ?(?:회사|기업|팀|업체|곳|기관|단체|사람|분|녀)(?![가-힣]*들)|(?:거기|여기)|그쪽|"
    r"거긴|여긴|걔네?|(?<![가-힣])얘(?!기)네?|그들"
)
# What stands for a thing: all that was asked about takes its place.
THING_KO = re.compile(
    r"그 ?(?:금액|돈|액수|거|것)(?=[은는이가을를의도로으]|\s|\?|$)|그(?:건|게|걸)(?=\s)"
)
# "그 공장": the noun stays, its owner is put before it.
NOUN_KO = re.compile(r"(?<![가-힣])그 (?=[가-힣]{2,})(?!중|가운데|다음|때|날|뒤|후|전|동안)")
# A time that was said before: the date of the last question, or what happened then.
THEN_KO = re.compile(r"(?<![가-힣])(?:그때|그 때|그날)(?=[은는에도\s]|부터|까지)(?:에는|에|은|는)?")
# The two that the last answer names.
THE_TWO_KO = re.compile(
    r"(?<![가-힣])(?:그 ?)?(?:둘|두 (?:회사|팀|곳|기업|업체))(?=[은이도의]|에게|한테| 다)"
)
MEMBERS_KO = re.compile(r"(?:그|이) ?(?:중|가운데)(?:에서?|에)?")
POINTING_EN = re.compile(
    r"\b(?:(?<!what time is )it|its|they|them|their|he|she|his|her|him|"
    r"(?:that|this|the) (?:company|team|firm|one)|that (?:model|amount|money)|of (?:those|these|"
    r"them)|"
    r"(?<!are )(?<!is )(?<!were )(?<!was )there(?! (?:is|are|was|were)\b))\b",
    _I,
)
# Times are no subjects: "전년보다 얼마나 늘었어?" asks of what was asked about before.
YEARS = frozenset("전년 전년도 작년 지난해 올해 내년 재작년 당시 전월 지난달".split())
OPENING = re.compile(
    r"^(?:그럼|그러면|그래서|그리고|근데|그런데|아니|아|음|and|so|but|then|ok(?:ay)?|well|"
    r"what about|how about)[\s,]+",
    _I,
)
ASIDE = re.compile(
    r"^(?:ok(?:ay)?[,. ]+)?(?:그건 그렇고|그건 됐고|됐고|그나저나|"
    r"(?:\S+ ){0,2}(?:얘기|이야기|말)[은는]? (?:이제 )?(?:됐고|그만하고|접고)|"
    r"(?:좀 )?(?:다른|딴) (?:얘기|얘긴|이야기|이야긴|질문|질문인)(?:인데|데|지만)?요?|"
    r"화제를 바꿔서?|by the way|on another (?:note|topic)|"
    r"different (?:question|topic|subject)|new (?:question|topic))[\s,:]*",
    _I,
)
ORDINAL = re.compile(
    r"(?:the )?\b(first|second|third|fourth|fifth)\b(?: (?:one|company|team|firm))?|"
    r"(첫|두|세|네|다섯) ?번째(?: ?(?:거|것|회사|팀|곳|기업|업체))?",
    _I,
)
ORDINALS = ("first", "second", "third", "fourth", "fifth")
ORDINALS_KO = ("첫", "두", "세", "네", "다섯")
BOTH = re.compile(
    r"^(?:그 ?)?(?:둘|두 (?:회사|팀|곳|기업|사람|업체)) ?(?:중|가운데)(?:에서?|에)?\s?|"
    r"^which (?:one )?(?:of the two |of them )?(?=is |has |gets |got )",
    _I,
)
# Add up what the last two questions asked for.
SUM = re.compile(
    r"^(?:그 ?)?(?:둘|두 (?:개|가지|금액|돈|예산)|그것들|그거)(?:을|를)? ?(?:다 |모두 )?"
    r"(?:합치|합하|합산|더하|합)|^(?:the two |them |both )?(?:together|combined|in total)\b|"
    r"^(?:what if you )?add (?:them|the two|both)",
    _I,
)
GAP = re.compile(
    r"^(?:그 ?)?(?:둘|두 (?:개|가지|금액|돈|예산|종목|곳))(?:의|은|는)? ?(?:차이|격차)|"
    r"^(?:and )?(?:what is |what's )?the (?:difference|gap)\b(?! between)",
    _I,
)
OTHERS = re.compile(
    r"^(?:다른|나머지) ?(회사|팀|곳|기업|업체|사람|데|분야|거|것|종목)?(?:들)?(?:은|는|도)"
    r"(?:요)?\s*\??$|"
    r"^(?:and )?(?:what about )?(?:the )?others?(?: (?:companies|teams|ones|firms))?\s*\??$",
    _I,
)
MORE = re.compile(
    r"^(?:좀 )?(?:더|조금 더|자세히|구체적으로)[\s가-힣]*(?:자세히|알려|말해|설명|구체|얘기)"
    r"[가-힣 ]*[.?!]*$|^더 ?자세히[요]?[.?!]*$|"
    r"^(?:tell me more|more details?(?: please)?|elaborate|go on|can you elaborate)[.?!]*$",
    _I,
)
SURE = re.compile(
    r"^(?:정말|진짜|확실해|맞아|사실)(?:이?야|요|로|인가요|예요)?\s*\?*$|^(?:really|"
    r"are you sure|is that (?:true|"
    r"right))\s*\?*$",
    _I,
)
WHY_SO = re.compile(
    r"^왜(?:요|죠|지|야|냐)?\s*\??$|^왜 (?:그랬|그런|그렇|그러)\S*\s*\??$|^why(?: (?:is that|so|"
    r"not))?\s*\??$|"
    r"^how come\s*\??$",
    _I,
)
BARE_ASK = re.compile(
    r"^(언제(?:부터|까지|쯤)?|얼마나?|어디(?:서|에서|로)?|누가|누구(?:랑|와|하고)?|몇 \S{1,3}|"
    r"어떻게)(?:요|야|죠|지|인데|이야|예요|"
    r"인가요)?\s*\??$|"
    r"^((?:since |until |by )?when|where|how much|how many|who|with whom|how)\s*\??$",
    _I,
)
ASKING_KO = re.compile(
    r"(?<!\S)(?:누구|누가|누굴|무엇|뭐|뭘|무슨|어떤|어느|어디|언제|왜|얼마|몇|며칠|어떻게|어때)\S*"
)
AUXILIARY = re.compile(
    r"^(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should)\b", _I
)
WHO_EN = re.compile(r"^(?:which (?:\w+ ){0,2}?(?:company|team|firm|one|group|party)|who)\b", _I)
WHO_KO = re.compile(
    r"(?:어느|어떤|무슨) (?:회사|팀|곳|기업|업체|기관|분|사람)|누가|누구(?!랑|와|하고)|"
    r"어디(?!서|에|로)"
)
IT_EN = re.compile(r"its?$", _I)
THANKS = re.compile(
    r"^(?:고마워|고맙|감사|안녕|ㅋ|ㅎ|알겠|그렇구나|thanks?|thank you|hello|hi\b|bye|ok\b)", _I
)

_OFFICE = "|".join(sorted(TITLES - {"과학자", "scientist"}, key=len, reverse=True))
# The name of an office holder: right before the office, with a word between, after it.
NAMED = (
    re.compile(rf"(?<![가-힣])([가-힣]{{2,4}}) (?:[가-힣]{{0,6}})(?:{_OFFICE})"),
    re.compile(rf"(?<![가-힣])([가-힣]{{2,4}}) [가-힣]{{2,12}} (?:[가-힣]{{0,6}})(?:{_OFFICE})"),
    re.compile(rf"(?i:{_OFFICE})\w* ([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)+)"),
)
WHOLE_NAME_EN = re.compile(r"[A-Z][\w'’-]+(?: (?:of|for|the|and) [A-Z][\w'’-]+| [A-Z][\w'’-]+)+")
HOW_EN = re.compile(r"^(?:how (?:many|much)|what|which)\s+", _I)
