"""What axe-core says of a page (extra `browser`): faults that keep disabled readers out, by rule."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from duwang.capture.browser import Browser
from duwang.model.capturing import Failure
from duwang.model.material import AxeFault

_RUN = """async () => {
  const found = await axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa']}, resultTypes: ['violations']});
  return found.violations.map(v => ({rule: v.id, impact: v.impact || '', help: v.help, count: v.nodes.length,
    example: (v.nodes[0] && v.nodes[0].html || '').slice(0, 200)}));
}"""


def axe_missing() -> str:
    """Why axe-core cannot be asked here; empty when it can."""
    return "" if _script() else "没有安装无障碍检查部分（axe-core，可选件 browser）"


async def axe_faults(browser: Browser, url: str) -> tuple[AxeFault, ...] | Failure:
    """The faults of one page, by rule; a failure when it could not be opened."""

    async def look(page: Any, status: int) -> tuple[AxeFault, ...] | Failure:
        if not 200 <= status < 300:
            return Failure.STATUS
        await page.evaluate(_script())  # unlike a script tag it is not stopped by the page's own policy
        return tuple(AxeFault(**one) for one in sorted(await page.evaluate(_RUN), key=lambda one: str(one["rule"])))

    return await browser.visit(url, look)


@cache
def _script() -> str:
    found = find_spec("axe_playwright_python")
    if found is None or not found.submodule_search_locations:
        return ""
    path = Path(next(iter(found.submodule_search_locations))) / "axe.min.js"
    return path.read_text("utf-8") if path.is_file() else ""
