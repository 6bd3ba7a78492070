"""A person at a browser: Chromium driven by Playwright, with everything noted that a strict console must never do."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

SEEN = {"width": 1366, "height": 768}
PICTURES = os.environ.get("DUWANG_PICTURES", "")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
_TELL_VIOLATIONS = "document.addEventListener('securitypolicyviolation', e => console.error('CSP违反：' + e.violatedDirective + ' ' + e.blockedURI))"
_AXE_RUN = "() => axe.run(document, {iframes: false, resultTypes: ['violations']})"


@contextmanager
def chromium() -> Iterator[Any]:
    """The system's Chromium; the test is skipped, with the reason, where it or Playwright is not installed."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("没有安装chromium，跳过浏览器测试")
    playwright = pytest.importorskip("playwright.sync_api", reason="没有安装playwright，跳过浏览器测试")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, headless=True, args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class Desk:
    """One logged-in browser of its own. `faults` fills with requests to others, policy violations, script errors and
    serious accessibility faults; `seen` with the names of screens looked at."""

    def __init__(self, browser: Any, root: str, *, size: dict[str, int] | None = None) -> None:
        self.root, self.faults, self.seen = root, [], []
        self.context = browser.new_context(viewport=size or SEEN, locale="zh-CN", accept_downloads=True)
        self.context.set_default_timeout(20_000)
        self.context.add_init_script(_TELL_VIOLATIONS)
        self.context.on("request", self._asked)
        self.page = self.context.new_page()
        self.page.on("console", self._told)
        self.page.on("pageerror", lambda error: self.faults.append(f"脚本出错：{error}"))
        self.page.on("dialog", lambda dialog: dialog.accept())

    def go(self, path: str) -> None:
        answer = self.page.goto(f"{self.root}{path}")
        if answer is not None and answer.status >= 400:
            self.faults.append(f"{path}：{answer.status}")

    def login(self, name: str, password: str) -> None:
        self.go("/login")
        self.fill(username=name, password=password)
        self.press("登录")

    def fill(self, **values: str) -> None:
        """Fields of the page's form by their names; a tick box by yes, a list by its value."""
        for name, value in values.items():
            field = self.page.locator(f"main [name={name}]").first
            kind = field.evaluate("e => e.tagName + ' ' + e.type")
            if kind.startswith("SELECT"):
                field.select_option(value)
            elif kind.endswith("checkbox"):
                field.set_checked(value == "是")
            else:
                field.fill(value)

    def press(self, name: str) -> None:
        """A button or link by what is written on it."""
        self.page.locator("main").get_by_text(name, exact=True).first.click()

    def text(self) -> str:
        return str(self.page.locator("main").inner_text())

    def waits_for(self, wanted: str, *, seconds: float = 60, again: bool = False) -> None:
        """Until the page says it; `again` loads the page anew in between."""
        end = time.monotonic() + seconds
        while wanted not in self.text():
            assert time.monotonic() < end, f"{self.page.url} 没有等到“{wanted}”：{self.text()[:1500]}"
            self.page.wait_for_timeout(400)
            if again:
                self.page.reload()

    def saved(self, pressed: str, place: Path) -> Path:
        """The file that a link gives."""
        with self.page.expect_download() as coming:
            self.press(pressed)
        path = place / coming.value.suggested_filename
        coming.value.save_as(path)
        return path

    def look(self, name: str, *, kept: bool = True) -> None:
        """This screen: accessible, not wider than the window, and kept as a picture when pictures are asked for."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
        for one in self.page.evaluate(_AXE_RUN)["violations"]:
            if one["impact"] in ("serious", "critical"):
                where = "；".join(node["html"][:160] for node in one["nodes"][:3])
                self.faults.append(f"{name}：{one['id']}（{one['impact']}）{where}")
        wide = self.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            self.faults.append(f"{name}：比窗口宽{wide}像素")
        self.seen.append(name)
        if PICTURES and kept:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            path = Path(PICTURES) / f"{name}.png"
            self.page.screenshot(path=str(path))
            _make_small(path)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((f"{self.root}/", "data:", "about:", "blob:")):
            self.faults.append(f"向别处请求：{request.url}")

    def _told(self, message: Any) -> None:
        text = message.text
        if "Content Security Policy" in text or "CSP违反" in text:
            self.faults.append(f"{self.page.url}：{text[:200]}")


def _make_small(path: Path) -> None:
    """256 colours are enough for a screen; without Pillow the picture stays as it is."""
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(path) as opened:
        small = opened.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        small.save(path, optimize=True)
