"""The words that questions are recognised by, Korean and English: data, no logic."""

from __future__ import annotations

import re

from assistant.language import ENGLISH_STOPWORDS, stem

_I = re.IGNORECASE

INTERROGATIVES = frozenset(
    """
        누구 누구누구 누가 무엇 뭐 뭘 뭣 무슨 어떤 어느 어디 어디어디 언제 왜 얼마 얼마나 몇 며칠 어떻게 어떻 어떠 어쩌 어찌
    """.split()
)

TITLES = frozenset(
    stem(word)
    for word in """
        대표 대표이사 사장 부사장 회장 부회장 이사장 장관 차관 총장 원장 시장 도지사 지사 군수 구청장 관장 감독 단장 의장 위원장 의원
        대변인 교수 과학자 창업자 창립자 설립자 대통령 총리 본부장 센터장 소장 국장 과장 책임자 담당자 최고경영자 수장 총수 우두머리 ceo cto cfo
        president minister director chairman chairperson chair mayor founder governor professor coach spokesperson scientist
    """.split()
)
# Offices of any kind: who holds one of them is named by whatever title the article gives.
ANY_OFFICE = frozenset({"수장", "총수", "우두머리", "책임자", "담당자"})
ASKS_LIST = re.compile(r"명단|목록|리스트|\blist of\b|\bnames of\b", _I)
ASKS_NAME = re.compile(r"이름|성함|누구|\bname\b|\bwho\b", _I)

ADVERBS = frozenset({"같이", "함께", "직접", "더불어"})

# Words that a question needs but an answer need not repeat: the answer's type says them.
LIGHT = frozenset(
    stem(word)
    for word in """
        금액 액수 규모 시기 때 날짜 일시 시점 이름 명칭 것 곳 데 수 개수 갯수 숫자 정도 이유 까닭 원인 내용 종류 목록 리스트 명단 얼마 누구 무엇
        회사 기업 업체 기관 단체 사람 분 팀 개 명 장 원 퍼센트 비율 모두 전부 각각 결과 상황 현황 관련 대상 대하 관하 정보 사실 기사 뉴스 셈 편
        전체 총 해당 경우 부분 점 때문 위하 통하 따르 하나 명칭 일정 언제 방식 방법 예산 사업비 지원금 지원액 투입액 예산액 지원비 budget
        funding fund amount number size name date time kind type list reason company firm
        organization organisation team people person place thing many much long large big
        total value sum figure each all how share detail information article story news
        happen high low larger bigger higher lower smaller most least
        총예산 총액 총사업비 돈 물량 폭 등락 상승폭 하락폭 갈래 명목 근거 배경 파트너 파트너사 협력사 발언 요지 표 나열
        단계 절차 순서 용어 주식 쪽 거론 언급 배정 액 몫 시간 순 앞 일 세 뽑 크 많 적 높 낮 다루 나뉘 합산 공식
        partner item money unit run go use give ask biggest largest highest lowest
        사정 가운데 동안 이번 이날 당시 정하 정해지 잡히 밝히 전하 이르 그날 대목 면 측면 쪽 편 선 지점 배경 말 얘기 이야기 종 관해
        최고 최대 최소 최저 최다 항목 뺀 빼 나머지 합산 합치 더하 곱하 추가 공식 통과
        핵심 간단 표 상승률 하락률 증가율 등락률 포인트 퍼센트포인트 기간 종목 기준시 차이 격차 합 합계 비교 difference gap comparison
        요소 점 사항 요인 특징 사업 프로젝트 프로그램 project program programme initiative
        일반 주요 각종 다양 실제 구체 정확 대략 통틀
        applicant contender participant player bidder
        one two three four five six
        summarize summary sentence point bullet paragraph line originally initially altogether together combined
        성함 overview short alongside
        날 불 부르 표현 집계 인원 인원수 %포인트 %p 예정 적 뒤 후 이후
        줄 문장 문단 항 차례 전한 매체 언론 언론사 신문 보도 다르 달라지 쓰 전하 엇갈리
        quote mention cite hope wish want intend try seek behind within without become cash
        well known instead going besides called aim plan way part role kind sort lot
        itself themselves himself herself during 짧 summarise
    """.split()
)

