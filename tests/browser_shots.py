"""Take the pictures of the page for the README: python tests/browser_shots.py ADDRESS FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from browser_server import chromium

SHOTS = (
    ("page", 1280, 800, "light", "ko-KR", "GPU 지원을 직접 받지 않는 팀과 그 이유는?"),
    ("page-dark", 1280, 800, "dark", "en-US", "Which five teams were selected?"),
    ("phone", 390, 844, "light", "ko-KR", "업스테이지의 사용자 목표는 몇 명인가요?"),
)


def shoot(browser: Any, address: str, folder: Path, shot: tuple[Any, ...]) -> None:
    """Ask one question, follow its first citation on a wide screen, and keep the picture."""
    name, width, height, scheme, locale, question = shot
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale=locale
    )
    page = context.new_page()
    page.goto(address)
    page.fill("#question", question)
    page.keyboard.press("Enter")
    page.wait_for_selector("#kai-current .answer:not([aria-busy])", timeout=60_000)
    cites = page.locator("#kai-current .text .cite")
    if width > 900 and cites.count():
        cites.first.click()
    page.wait_for_timeout(1_800)
    page.screenshot(path=folder / f"{name}.png")
    context.close()


if __name__ == "__main__":
    with chromium() as started:
        for wanted in SHOTS:
            shoot(started, sys.argv[1], Path(sys.argv[2]), wanted)
