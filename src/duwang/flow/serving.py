"""Shows a finished folder in a browser until there is a console: the report and the documents, nothing else."""

from __future__ import annotations

import functools
import http.server
import re
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from duwang.flow.folder import FolderFault

_SHOWN = (".html", ".docx", ".pdf", ".xlsx", ".md", ".json", ".png")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src 'self' data:"
_TYPES = {
    ".md": "text/markdown; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def server(folder: Path, *, host: str, port: int) -> http.server.ThreadingHTTPServer:
    """A server bound to host:port that answers GET for index.html and the documents of `folder`; a folder of several rounds
    opens with the last one."""
    start = first_page(folder)
    try:
        return http.server.ThreadingHTTPServer(
            (host, port), functools.partial(_Handler, directory=str(folder), start=start)
        )
    except OSError as fault:
        raise FolderFault(f"端口{port}不能使用（{fault.strerror}），可用 --port 换一个") from None


def first_page(folder: Path) -> str:
    """The report's path within the folder: its own index.html, else that of its last round. FolderFault when there is none."""
    if (folder / "index.html").is_file():
        return "index.html"
    rounds = sorted((path.parent.name for path in folder.glob("*/index.html")), key=_by_number)
    if not rounds:
        raise FolderFault(f"{folder} 里没有 index.html，请先运行 duwang inspect 或 make demo")
    return f"{rounds[-1]}/index.html"


def _by_number(name: str) -> tuple[list[int], str]:
    """round-10 stands behind round-2."""
    return [int(digits) for digits in re.findall(r"\d+", name)], name


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Only documents for people: never the vault, the work files or anything outside the folder."""

    def __init__(self, *args: object, start: str, directory: str) -> None:
        self.start = start
        self.extensions_map = {**self.extensions_map, **_TYPES}
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path == "/":
            self.send_response(302)
            self.send_header("Location", f"/{quote(self.start)}")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self._shown(path):
            super().do_GET()
        else:
            self.send_error(404, "Not Found")

    def do_HEAD(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path == "/" or self._shown(path):
            super().do_HEAD()
        else:
            self.send_error(404, "Not Found")

    def _shown(self, path: str) -> bool:
        parts = [part for part in path.split("/") if part]
        hidden = {"..", "vault", "work"} & set(parts) or any(part.startswith(".") for part in parts)
        return bool(parts) and not hidden and path.lower().endswith(_SHOWN) and self._inside(path)

    def _inside(self, path: str) -> bool:
        """False for a link that leads out of the folder."""
        root = Path(self.directory).resolve()
        return (root / path.lstrip("/")).resolve().is_relative_to(root)

    def end_headers(self) -> None:
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", _POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        return