# Light only where a date is asked for: "on which day of the month".
OF_DATES = frozenset(stem(word) for word in "day month year week date 달 해 요일".split())

NOUNS_ONLY = frozenset({"줄"})

STOPWORDS = (
    frozenset(
        """
            하 되 있 없 이 같 보이 알리 알 주 보여주 보 정리 요약 설명 말하 말 나오 들 좀 궁금 궁금하 싶 한눈 부탁 관하 대하 가르치 가르쳐주
            어떻 그렇 이렇 어떠 그 이 저 중 뭐 무엇 누구 어디 언제 왜 얼마 얼마나 몇 며칠 어떻게 가지 누구누구 어디어디 해주 드리 여쭙 질문
            대답 답 이랑 나 너 저희 우리 당신 요 명 개 장 하나 되 가 오 보시 말씀 씀 혹시 그럼 그러면 진짜 정말
        """.split()
    )
    | ENGLISH_STOPWORDS
)

KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "why",
        re.compile(
            r"왜(?!곡)|이유|까닭|어째서|무엇 때문|뭐 때문|(?:사정|경위)[을은이]|배경(?:은|이|을|에|과)|\bwhy\b|\breasons?\b|how come",
            _I,
        ),
    ),
    (
        "schedule",
        re.compile(
            r"일정|스케줄|타임라인|시간 ?순|부터 .*까지.*(?:단계|과정|절차|순서)|앞으로(?:의)? (?:절차|과정|계획|순서|단계)|향후 (?:절차|계획|일)|\bnext steps?\b|\bwhat happens next\b|\btimeline\b|\bschedule\b|key dates",
            _I,
        ),
    ),
    (
        "sum",
        re.compile(
            r"합(?:하|치|계|산|은|이|친|한|해)|더하면|더한|\btogether\b|\bcombined\b|\bsum\b|"
            r"\badd(?:ed)? up\b|\bin total\b.*\band\b|\btotal of\b.*\band\b",
            _I,
        ),
    ),
    (
        "difference",
        re.compile(
            r"차이|격차|얼마나 더|보다 (?:얼마나|얼마|몇 \S+) |몇 (?:개|장|명|팀|배|억|퍼센트포인트)?\s*(?:나 )?더|몇 배|빼면|"
            r"\bdifference\b|\bhow much (?:more|less|higher|lower|larger|bigger)\b|"
            r"\bhow many (?:more|fewer)\b|\bgap between\b|\bby how (?:much|many)\b",
            _I,
        ),
    ),
    (
        "compare",
        re.compile(
            r"(?:와|과|이랑|랑|하고|,|vs\.?|대)\s*\S+(?:\s\S+)?\s*(?:중|가운데|중에서?).*(?:더|덜|큰|많|높|적|낮|작)|"
            r"보다 (?:더 )?(?:많|높|크|큰|적|낮|작|비싸)|비교|"
            r"(?:커|커요|크냐|크니|많아|많냐|높아|높냐|적어|작아),? \S+(?: \S+){0,3}?[이가] (?:더 )?(?:커|크|많|높|적|작)|"
            r"(?:와|과|이랑|랑|하고|,)\s*\S+(?:\s\S+)?\s*(?:중에?서?|가운데),?\s.*\s[더덜] |(?:와|과|이랑|랑) .*(?:어떻게|뭐가|무엇이|어떤 점이) (?:다르|달라|다른)|(?:와|과|이랑|랑)\s[^,]+,.*더 (?:적|많|크|큰|작|높|낮|비싸|싼)|"
            r"\b(?:more|higher|larger|bigger|greater|less|lower|smaller|fewer|better|which)\b.*[,:]\s*.+\bor\b|"
            r"^(?:did|do|does|is|are|was|were|has|have|will)\b.*\bor\b.*\b(?:more|higher|larger|bigger|greater|less|lower|smaller|"
            r"fewer|better|faster|longer|shorter|earlier|later|older|cheaper)\b|"
            r"\b(?:bigger|larger|higher|greater|smaller|lower|less|more|fewer) than (?:the |that )?[a-z]+|\bcompare|\bmore than\b.*\bor\b|\bversus\b|\bvs\b|\bbetween\b.*\band\b.*\b(?:more|higher|"
            r"larger|bigger|less|lower|smaller)\b",
            _I,
        ),
    ),
    (
        "superlative",
        re.compile(
            r"(?:률|율|폭|매출|순위|점수|금액) ?1[등위]|가장|제일|최고(?!경영|위|기록|령|급|의)|최대(?!한)|최소(?!한)|최다|최저|\b(?:most|least|largest|biggest|highest|lowest|"
            r"smallest|fewest|greatest|best|worst)\b",
            _I,
        ),
    ),
    (
        "each",
        re.compile(
            r"[가-힣](?<![특개차구식이작선])별(?:로)?(?=[\s은는의]|$)|각 팀|각각|각 \S+[이은의별]|"
            r"\S마다|\beach\b|\bevery team|\bby (?:team|area|company|category)\b|\bper (?:team|company|area)\b|"
            r"\bbreak ?down\b|\brespectively\b",
            _I,
        ),
    ),
    (
        "summary",
        re.compile(
            r"요약|요지|골자|정리(?:해|하|좀|부탁)|간추|한눈에|핵심만|간단히 (?:설명|말)|세 줄|3줄|무슨 (?:내용|기사|뉴스|얘기|이야기)|"
            r"어떤 (?:내용|기사|뉴스)|\bsummar|\boverview\b|\btl;?dr\b|\bmain points\b|\bkey points\b|"
            r"what is th(?:is|e) (?:article|story|news) about|\bin short\b|\bbriefly\b|\bgist\b",
            _I,
        ),
    ),
    (
        "list",
        re.compile(
            r"어디어디|누구누구|뭐뭐|무엇무엇|(?:모두|전부)(?! ?(?:몇|얼마))|모든|다 알려|목록|명단|나열|들은[\s?]|어떤 \S+들|(?:두|세|네|다섯|여섯|\d) ?가지|"
            r"[가-힣]들(?:을|만|은|이)?\s*\??$|[가-힣](?:들|만)?(?:을|만)? (?:모아|뽑아|골라|추려|꼽아|대 ?(?:봐|줘))|[가-힣]들을? (?:\S+ )?(?:적어|써|불러|나열|열거|말해|알려)|(?:종류|갈래)(?:는|은|가|로|에는)?\s*\??$|"
            r"^(?:list|name\b|which (?:other )?(?:companies|firms|teams|shares|stocks|areas|fields|sectors|industries|players|partners|"
            r"organi[sz]ations|institutions|countries|items|groups|products|models|businesses|people|routes|parties) |"
            r"who (?:are|were)\b)|\ball (?:the|of)\b|\bwhat (?:are|were) the\b",
            _I,
        ),
    ),
)

