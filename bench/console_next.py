"""The next finding in a real browser: from pressing J or Y to the moment its detail is painted, at a million findings.

usage: python -m bench.console_next --data FOLDER [--database postgres://…] [--times 60] [--readers 0]

Takes the folder and database that console_lists keeps, serves them as `duwang serve` does, and lets Chromium press the keys as
fast as the details come. `--readers` more people walk the lists meanwhile. Prints p50, p95 and the worst, in milliseconds.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import shutil
import threading
import urllib.request
from pathlib import Path
from typing import Any

from bench.console_folder import city
from bench.console_lists import READS, client_of, taken

_FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_WATCH = """() => {
  const pane = document.getElementById("pane");
  const of = () => pane.querySelector("article")?.dataset.pk;
  window.took = []; let began = 0, was = of();
  document.addEventListener("keydown", () => { began = performance.now(); was = of(); }, true);
  new MutationObserver(() => {
    if (!began || !of() || of() === was) return;
    const from = began; began = 0;
    requestAnimationFrame(() => setTimeout(() => window.took.push(performance.now() - from), 0));
  }).observe(pane, { childList: true });
}"""


def main() -> None:
    asked = _asked()
    place = Path(asked.data)
    folder = city(place / "folder", findings=asked.findings)
    os.environ |= {"DUWANG_TOTP": "0", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    if asked.database:
        os.environ["DUWANG_DATABASE_URL"] = asked.database
    from duwang.console import serving, starting

    starting.prepare(place / ("postgres" if asked.database else "sqlite"), hosts=("127.0.0.1",))
    taken(folder.path, counted=False)
    cookie = client_of("bench0").cookies["sessionid"].value
    serving.settle()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server, stop = _served(), threading.Event()
    root = f"http://127.0.0.1:{server.effective_port}"
    for n in range(asked.readers):
        threading.Thread(target=_read, args=(root, cookie, n, stop), daemon=True).start()
    for key in ("j", "y"):
        took = sorted(_pressed(root, cookie, key, asked.times))
        p50, p95 = took[len(took) // 2], took[int(len(took) * 0.95)]
        print(f"{key.upper()}，另有{asked.readers}人：{len(took)}次，p50 {p50:.0f}，p95 {p95:.0f}，最慢{took[-1]:.0f}毫秒", flush=True)  # fmt: skip
    stop.set()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--findings", type=int, default=1_000_000)
    parser.add_argument("--database", default="")
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--readers", type=int, default=0)
    return parser.parse_args()


def _served() -> Any:
    import waitress

    from duwang.console.wsgi import application

    server: Any = waitress.create_server(application, host="127.0.0.1", port=0, threads=8, ident="duwang")
    threading.Thread(target=server.run, daemon=True).start()
    return server


def _pressed(root: str, cookie: str, key: str, times: int) -> list[float]:
    """Milliseconds of every press; the page is turned when its cards run out."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": root}])
        page, took = context.new_page(), []
        number = 0
        while len(took) < times:
            number += 1
            page.goto(f"{root}/findings/?page={number}")
            page.wait_for_selector("#pane article")
            page.wait_for_timeout(500)
            page.evaluate(_WATCH)
            for n in range(min(40, times - len(took))):
                page.keyboard.press(key)
                page.wait_for_function("n => window.took.length > n", arg=n, polling=20)
            took += page.evaluate("window.took")
        browser.close()
    return took


def _read(root: str, cookie: str, n: int, stop: threading.Event) -> None:
    """Somebody else at the lists, without a pause."""
    from urllib.parse import quote

    dice, paths = random.Random(n), [path for path in READS if "{" not in path]
    while not stop.is_set():
        asked = urllib.request.Request(
            root + quote(dice.choice(paths), safe="/?=&"), headers={"Cookie": f"sessionid={cookie}"}
        )
        urllib.request.urlopen(asked).read()


if __name__ == "__main__":
    main()
