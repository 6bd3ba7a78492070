"""A picture of a saved page by the system's chromium: no network, a bounded height, and the whole process group ended in time."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_HEIGHT = re.compile(r'data-duwang-height="(\d+)"')
_MEASURE = "<script>document.documentElement.setAttribute('data-duwang-height', document.documentElement.scrollHeight)</script>"
_WIDTH, _LEAST, _MOST = 1280, 600, 12_000


def browser() -> str | None:
    """Path of a browser that can take pictures, or None."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def picture_of(html: str, to: Path, *, seconds: float = 40) -> str:
    """Write a full-page PNG; returns why there is none (empty = written)."""
    program = browser()
    if program is None:
        return "没有安装chromium，没有截图"
    with tempfile.TemporaryDirectory() as place:
        page = Path(place) / "page.html"
        page.write_text(html + _MEASURE, "utf-8")
        told = _run(program, place, ["--dump-dom", page.as_uri()], seconds)
        found = _HEIGHT.search(told or "")
        height = min(_MOST, max(_LEAST, int(found[1]) + 40)) if found else 2000
        if (
            told is None
            or _run(program, place, [f"--window-size={_WIDTH},{height}", f"--screenshot={to}", page.as_uri()], seconds)
            is None
        ):
            return f"浏览器{seconds:g}秒内没有画完，没有截图"
    return "" if to.is_file() else "浏览器没有给出截图"


def _run(program: str, place: str, options: list[str], seconds: float) -> str | None:
    """What the browser printed; None when it had to be ended."""
    command = [
        program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run",
        "--disable-extensions", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={place}/profile",
        *options,
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