YES_NO_KO = re.compile(
    r"(?<!부탁)(?<!부탁드)(?:나|나요|니|냐|느냐|까|까요|어|어요|아|아요|여|야|지|지요|죠|가|가요|음|임|했다며|대|다고|라고|데|해|해요|돼|돼요|해\?|려나|던가)"
    r"\s*\??$"
)
# What ends a Korean question politely and asks for no yes: "이름도 알 수 있을까요?"
POLITE_KO = re.compile(
    r"[을를도은는이가]? ?(?:(?:좀 )?알 수 (?:있을까|있나|있어|있니|있습니까|있을지)|"
    r"(?:알려|말해|가르쳐|설명해|정리해) ?(?:줄|주실) 수 (?:있|없)\S*)(?:요)?\s*\??$"
)
# What leads an English question in and asks nothing: Could you tell me when ...
POLITE_EN = re.compile(
    r"(?:(?:hi|hello|hey|please|sorry|excuse me|ok|okay|so)[,!.]? )*"
    r"(?:(?:can|could|would|will) you (?:please |kindly |maybe )?(?:just )?"
    r"(?:(?:tell|show|give|explain|remind|inform|let|help)(?: to)?(?: (?:me|us))?(?: (?:know|understand|see))?|"
    r"say|clarify|find out|look up|check) |"
    r"(?:can|could|would|will) you (?:please |kindly )?(?=list|name|summ|describe|compare|give)|"
    r"i(?:'d|’d| would)? (?:really )?(?:like|want|need|love|wish) to (?:know|find out|learn|ask|hear|understand)(?: about)? |"
    r"do(?:es)? (?:you|anyone|anybody|someone) (?:happen to )?know |"
    r"i(?:'m|’m| am)? (?:was )?(?:wonder(?:ing)?|curious)(?: about| to know)? |"
    r"(?:may|can|could) i (?:ask|know)(?: you)? |i do(?:n't|n’t| not) know |"
    r"let (?:me|us) know |(?:any idea|tell (?:me|us)|explain(?: to (?:me|us))?|remind me)(?: about)? |"
    r"please )(?:again )?",
    _I,
)
DAY_OR_MONTH = re.compile(
    "(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|"
    "august|september|october|november|december",
    _I,
)
ADVERB_EN = re.compile(r"[a-z]{3,}ly(?<!family)(?<!reply)(?<!supply)(?<!assembly)(?<!italy)", _I)
PLURAL_EN = re.compile("people|men|women|children|feet|media|data|criteria|analyses|crises", _I)
YES_NO_EN = re.compile(
    r"^(?:and |so |but )?(?:(?:if|whether)\b(?!.*\b(?:how|wh\w+)\b)|is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|"
    r"isn't|aren't|wasn't|weren't|don't|doesn't|didn't|won't|hasn't|haven't)\b",
    _I,
)

