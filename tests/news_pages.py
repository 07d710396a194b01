"""Pages as news sites build them, each with the news fields and the text that are right for it."""

# ruff: noqa: E501 - lines of HTML

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from ingest.article import Article
from ingest.compose import from_parsed
from ingest.formats.html import parse_html

TITLE = "강릉 바닷가 서점, 문 연 지 서른 해"
FIRST = "강릉의 작은 서점이 올해로 문을 연 지 서른 해를 맞았다고 주인 홍길순 씨가 4일 밝혔다."
SECOND = "서점에는 하루 평균 손님 120명이 찾아오고, 한 해에 책 3만 2,000권이 팔린다."
THIRD = "홍 씨는 앞으로도 같은 자리에서 책을 팔겠다며 손님들에게 고마움을 거듭 전했다."
BODY = (FIRST, SECOND, THIRD)
P = "".join(f"<p>{one}</p>" for one in BODY)
LINK = "https://news.dawn.example/culture/20250804001"
DAY, LATER = date(2025, 8, 4), date(2025, 8, 5)


@dataclass(frozen=True)
class Case:
    html: str | bytes
    publisher: str | None = "새벽일보"
    byline: str | None = "이몽룡"
    published: date | None = DAY
    updated: date | None = LATER
    url: str = LINK
    language: str = "ko"
    title: str = TITLE
    body: tuple[str, ...] = BODY
    link: str = LINK
    header: str = ""


def page(head: str, body: str, lang: str = "ko") -> str:
    return f'<!DOCTYPE html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'


def linked(*nodes: object) -> str:
    return "".join(
        f'<script type="application/ld+json">{json.dumps(node, ensure_ascii=False)}</script>'
        for node in nodes
    )


NEWS = {
    "@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE,
    "datePublished": "2025-08-04T09:00:00+09:00", "dateModified": "2025-08-05T10:00:00+09:00",
    "author": {"@type": "Person", "name": "이몽룡"},
    "publisher": {"@type": "Organization", "name": "새벽일보"}, "mainEntityOfPage": LINK,
}  # fmt: skip
MENU = "<nav><ul><li><a href='/a'>정치</a></li><li><a href='/b'>경제</a></li></ul></nav>"
FOOT = "<footer>서울특별시 중구 새벽로 1 | 대표전화 02-000-0000 | 저작권자 © 새벽일보</footer>"
RELATED = (
    "<div class='related-news'><h3>관련 기사</h3><ul><li><a>속초 빵집도 스무 해를 맞았다</a></li>"
    "<li><a>양양 극장이 다시 문을 열었다</a></li></ul></div>"
)
COMMENTS = "<section id='comments'><h3>댓글 2</h3><p>어릴 때 자주 갔던 곳이라 참 반갑고 고맙네요.</p></section>"

