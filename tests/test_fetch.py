"""Fetching: what is refused, what is limited, and what is tried again."""

from __future__ import annotations

import gzip
import socket
import time
import zlib
from ipaddress import ip_address

import pytest
from website import Page, site

from ingest.errors import ReadError
from ingest.web.address import is_public, resolve
from ingest.web.fetch import Fetcher, Limits
from ingest.web.robots import may_fetch, rules_for

QUICK = Limits(size=100_000, seconds=5, redirects=3, tries=2, pause=0)
PAGE = Page("서점 이야기".encode(), "text/html; charset=utf-8")

INWARD = [
    "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f000001/",
    "http://0177.0.0.1/", "http://0x7f.1/", "http://127.1/", "http://0/", "http://0.0.0.0/",
    "http://10.1.2.3/", "http://172.16.0.9/", "http://192.168.1.1/", "http://169.254.169.254/latest/",
    "http://100.64.0.1/", "http://192.0.0.192/", "http://198.18.0.1/", "http://224.0.0.1/",
    "http://255.255.255.255/", "http://240.0.0.1/", "http://192.0.2.7/", "http://[::1]/",
    "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/",
    "http://[fe80::1]/", "http://[fc00::1]/", "http://[fd00:ec2::254]/", "http://[ff02::1]/",
    "http://[2002:7f00:1::]/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::a9fe:a9fe]/",
    "http://[2001:0:7f00:1::]/", "http://[2001:db8::1]/", "http://[fec0::1]/",
    "http://１２７.０.０.１/", "http://127。0。0。1/", "https://127.0.0.1:8443/", "http://127.0.0.1./",
]  # fmt: skip


@pytest.mark.parametrize("url", INWARD)
def test_no_spelling_of_an_inner_address_is_fetched(url: str) -> None:
    with pytest.raises(ReadError, match=r"no public address|no host|not a link") as caught:
        Fetcher(QUICK).fetch(url)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://news.example/a", "gopher://x/", "data:text/html,x", "http://",
     "http:///path", "javascript:alert(1)", "http://me:secret@news.example/", "http://a b/",
     "http://news.example\\@127.0.0.1/", "http://news.example:99999/", "http://[::1/",
     "//a.example/", "HTTP+UNIX://socket/"],
)  # fmt: skip
def test_only_plain_web_links_are_fetched(url: str) -> None:
    with pytest.raises(ReadError):
        Fetcher(QUICK).fetch(url)


@pytest.mark.parametrize(
    "text", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_are_public(text: str) -> None:
    assert is_public(ip_address(text))


def test_one_inner_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(2, 1, 6, "", (ip, 80)) for ip in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rows)
    with pytest.raises(ReadError, match=r"10\.0\.0\.1 is no public address"):
        resolve("news.example", 80)