WANTS_KO: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "amount",
        re.compile(
            r"(?:시간|기간|거리|속도|길이|무게|면적|높이|인원|횟수|간격|비율|온도)(?:은|는|이|가)? ?얼마"
        ),
    ),
    (
        "percent",
        re.compile(
            r"몇\s*(?:퍼센트|프로|%|퍼)|몇 ?%|비율|상승률|하락률|증가율|등락률|점유율|퍼센트"
        ),
    ),
    (
        "date",
        re.compile(
            r"(?:시행|발표|개막|폐막|마감|출시|시작|종료|개장|공개|선거|선정|협약|체결|개통|착공|준공|완공|발매|투표|개봉|접수|개최)일|언제|며칠|[는은ᆯ을인할될날] 때(?:는|가|를|을)?(?:요)?\s*\?*$|몇\s*(?:월|일|시|년도|년에|분기)|시기|날짜|시점|일시|어느 (?:해|달|날)|일정"
        ),
    ),
    (
        "duration",
        re.compile(
            r"몇\s*(?:년|개월|달|주|시간|일)\s*(?:간|동안|이나|걸|짜리)|기간|얼마 동안|얼마나 오래"
        ),
    ),
    (
        "money",
        re.compile(
            r"몇\s*(?:원|억|조|만\s*원|달러|천만)|금액|액수|얼마(?!나)|얼마나 (?:드|들|투자|지원)"
        ),
    ),
    ("count", re.compile(r"[가-힣]\s?수(?:는|가|를|은)?(?:요|지|야|가요)?\s*\?*$")),
    ("amount", re.compile(r"얼마나|얼만큼|얼마만큼|규모")),
    ("person", re.compile(r"누구|누가|누굴|누구누구")),
    (
        "organisation",
        re.compile(
            r"어디어디|어디(?!에 ?(?:쓰|쓴|쓸|사용|들어|투입|활용))|어느 (?:팀|회사|기업|곳|업체|기관|컨소시엄|나라|은행|대학)|"
            r"어떤 (?:팀|회사|기업|곳|업체|기관)|무슨 (?:팀|회사|기업)|(?<!몇)(?<!몇 )(?:회사|기업|업체|팀|곳|기관|군데)(?:은|는|들은|을|들)?(?:요)?\s*\??$|"
            r"(?:회사|기업|업체|팀|곳|기관)들?을 (?:\S+ )?(?:적어|써|불러|나열|열거|말해|알려|모아|뽑아|골라|추려|꼽아)"
        ),
    ),
)

