"""A picture of a saved page by the system's chromium: no network, a bounded height, and the whole process group ended in time."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_HEIGHT = re.compile(r'data-duwang-height="(\d+)"')
_FRAMED = re.compile(r'data-duwang-framed="(\d+)"')
_TOP = re.compile(r'data-duwang-top="(\d+)"')
_MEASURE = "<script>document.documentElement.setAttribute('data-duwang-height', document.documentElement.scrollHeight)</script>"
_WIDTH, _LEAST, _MOST = 1280, 600, 12_000


def browser() -> str | None:
    """Path of a browser that can take pictures, or None."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


@dataclass(frozen=True, slots=True)
class Taken:
    """`why` there is no picture (empty = written); `framed` places that the page's own marking framed, the first of them at `top`;
    `height` of the picture in points."""

    why: str = ""
    framed: int = 0
    top: int = 0
    height: int = 0


def picture_of(html: str, to: Path, *, most: int = _MOST, seconds: float = 40) -> Taken:
    """Write a PNG of the whole page, at most `most` points high."""
    program = browser()
    if program is None:
        return Taken("没有安装chromium，没有截图")
    with tempfile.TemporaryDirectory() as place:
        page = Path(place) / "page.html"
        page.write_text(html + _MEASURE, "utf-8")
        told = _run(program, place, [f"--window-size={_WIDTH},800", "--dump-dom", page.as_uri()], seconds) or ""
        height = min(most, max(_LEAST, _told(_HEIGHT, told) + 40)) if _HEIGHT.search(told) else min(most, 2000)
        if (
            not told
            or _run(program, place, [f"--window-size={_WIDTH},{height}", f"--screenshot={to}", page.as_uri()], seconds)
            is None
        ):
            return Taken(f"浏览器{seconds:g}秒内没有画完，没有截图")
    if not to.is_file():
        return Taken("浏览器没有给出截图")
    return Taken("", _told(_FRAMED, told), _told(_TOP, told), height)


def _told(pattern: re.Pattern[str], dom: str) -> int:
    found = pattern.search(dom)
    return int(found[1]) if found else 0


def _run(program: str, place: str, options: list[str], seconds: float) -> str | None:
    """What the browser printed; None when it had to be ended."""
    command = [
        program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run",
        "--disable-extensions", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND",
        "--proxy-server=http://127.0.0.1:9", "--proxy-bypass-list=<-loopback>", f"--user-data-dir={place}/profile", *options,
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        out, _ = process.communicate(timeout=seconds)
        return out.decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
