"""Who comes in, and as whom: the user file, the proxy's header, browsers' tokens, other sites."""

from __future__ import annotations

import re

import pytest
from browser_script import LENGTHS, scripted
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from assistant.cli import app as kai
from assistant.cli_library import register
from assistant.web.export_pages import add_exports
from assistant.web.guard import Guard
from assistant.web.history import History
from assistant.web.hosting import Hosting, HostingError, contrast, hosting_of
from assistant.web.store import Store
from assistant.web.users import Users, UsersError, add_user, hashed, remove_user
from assistant.web.visitor import INNER, TOKEN, address_of, owner_of

PASSWORD = "달빛 자전거 42km"


@pytest.fixture
def users(tmp_path, monkeypatch):
    """A user file with one user; its hashes are cheap, so that the tests are quick."""
    monkeypatch.setattr("assistant.web.users.N", 16)
    monkeypatch.setattr("assistant.web.users._NOBODY", hashed("nobody's"))
    path = tmp_path / "users.txt"
    add_user(path, "mina", PASSWORD)
    return path


def client(home=None, peer="127.0.0.1", **settings):
    """A visitor before the guard, with a small page behind it instead of Gradio's."""
    inner = FastAPI()
    store = Store(home)
    add_exports(inner, store)

    @inner.get("/{path:path}")
    def page(path: str, request: Request) -> HTMLResponse:
        return HTMLResponse(f"<head></head>{path} of {request.headers[INNER.decode()]}")

    guard = Guard(inner, hosting_of(**settings), store, "달빛 기사")
    return TestClient(guard, client=(peer, 5_000), follow_redirects=False)


def login(visitor, password=PASSWORD, name="mina"):
    return visitor.post("/login", data={"name": name, "password": password})


def test_without_a_login_only_the_login_page_is_open(users):
    visitor = client(users=users)
    for path in ("/", "/articles", "/config", "/theme.css"):
        answer = visitor.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/login"), path
    assert visitor.post("/gradio_api/queue/join", json={}).status_code == 401
    page = visitor.get("/login", headers={"accept-language": "en-GB,en;q=0.9"})
    assert "Sign in" in page.text
    assert "달빛 기사" in page.text
    assert "로그인" in visitor.get("/login", headers={"accept-language": "ko"}).text


def test_the_right_password_opens_the_page_and_logging_out_shuts_it(users):
    visitor = client(users=users)
    answer = login(visitor)
    assert answer.status_code == 303
    assert re.search(r"HttpOnly; SameSite=Lax", answer.headers["set-cookie"])
    page = visitor.get("/")
    assert page.status_code == 200
    assert '<meta name="kai-user" content="mina">' in page.text
    cookies = dict(visitor.cookies)
    assert visitor.get("/logout").status_code == 405
    assert visitor.post("/logout").headers["location"] == "/login"
    visitor.cookies.update(cookies)  # also who kept the cookie is out
    assert visitor.get("/").status_code == 303


@pytest.mark.parametrize(
    ("name", "password"),
    [("mina", "wrong"), ("nobody", PASSWORD), ("mina", ""), ("", ""), ("mina\n", PASSWORD)],
)
def test_a_wrong_name_or_password_says_the_same(users, name, password):
    answer = login(client(users=users), password, name)
    assert answer.status_code == 401
    assert "이름이나 비밀번호가 맞지 않습니다" in answer.text
    assert "set-cookie" not in answer.headers


def test_guessing_is_slowed_down_from_one_address_and_for_one_name(users):
    visitor = client(users=users)
    codes = [login(visitor, "wrong", f"user{number}").status_code for number in range(11)]
    assert codes == [401] * 10 + [429]
    assert login(visitor).status_code == 429


def test_a_login_outlives_a_restart_but_not_the_user_or_the_password(users, tmp_path):
    visitor = client(tmp_path, users=users)
    login(visitor)
    again = client(tmp_path, users=users)
    again.cookies = visitor.cookies
    assert again.get("/").status_code == 200
    add_user(users, "mina", PASSWORD + "!")
    assert again.get("/").status_code == 303
    login(again, PASSWORD + "!")
    assert again.get("/").status_code == 200
    add_user(users, "other", PASSWORD)
    remove_user(users, "mina")
    assert again.get("/").status_code == 303


def test_the_user_file_tells_no_password_and_is_its_owners_alone(users):
    text = users.read_text(encoding="utf-8")
    assert text.startswith("mina:scrypt$16$8$1$")
    assert PASSWORD not in text
    assert users.stat().st_mode & 0o077 == 0
    assert hashed(PASSWORD) != hashed(PASSWORD)
    assert Users(users).check("mina", PASSWORD)


@pytest.mark.parametrize("line", ["mina:plain", "mina", "a b:scrypt$1$1$1$x$y", "mina:scrypt$a"])
def test_a_bad_line_of_the_user_file_is_named(tmp_path, line):
    path = tmp_path / "users.txt"
    path.write_text(f"# who may come in\n\n{line}\n", encoding="utf-8")
    with pytest.raises(UsersError, match="line 3"):
        Users(path)


@pytest.mark.parametrize(
    ("name", "password"), [("mi na", PASSWORD), ("", PASSWORD), ("mina:", PASSWORD), ("mina", "x")]
)
def test_a_name_or_password_that_cannot_be_is_refused(tmp_path, name, password):
    with pytest.raises(UsersError):
        add_user(tmp_path / "users.txt", name, password)