WANTS_EN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("person", re.compile(r"^(?:and |so |but |then )?who(?:m|se)?\b", _I)),
    (
        "amount",
        re.compile(
            r"\bhow (?:much|far) (?:did|do|does|has|have|had|were|was|will)\b.*\b(?:gain|rise|risen|jump|climb|"
            r"soar|surge|fall|fallen|drop|decline|increase|grow|grown|shrink|up|down)",
            _I,
        ),
    ),
    (
        "percent",
        re.compile(r"\bwhat percent|\bpercentage\b|\bhow many percent|\bby what percent", _I),
    ),
    (
        "date",
        re.compile(
            r"\bwhen\b|\bwhat (?:date|day|month|year|time)\b|\bwhich (?:date|day|month|year|season)\b|"
            r"\bwhat time\b|\bschedule\b|\btimeline\b",
            _I,
        ),
    ),
    ("duration", re.compile(r"\bhow long\b|\bhow many (?:years|months|weeks|days|hours)\b", _I)),
    (
        "money",
        re.compile(
            r"(?<!by )\bhow much (?:money|will|does|did|is|was|funding|has|are|were)\b|\bcosts?\b|"
            r"\bprice\b|\bbudget\b|\bhow (?:large|big) is the .*(?:budget|fund)",
            _I,
        ),
    ),
    ("amount", re.compile(r"\bhow (?:much|large|big|high|far|fast|strong|tall)\b", _I)),
    (
        "organisation",
        re.compile(
            r"\b(?:which|what) (?:\w+ )?(?:team|compan|firm|organi[sz]ation|consorti|group|"
            r"institution|universit|ministr|startup|partner|player|bank|countr)",
            _I,
        ),
    ),
    ("person", re.compile(r"\bwho\b|\bwhose\b|(?<!with )\bwhom\b", _I)),
    ("place", re.compile(r"\bwhere\b", _I)),
)

WANT_OF_HEAD = {
    "점수": "amount",
    "순위": "amount",
    "등수": "amount",
    "득점": "amount",
    "득표율": "percent",
    "score": "amount",
    "rank": "amount",
    "상승폭": "percent",
    "하락폭": "percent",
    "폭": "percent",
    "등락": "percent",
    "돈": "money",
    "이름": "name",
    "명칭": "name",
    "성함": "name",
    "name": "name",
    "금액": "money",
    "액수": "money",
    "수": "count",
    "개수": "count",
    "number": "count",
    "주가": "amount",
    "예산": "money",
    "사업비": "money",
    "가격": "money",
    "비용": "money",
    "연봉": "money",
    "매출": "money",
    "인구": "count",
    "면적": "amount",
    "높이": "amount",
    "길이": "amount",
    "넓이": "amount",
    "크기": "amount",
    "생일": "date",
    "장소": "place",
    "budget": "money",
    "price": "money",
    "cost": "money",
    "population": "count",
    "지원금": "money",
    "지원액": "money",
    "총예산": "money",
    "funding": "money",
    "몸무게": "amount",
    "나이": "count",
    "무게": "amount",
    "속도": "amount",
    "온도": "amount",
}