def test_what_was_checked_is_what_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is looked up once: a second look, which could say otherwise, never happens."""
    real, asked = socket.getaddrinfo, []

    def once(host: str, port: int, *rest: object, **more: object) -> object:
        if host == "news.example":
            asked.append(host)
            host = "127.0.0.1"
        return real(host, port, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", once)
    with site({"/a": PAGE}) as web:
        port = web.url.rsplit(":", 1)[1]
        fetched = Fetcher(QUICK, allow_loopback=True).fetch(f"http://news.example:{port}/a")
        assert fetched.data.decode() == "서점 이야기"
        assert [h["Host"] for h in web.headers] == [f"news.example:{port}"] * 2
    assert len(asked) == 2  # robots.txt and the page, one look for each connection


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "file:///etc/passwd", "http://[fd00::1]/"],
)  # fmt: skip
def test_a_redirect_inward_is_refused(target: str) -> None:
    with (
        site({"/a": Page(status=[302], headers={"Location": target})}) as web,
        pytest.raises(ReadError, match=r"no public address|only http"),
    ):
        Fetcher(QUICK, allow_loopback=True).fetch(f"{web.url}/a")


def test_loopback_is_closed_without_the_argument() -> None:
    with site({"/a": PAGE}) as web:
        with pytest.raises(ReadError, match="no public address"):
            Fetcher(QUICK).fetch(f"{web.url}/a")
        assert web.asked == []


def test_redirects_are_followed_and_counted() -> None:
    pages = {"/a": Page(status=[301], headers={"Location": "b"}), "/b": PAGE}
    pages["/loop"] = Page(status=[302], headers={"Location": "/loop"})
    with site(pages) as web:
        fetcher = Fetcher(QUICK, allow_loopback=True)
        assert fetcher.fetch(f"{web.url}/a#part").url == f"{web.url}/b"
        with pytest.raises(ReadError, match="over 3 redirects"):
            fetcher.fetch(f"{web.url}/loop")


def test_robots_are_respected_by_name_and_asked_once() -> None:
    robots = Page(b"User-agent: *\nDisallow: /\n\nUser-agent: kai-assistant\nDisallow: /closed\n")
    with site({"/robots.txt": robots, "/open": PAGE, "/closed": PAGE}) as web:
        fetcher = Fetcher(QUICK, allow_loopback=True)
        assert fetcher.fetch(f"{web.url}/open").kind == "text/html"
        with pytest.raises(ReadError, match=r"robots\.txt does not allow"):
            fetcher.fetch(f"{web.url}/closed")
        assert web.asked == ["/robots.txt", "/open"]
        assert all("kai-assistant" in headers["User-Agent"] for headers in web.headers)


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /", "/a", False),
        ("Disallow:", "/a", True),
        ("Disallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("Allow: /a\nDisallow: /a", "/a", True),
        ("Disallow: /*?print", "/news/1?print=y", False),
        ("Disallow: /*.pdf$", "/x.pdf", False),
        ("Disallow: /*.pdf$", "/x.pdf?y", True),
        ("Disallow: /뉴스", "/%EB%89%B4%EC%8A%A4/1", False),
        ("Disallow: /*a*a*a*a*a*a*b", "/" + "a" * 5000, True),
        ("nonsense\n: x\nDisallow /x", "/x", True),
    ],
)
def test_robots_rules(rules: str, path: str, allowed: bool) -> None:
    found = rules_for(f"User-agent: *\n{rules}\n", "kai-assistant")
    assert may_fetch(found, f"https://news.example{path}") is allowed


def test_a_group_for_several_agents_holds_for_each() -> None:
    text = "User-agent: other\nUser-agent: Kai-Assistant # us\nDisallow: /x\n\nUser-agent: *\n"
    rules = rules_for(text + "Disallow: /", "kai-assistant")
    assert may_fetch(rules, "http://n.example/y")
    assert not may_fetch(rules, "http://n.example/x")


@pytest.mark.parametrize("body", [b"x" * 200_000, gzip.compress(b"x" * 50_000_000)])
def test_a_large_answer_or_a_bomb_is_cut_off(body: bytes) -> None:
    headers = {"Content-Encoding": "gzip"} if body[:2] == b"\x1f\x8b" else {}
    with (
        site({"/a": Page(body, headers=headers)}) as web,
        pytest.raises(ReadError, match="over the limit of 100,000 bytes"),
    ):
        Fetcher(QUICK, allow_loopback=True).fetch(f"{web.url}/a")


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)]
)
def test_packed_answers_are_unpacked(encoding: str, pack: object) -> None:
    page = Page(pack(PAGE.body), headers={"Content-Encoding": encoding})  # type: ignore[operator]
    with site({"/a": page}) as web:
        assert Fetcher(QUICK, allow_loopback=True).fetch(f"{web.url}/a").data == PAGE.body


@pytest.mark.parametrize(
    ("encoding", "reason"), [("br", "was not asked for"), ("gzip", "is broken")]
)
def test_other_packings_are_refused(encoding: str, reason: str) -> None:
    with (
        site({"/a": Page(b"no gzip", headers={"Content-Encoding": encoding})}) as web,
        pytest.raises(ReadError, match=reason),
    ):
        Fetcher(QUICK, allow_loopback=True).fetch(f"{web.url}/a")


def test_a_passing_failure_is_tried_again_and_a_lasting_one_is_not() -> None:
    pages = {"/a": Page(PAGE.body, status=[503, 200]), "/b": Page(status=[404])}
    pages["/c"] = Page(status=[500])
    with site(pages) as web:
        fetcher = Fetcher(QUICK, allow_loopback=True)
        assert fetcher.fetch(f"{web.url}/a").data == PAGE.body
        with pytest.raises(ReadError, match="answers 404; check the link"):
            fetcher.fetch(f"{web.url}/b")
        with pytest.raises(ReadError, match="answers 500; try again later"):
            fetcher.fetch(f"{web.url}/c")
        assert web.asked.count("/b") == 1
        assert web.asked.count("/c") == 2


def test_a_site_that_drips_is_left_in_time() -> None:
    def drip(out: object) -> None:
        for _ in range(100):
            out.write(b"x")  # type: ignore[attr-defined]
            out.flush()  # type: ignore[attr-defined]
            time.sleep(0.1)

    with site({"/a": Page(stall=drip)}) as web:
        started = time.monotonic()
        with pytest.raises(ReadError, match=r"within 0\.5 seconds"):
            Fetcher(Limits(seconds=0.5, tries=1, pause=0), allow_loopback=True).fetch(
                f"{web.url}/a"
            )
        assert time.monotonic() - started < 3


def test_requests_to_one_host_keep_a_pause() -> None:
    with site({"/a": PAGE}) as web:
        fetcher = Fetcher(Limits(pause=0.2), allow_loopback=True)
        started = time.monotonic()
        fetcher.fetch(f"{web.url}/a")
        assert time.monotonic() - started >= 0.2