def test_the_verb_keeps_the_user_file(tmp_path):
    register(kai)

    def run(*words, given=""):
        return CliRunner().invoke(kai, ["user", *words, "--home", str(tmp_path)], input=given)

    assert run("add", "mina", given=f"{PASSWORD}\n").exit_code == 0
    assert Users(tmp_path / "users.txt").check("mina", PASSWORD)
    assert run("list").stdout == "mina\n"
    assert "10 to 1,000 characters" in str(run("add", "jun", given="short\n").exception)
    assert run("remove", "mina").exit_code == 0
    assert "no user" in str(run("remove", "mina").exception)


def test_a_proxys_header_is_believed_from_the_proxy_alone():
    settings = {"auth_header": "X-Forwarded-User", "auth_from": "10.1.0.0/16, ::1"}
    named = {"x-forwarded-user": "mina"}
    assert client(peer="10.1.2.3", **settings).get("/", headers=named).status_code == 200
    assert client(peer="::1", **settings).get("/", headers=named).status_code == 200
    for peer in ("10.2.0.1", "127.0.0.1", "not-an-address"):
        answer = client(peer=peer, **settings).get("/", headers=named)
        assert answer.status_code == 401, peer
        assert "로그인" in answer.text
    inside = client(peer="10.1.2.3", **settings)
    assert inside.get("/").status_code == 401
    assert inside.get("/", headers={"x-forwarded-user": " "}).status_code == 401
    twice = [("x-forwarded-user", "mina"), ("x-forwarded-user", "root")]
    assert inside.get("/", headers=twice).status_code == 401


def test_a_browser_gets_a_token_that_scripts_and_other_sites_cannot_use():
    visitor = client(base_url="https://news.example/kai/")
    line = visitor.get("/").headers["set-cookie"]
    assert line.startswith(f"{TOKEN}=")
    assert "HttpOnly; SameSite=Lax" in line
    assert "Path=/kai" in line
    assert line.endswith("; Secure")
    plain = client()
    plain.get("/")
    assert "set-cookie" not in plain.get("/").headers
    plain.cookies.clear()
    plain.cookies.set(TOKEN, "chosen-by-another")
    assert "set-cookie" in plain.get("/").headers


def test_nobody_takes_along_the_conversation_of_another(tmp_path):
    mine, other = client(tmp_path), client(tmp_path)
    token = mine.get("/").cookies[TOKEN]
    other.get("/")
    owner = owner_of("browser", token)
    History(Store(tmp_path)).record(owner, "talk", 0, scripted().script[LENGTHS])
    got = mine.get("/export/talk.json")
    assert got.json()["answers"][0]["question"] == LENGTHS
    assert got.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    assert got.headers["cache-control"] == "no-store"
    assert LENGTHS in mine.get("/export/talk.html").text
    assert "> [1] " in mine.get("/export/talk.md").text
    forged = {INNER.decode(): owner}
    for path in ("talk.json", "talk.html", "talk.md"):
        assert other.get(f"/export/{path}", headers=forged).status_code == 404
    assert mine.get("/export/talk.exe").status_code == 404
    assert mine.get("/export/other.json").status_code == 404


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_can_post_nothing(users, site):
    visitor = client(users=users)
    login(visitor)
    headers = {"sec-fetch-site": site}
    assert visitor.post("/gradio_api/queue/join", json={}, headers=headers).status_code == 403
    assert visitor.post("/logout", headers=headers).status_code == 403
    assert visitor.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/login", "/articles", "/export/x.json", "/nothing"])
def test_every_answer_has_the_headers_that_bind_a_browser(users, path):
    visitor = client(users=users)
    login(visitor)
    headers = visitor.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_the_colour_is_the_operators_on_the_page_and_at_its_door(users):
    assert "--accent:#7a1f3d" in client(color="#7A1F3D").get("/").text
    assert "--accent:#7a1f3d" in client(color="#7A1F3D", users=users).get("/login").text


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"color": "red"}, "no colour"),
        ({"color": "#ffee00"}, "too pale"),
        ({"root_path": "kai"}, "no path"),
        ({"root_path": "/a/../b c"}, "no path"),
        ({"base_url": "news.example"}, "no address"),
        ({"auth_header": "X-User"}, "KAI_AUTH_FROM"),
        ({"auth_header": "X-User", "auth_from": "everywhere"}, "KAI_AUTH_FROM"),
        ({"at_once": 20, "waiting": 20}, "at most 36"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(settings, said):
    with pytest.raises(HostingError, match=said):
        hosting_of(**settings)


def test_a_missing_user_file_and_two_doors_are_named(users, tmp_path):
    with pytest.raises(HostingError, match="kai user add"):
        hosting_of(users=tmp_path / "nothing.txt")
    with pytest.raises(HostingError, match="not both"):
        hosting_of(users=users, auth_header="X-User", auth_from="10.0.0.1")


def test_the_path_comes_from_the_address_or_alone():
    assert hosting_of(base_url="https://news.example/kai/").root_path == "/kai"
    assert hosting_of(root_path="/kai/").root_path == "/kai"
    assert hosting_of().root_path == Hosting().root_path == ""


def test_the_readers_address_is_what_the_proxy_saw_last():
    scope = {
        "client": ("10.0.0.9", 1),
        "headers": [(b"x-forwarded-for", b"6.6.6.6, 203.0.113.7")],
    }
    networks = hosting_of(auth_from="10.0.0.0/8").proxies
    assert address_of(scope, networks) == "203.0.113.7"
    assert address_of(scope) == "10.0.0.9"


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