# The units of what is asked for by its name: a score is no year, and no number of people.
UNITS_OF_HEAD = {
    **dict.fromkeys("점수 득점 평점 score".split(), frozenset({"score", ""})),
    **dict.fromkeys("순위 등수 rank ranking".split(), frozenset({"rank", "place in order"})),
    **dict.fromkeys("온도 기온 수온 temperature".split(), frozenset({"degree"})),
    **dict.fromkeys("면적 넓이 area".split(), frozenset({"square metre", "pyeong"})),
    **dict.fromkeys(
        "높이 길이 거리 키 height length distance".split(),
        frozenset({"metre", "kilometre", "centimetre", "millimetre"}),
    ),
    **dict.fromkeys("무게 몸무게 weight".split(), frozenset({"kilogram", "ton"})),
    **dict.fromkeys("나이 연령 age".split(), frozenset({"age"})),
}
LONG_EN = re.compile(r"\bhow (?:tall|high|deep|wide) (?:is|are|was|were)\b", _I)

WANT_OF_UNIT = {
    "percent": frozenset({"퍼센트", "프로", "%", "percent"}),
    "money": frozenset({"원", "억", "조", "달러", "won", "dollar", "만"}),
    "date": frozenset({"월", "일", "시", "년도"}),
    "duration": frozenset(
        {"년", "개월", "달", "주", "시간", "year", "month", "week", "day", "hour"}
    ),
}

HOW_MANY = re.compile(r"\b(?:how many|number of) (?:\w+ly )?([A-Za-z]+)", _I)
AHEAD_EN = re.compile(r"(?:and |so |but )?(?:will|would|can|could|should|shall|may)\b", _I)
HEADS_EN = {
    "ministry": "minister",
    "museum": "director",
    "city": "mayor",
    "town": "mayor",
    "university": "president",
    "committee": "chair",
}
LEADS_EN = re.compile(
    r"^who (?:leads|heads(?: up)?|runs|governs|is in charge of|is the (?:head|boss|leader) of|"
    rf"is at the helm of)(?: the)?(?P<of>(?: \w+)??) (?P<body>{'|'.join(HEADS_EN)})\b",
    _I,
)
WHO_DOES = re.compile(r"who (?!is\b|are\b|was\b|were\b)", _I)
FOCUS_EN = re.compile(
    r"\b(?:which|what|whose|how many|how (?:large|big|high|much)(?: is| was| are)?(?: the)?)\s+"
    r"((?:(?!is\b|are\b|was\b|were\b|do\b|does\b|did\b|will\b|has\b|have\b|the\b)[\w-]+\s?){1,4})|"
    r"\b(?:what|who) (?:is|are|was|were) (?:the |a )?([\w -]+?)(?= of | for | in |\?|$)",
    _I,
)

