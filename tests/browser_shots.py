"""Take the pictures of the page for the README: python tests/browser_shots.py ADDRESS FOLDER.

The page must serve the bundled article.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from browser_server import chromium

SHOTS = (
    ("page", 1280, 800, "light", "ko-KR", "GPU 지원과 인재 영입비를 더하면 얼마인가요?"),
    ("page-dark", 1280, 800, "dark", "en-US", "Was Kakao selected?"),
    ("phone", 390, 844, "light", "ko-KR", "NAVER 주가는 얼마나 올랐나요?"),
)
CHARTS = (1280, 860, "light", "ko-KR")


def opened(browser: Any, width: int, height: int, scheme: str, locale: str) -> Any:
    """A page of that size, light and language."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale=locale
    )
    return context.new_page()


def shoot(browser: Any, address: str, folder: Path, shot: tuple[Any, ...]) -> None:
    """Ask one question, follow its last citation on a wide screen, and keep the picture."""
    name, *look, question = shot
    page = opened(browser, *look)
    page.goto(address)
    page.fill("#question", question)
    page.keyboard.press("Enter")
    page.wait_for_selector("#kai-onward .suggestions", timeout=120_000)
    cites = page.locator("#kai-current .text .cite")
    if look[0] > 900 and cites.count():
        cites.last.click()
        page.mouse.move(5, 5)
    else:
        page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(2_000)
    page.screenshot(path=folder / f"{name}.png")
    page.close()


if __name__ == "__main__":
    where = Path(sys.argv[2])
    with chromium() as started:
        for wanted in SHOTS:
            shoot(started, sys.argv[1], where, wanted)
        charts = opened(started, *CHARTS)
        charts.goto(f"{sys.argv[1]}/charts")
        charts.screenshot(path=where / "charts.png")