CASES = {
    "json-ld of one object": Case(
        page(
            f"<title>{TITLE} - 새벽일보</title>{linked(NEWS)}",
            f"{MENU}<article>{P}</article>{FOOT}",
        )
    ),
    "json-ld graph with references": Case(
        page(
            linked(
                {
                    "@graph": [
                        {"@type": "WebSite", "name": "아무 사이트"},
                        {"@type": "Organization", "@id": "#org", "name": "새벽일보"},
                        {"@type": "Person", "@id": "#me", "name": "이몽룡"},
                        {**NEWS, "publisher": {"@id": "#org"}, "author": [{"@id": "#me"}]},
                    ]
                }
            ),
            f"{MENU}<div class='article-body'>{P}</div>{RELATED}{FOOT}",
        )
    ),
    "json-ld array, several articles, two authors": Case(
        page(
            f"<meta property='og:title' content='{TITLE}'>"
            + linked(
                [
                    {"@type": "BreadcrumbList", "name": "문화"},
                    {**NEWS, "headline": "다른 기사의 제목이다", "datePublished": "2019-01-01"},
                    {
                        **NEWS,
                        "@type": ["NewsArticle", "Article"],
                        "author": [{"name": "이몽룡"}, {"name": "성춘향"}],
                    },
                ]
            ),
            f"<main><h1>{TITLE}</h1>{P}</main>",
        ),
        byline="이몽룡, 성춘향",
    ),
    "json-ld as careless pages write it": Case(
        page(
            '<script type="application/ld+json"><!-- {"@type": "Article", "headline": "강릉 바닷가 '
            '서점, 문 연 지 서른…", "author": "이몽룡", "publisher": {"name": "새벽일보"},\n'
            '"datePublished": "2025-08-04", "dateModified": "2025-08-05", } --></script>',
            f"<h1>{TITLE}</h1><div class='entry-content'>{P}</div>",
        )
    ),
    "open graph and article tags": Case(
        page(
            f"<meta property='og:title' content='{TITLE} | 새벽일보'>"
            "<meta property='og:site_name' content='새벽일보'><meta name='author' content='이몽룡'>"
            "<meta property='article:published_time' content='2025-08-03T23:30:00Z'>"
            "<meta property='article:modified_time' content='2025-08-05T01:00:00+09:00'>"
            f"<meta property='og:url' content='{LINK}'><link rel='canonical' href='{LINK}'>",
            f"{MENU}<div id='article-view-content-div'>{P}</div>{COMMENTS}",
        ),
        link=LINK + "?utm_source=feed",
    ),
    "dublin core": Case(
        page(
            f"<meta name='DC.title' content='{TITLE}'><meta name='DC.creator' content='이몽룡'>"
            "<meta name='DC.publisher' content='새벽일보'><meta name='DC.date.issued' "
            "content='2025-08-04'><meta name='DCTERMS.modified' content='2025-08-05'>",
            f"<table><tr><td>{MENU}</td><td><h1>{TITLE}</h1>{P}</td></tr></table>",
        )
    ),
    "nothing but what the page shows": Case(
        page(
            f"<title>{TITLE}</title>",
            f"<div><h2>{TITLE}</h2><p class='byline'>이몽룡 기자 lee@dawn.example</p>"
            f"<p>입력 2025.08.04 14:30 | 수정 2025.08.05 09:10</p>{P}</div>",
        ),
        publisher=None,
        byline="이몽룡 기자",
    ),
    "utf-8 declared as euc-kr": Case(
        page(f"<meta charset='euc-kr'>{linked(NEWS)}", f"<article>{P}</article>").encode(),
        header="euc-kr",
    ),
    "cp949 without any declaration": Case(
        page(
            f"<title>{TITLE}</title><meta name='author' content='이몽룡'><meta property="
            "'og:site_name' content='새벽일보'><meta name='date' content='20250804093000'>"
            "<meta name='lastmod' content='2025년 8월 5일'>",
            f"<div class='news_body'>{P}<p>뷁쀍 같은 글자도 그대로 읽혀야 한다고 그는 덧붙였다.</p></div>",
        ).encode("cp949"),
        body=(*BODY, "뷁쀍 같은 글자도 그대로 읽혀야 한다고 그는 덧붙였다."),
    ),
    "cp949 declared as latin": Case(
        page(f"<meta charset='iso-8859-1'>{linked(NEWS)}", f"<article>{P}</article>").encode(
            "cp949"
        ),
        header="iso-8859-1",
    ),
    "amp": Case(
        "<!doctype html><html amp lang='ko'><head><style amp-boilerplate>body{-webkit-animation:"
        "-amp-start 8s}@keyframes -amp-start{from{visibility:hidden}to{visibility:visible}}</style>"
        f"<link rel='canonical' href='{LINK}'>{linked(NEWS)}</head><body><header>새벽일보</header>"
        f"<div class='amp-article-body'><amp-img alt='서점'></amp-img>{P}</div>"
        "<amp-sidebar id='menu'>정치 경제</amp-sidebar></body></html>",
        link="https://m.dawn.example/amp/20250804001",
    ),
    "like a portal's page, with breaks for paragraphs": Case(
        page(
            f"<meta property='og:title' content='{TITLE}'><meta property='og:site_name' content="
            "'네이버 뉴스'><meta property='og:article:author' content='새벽일보 | 네이버'>",
            "<div class='media_end_head_info_datestamp'><span class="
            "'media_end_head_info_datestamp_time' data-date-time='2025-08-04 09:00:00'>2025.08.04. "
            "오전 9:00</span><span data-modify-date-time='2025-08-05 10:00:00'>2025.08.05.</span></div>"
            "<em class='media_end_head_journalist_name'>이몽룡 기자</em>"
            f"<article id='dic_area'><strong class='media_end_summary'>서점의 서른 해</strong>"
            "<span class='end_photo_org'><img><em class='img_desc'>서점 앞. 새벽일보 제공</em></span>"
            f"{FIRST}<br><br>{SECOND}<br/><br/>{THIRD}</article>"
            f"<p class='byline'><span class='byline_s'>이몽룡 기자 lee@dawn.example</span></p>"
            "<p class='copyright'>Copyright ⓒ 새벽일보. All rights reserved. 무단 전재 금지</p>",
        ),
        byline="이몽룡 기자",
        body=("서점의 서른 해", *BODY),
    ),
    "like another portal's page, with its own tags": Case(
        page(
            f"<meta property='og:title' content='{TITLE}'><meta property='og:site_name' content="
            "'다음'><meta property='og:article:author' content='새벽일보'><meta property='og:regDate'"
            " content='20250804093000'>",
            f"<h3 class='tit_view'>{TITLE}</h3><div class='info_view'><span class='txt_info'>이몽룡"
            "</span><span class='txt_info'>입력 <span class='num_date'>2025. 8. 4. 09:30</span></span>"
            "<span class='txt_info'>수정 <span class='num_date'>2025. 8. 5. 10:00</span></span></div>"
            f"<div class='article_view'><section dmcf-sid='a'>"
            + "".join(
                f"<p dmcf-pid='{n}' dmcf-ptype='general'>{one}</p>" for n, one in enumerate(BODY)
            )
            + "</section></div><div class='foot_view'>이 기사에 대해 어떻게 생각하시나요?</div>",
        ),
    ),
    "bylines, addresses and rights as lines of the text": Case(
        page(
            linked(NEWS),
            f"<div itemprop='articleBody'><p>(강릉=새벽뉴스) 이몽룡 기자 = {FIRST}</p><p>{SECOND}</p>"
            f"<p>{THIRD} 이몽룡 기자 lee@dawn.example</p><p>저작권자 © 새벽일보 무단전재 및 재배포 금지"
            "</p><p>▶ 네이버에서 새벽일보를 구독하세요</p><p>이몽룡 기자 lee@dawn.example</p></div>",
        )
    ),
    "comments and related articles all around": Case(
        page(
            linked(NEWS),
            f"{MENU}{RELATED}<div id='container'><div class='sns-share'>공유하기</div><h1>{TITLE}</h1>"
            f"<div class='story-body'><p>{FIRST}</p>{RELATED}<p>{SECOND}</p><p>{THIRD}</p>"
            f"<ul class='taglist'><li>#서점</li></ul></div>{COMMENTS}{RELATED}</div>{FOOT}",
        )
    ),
    "english": Case(
        page(
            "<title>A shop by the sea turns thirty | The Dawn</title><meta property='og:site_name' "
            "content='The Dawn'><meta name='byl' content='By Jane Doe'><meta name='dc.date' "
            "content='August 4, 2025'>",
            "<header><h1>A shop by the sea turns thirty</h1></header><article><p>The little book shop "
            "in Gangneung has turned thirty this year, its owner said on Monday afternoon.</p><p>She "
            "sells 32,000 books a year to about 120 visitors a day, most of them young.</p></article>",
            lang="en-GB",
        ),
        title="A shop by the sea turns thirty",
        publisher="The Dawn",
        byline="Jane Doe",
        updated=None,
        language="en",
        body=(
            "The little book shop in Gangneung has turned thirty this year, its owner said on "
            "Monday afternoon.",
            "She sells 32,000 books a year to about 120 visitors a day, most of them young.",
        ),
    ),
    "text that only a script would show": Case(
        page(linked({**NEWS, "articleBody": "\n\n".join(BODY)}), "<div id='root'></div>")
    ),
    "like a common publishing system's page": Case(
        page(
            f"<title>{TITLE} &lt; 문화 &lt; 기사본문 - 새벽일보</title><meta property='og:title' content="
            f"'{TITLE} - 새벽일보'><meta property='og:site_name' content='새벽일보'><meta name="
            "'dable:author' content='이몽룡'><meta property='article:published_time' content="
            "'2025-08-04T09:00:00+09:00'>",
            "<div id='article-view'><header class='article-view-header'><nav class='breadcrumbs'>문화"
            f"</nav><h3 class='heading'>{TITLE}</h3><h4 class='subheading'>하루 손님 120명</h4><ul><li>"
            "이몽룡 기자</li><li>입력 2025.08.04 09:00</li><li>수정 2025.08.05 10:00</li></ul></header>"
            "<article id='article-view-content-div' class='article-veiw-body' itemprop='articleBody'>"
            "<figure><img><figcaption>서점 앞. (사진=새벽일보)</figcaption></figure>"
            f"{P}<div class='relation'><h4>관련기사</h4><a>속초 빵집의 하루</a></div><h4>더 볼 글</h4>"
            "<p>이몽룡 기자 lee@dawn.example</p></article><div class='view-copyright'>저작권자 © "
            "새벽일보</div><div class='view-editors'>이몽룡 기자 <a>다른기사 보기</a></div></div>",
        ),
        body=("하루 손님 120명", *BODY),
    ),
    "a canonical link of another site": Case(
        page(
            f"<link rel='canonical' href='https://other.example/x'>{linked(NEWS)}",
            f"<article>{P}</article>",
        )
    ),
}


def read_page(html: str | bytes, link: str = LINK, header: str = "") -> Article:
    data = html if isinstance(html, bytes) else html.encode()
    return from_parsed(parse_html(data, "page", f"{header}|{link}"), "page", link)


def body_of(inner: str, head: str = "") -> Article:
    return read_page(page(f"<title>{TITLE}</title>{head}", f"<article>{P}{inner}</article>"))


def rest_of(article: Article) -> list[tuple[str, str]]:
    """The blocks behind the title and the three paragraphs of every page here."""
    return [(b.kind.value, article.text[b.start : b.end]) for b in article.blocks[4:]]