# Syllables that end in the ㅆ of the past; 있 and 겠 are no past.
PAST_SYLLABLES = "".join(
    chr(code) for code in range(ord("가"), ord("힣") + 1) if (code - ord("가")) % 28 == 20
).translate({ord("있"): None, ord("겠"): None})
PAST_KO = re.compile(
    rf"[{PAST_SYLLABLES}](?:어|나|니|냐|는|을|습|던|다|지|죠|음|대|고|으)|정해진|결정된|발표된|뽑힌|된 (?:팀|곳|회사)"
)
PAST_EN = re.compile(
    r"\b(?:did|was|were|has|have|had|won|became|chose|fell|rose|took|came|went|left|lost|beat|began|gave|paid|"
    r"sold|built|led|met|held|made|got)\b|\w+ed\b",
    _I,
)
TOTAL = re.compile(
    r"(?<![가-힣])총(?=\s?[가-힣])|전체 (?:예산|금액|규모|사업비|지원)|모두 합|통틀어|다 합쳐|도합|\baltogether\b|\bin all\b|\ball told\b|\btotal\b|\boverall\b",
    _I,
)
IS_TOTAL = re.compile(
    r"(?<![가-힣])(?:총|모두|전부|합쳐|전체)\s*(?:[가-힣]+\s)?\d|\btotal|\bin all\b|\baltogether\b",
    _I,
)
PARTNER = re.compile(
    r"컨소시엄에(?:는|서)? (?:누가|누구|어디|어느|어떤)|(?:누가|어디가|어느 \S+|어떤 \S+) 참여|"
    r"(?:누구|어디|어느 \S+|무슨 \S+|어떤 \S+)(?:랑|와|하고|이랑|과) |함께하|같이하|(?:와|과|랑|하고) (?:한|같은) (?:팀|편|조)|파트너|협력사|손잡|협업|제휴|"
    r"어느 (?:컨소시엄|팀|진영|편)(?:이야|이지|인가|에 (?:속|들)|소속)|누가 .*(?:돕|도와|도울)|"
    r"\bwith whom\b|\bwho .*\bwith\b|\bpartner|\bteam(?:ed|ing)? up\b|\bwork(?:s|ing)? with\b|\balongside\b",
    _I,
)
PARTNER_WORDS = frozenset(
    "참여 컨소시엄 합류 동참 손잡 협력 협업 제휴 같이 함께 partner work team join collaborat consortium".split()
)
IS_PARTNER = re.compile(
    r"함께|같이|결합|접목|협력|협업|손잡|손을 잡|제휴|공동|파트너|연합|컨소시엄을|\bwith\b|\bpartner|\btogether\b|\bjoint|"
    r"\balongside\b|\bcombin",
    _I,
)
MONEY = re.compile(
    r"예산|금액|돈|지원|사업비|투자|비용|기부|후원|\bcontribut|\bdonat|\bdonor|\bcost|\bprice|\bbudget|\bmoney\b|\bfund|\bsupport\b|\bspend",
    _I,
)
# What part of the whole a value is.
PORTION = re.compile(
    r"(?:전체|총)\S*(?: \S+){0,3}? ?(?:몇 ?(?:퍼센트|프로|%)|비율|비중)|차지하(?:는|나)|"
    r"\b(?:what|which) (?:share|percentage|proportion|percent|fraction) of\b.*\b(?:total|whole|budget|all)\b",
    _I,
)
SHARES = re.compile(
    r"주가|주식|종목|상승|하락|급등|오[르른]|올[랐라]|뛰|뛴|\bshares?\b|\bstocks?\b|\brose\b|\bris[ei]|\bgain|\bjump",
    _I,
)
NOW = re.compile(
    r"지금|현재|요즘|최근|오늘|이제|아직|최신|\bnow\b|\bcurrent(?:ly)?\b|\btoday\b|\blatest\b|\bstill\b|\bso far\b",
    _I,
)
RESULT = re.compile(r"결과|\bresults?\b|\boutcome\b", _I)
ONLY_ONE = re.compile(r"(?:에만|만|에게만|한테만)(?:\s|$)|\bonly\b", _I)
DID_ALONE = re.compile(
    r"[가-힣A-Za-z]만 [가-힣]+(?:해|하여|해서|했고) |\bonly [\w ]+ (?:applied|asked|requested|signed)",
    _I,
)
TODAY = re.compile(r"현재|지금|\bcurrent(?:ly)?\b|\bright now\b|\bas of today\b|\balready\b", _I)
WHICH = re.compile(r"무슨 [가-힣]|어떤 [가-힣]|무엇무엇|\b(?:which|what) \w+s\b", _I)
# Which one thing is asked for: "which ministry announced the five teams" asks for no five.
ONE_OF_A_KIND = re.compile(
    r"(?:무슨|어떤|어느) (?!두|세|네|다섯|여섯|\d)[가-힣]+(?<!들)[이가은는을를] |"
    r"\b(?:which|what) (?!two|three|four|five|six|seven|eight|nine|ten|\d)\w+(?<!s) (?!one\b)",
    _I,
)
RESTRICTED = re.compile(
    r"(?:팀|곳|개|명|사)(?:에만|만|에 집중|에 한정|으로 한정|에 몰)|\b(?:only|just|limited to|concentrated on|confined to)\b",
    _I,
)
DIFFERING = re.compile(
    r"(?:매체|언론사?|기사|신문|보도)마다|엇갈|다르게 (?:썼|보도|전|쓴|나)|어떻게 (?:다르|달라|다른)|\barticles? (?:differ|disagree)|"
    r"\b(?:papers|outlets|sources|newspapers) (?:differ|disagree)",
    _I,
)
ORIGIN = re.compile(
    r"직전|전날|전 ?거래일|\d+년 전(?!부터|에 비)|이전(?:에는|의|에)|당초|애초|원래|처음(?:에는|의)|오르기 전|\b(?:originally|initially|previous(?:ly)?|"
    r"before|first planned|earlier|last year)\b",
    _I,
)
EXCEPT = re.compile(
    r"(\S+(?: \S+)?) ?(?:말고|외에|이외에|제외하고|빼고|제외한|뺀|밖의)|\b(?:besides|except(?: for)?|other than|apart from|excluding) ((?:\w+ ?){1,3})",
    _I,
)
# What an answer need not repeat: within a day, as of an hour, three of them, of one team.
ADVERBIAL = re.compile(
    r"(?<=[률율폭출위수액] )1[등위]|하루 (?:새|사이|만)에?|그새|그사이|몇 시 기준|기준으로|현재 기준|(?:두|세|네|다섯|여섯|\d) ?가지|"
    r"(?:와|과|랑|하고) ((?:한|같은) (?:팀|편|조))|\b(?:on )?(?:that|the same) (?:very )?day\b",
    _I,
)
_COUNTED = r"(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|\d+) ?(?:개 )?[가-힣]+?"
# "다섯 팀이 네 팀으로 줄어드는": how many they were before may be left out.
FROM_TO = re.compile(
    rf"({_COUNTED})(?:이|가|에서) {_COUNTED}(?:으로|로) (?:줄|늘|압축|좁|감소|증가)"
)
EXCEPTION = re.compile(
    r"\bexcept(?: on| for| in)? \w+(?: \w+)?|\bother than \w+|\S+(?:을|를)? (?:제외하|제외한|빼고|뺀)",
    _I,
)
CHOICE = re.compile(
    r"(\S+(?:와|과|이랑|랑|하고) \S+?) ?(?:중|가운데) ?(?:에서|에)? ?(?:어느|무엇|뭐|어디)(?!.*(?:더|가장|제일|높|많|크|큰|적|작|낮))"
)
LOWEST = re.compile(
    r"가장 (?:적|낮|작|덜|느리|짧)|제일 (?:적|낮|작|덜|느리|짧)|최소|최저|"
    r"\b(?:least|lowest|smallest|fewest|shortest|less|lower|smaller|fewer)\b|더 (?:적|낮|작|덜)",
    _I,
)
ALL = re.compile(
    r"모두|전부|모든|각각|각 |별 |별로|어디어디|누구누구|들은|\ball\b|\beach\b|\bevery\b", _I
)

