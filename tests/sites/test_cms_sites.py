"""Every family reads its own small site over loopback: all rows, all pages, the days as printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

import pytest

from duwang.platforms.cms import family_of, read_listing
from duwang.reading.page import Page, read_page

_SITES = sorted(
    folder.parent for folder in Path(__file__).parent.glob("*/expect.json") if (folder.parent / "pages").is_dir()
)


@pytest.mark.parametrize("site", _SITES, ids=lambda site: site.name)
def test_a_family_is_recognised_and_read_to_its_end(site: Path) -> None:
    expected = json.loads((site / "expect.json").read_text("utf-8"))
    as_of = date.fromisoformat(expected["as_of"])
    with _served(site / "pages") as root:
        found, asked, url = [], 0, root + expected["start"]
        known = {url}
        while url and asked < 20:
            page = _read(url)
            asked += 1
            assert family_of(page) == expected["family"]
            listing = read_listing(page, as_of=as_of)
            found += [
                [i.title, i.url.removeprefix(root), i.on.isoformat() if i.on else None, i.inferred]
                for i in listing.items
            ]
            url = next((following for following in listing.next_pages if following not in known), "")
            known.add(url)
    assert found == expected["items"]
    assert asked == expected["requests"]


def _read(url: str) -> Page:
    with urlopen(url, timeout=10) as answer:
        return read_page(answer.read(), url=url, content_type=answer.headers.get("Content-Type", ""))


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The folder over HTTP; a query stands in the file's name behind @."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = folder / self.path.lstrip("/").replace("?", "@")
            body = path.read_bytes() if path.is_file() else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