OUTSIDE = re.compile(
    r"날씨|기온|레시피|요리법|만드는 법|시 (?:한 편|써)|코드(?:를|로)? (?:짜|작성)|농담|번역해|노래 (?:불러|추천)|"
    r"\b(?:weather|recipe|haiku|poem|joke|translate|write (?:a|me)|python code|sing)\b",
    _I,
)
ORDERS = re.compile(
    r"시스템\s*프롬프트|(?:이라고|라고|이라|라)만? (?:답|대답|말)(?:해|하라|하세요|해줘|변해)|앞으로(?:는)? .*(?:답해|대답해)|(?:위|이전|앞)(?:의|에)?\s*(?:규칙|지시|명령|지침|내용)[을를은]?\s*(?:모두\s*)?(?:잊|무시|따르지)|"
    r"(?:규칙|지시|지침|명령)[을를은]?\s*(?:모두\s*)?(?:잊|무시)|역할을 (?:바꿔|맡아)|(?:인 척|처럼 행동)|관리자 모드|탈옥|"
    r"\b(?:ignore|disregard|forget)\b.{0,40}\b(?:previous|above|prior|all|your|the)\b.{0,30}\b(?:rules?|"
    r"instructions?|prompts?|guidelines?)|\bsystem prompt\b|\bjailbreak|\bpretend (?:to be|you)|"
    r"\bact as\b|\bdeveloper mode\b|\byou are now\b",
    _I,
)
