"""Shows a finished folder in a browser until there is a console: the report and the documents, nothing else."""

from __future__ import annotations

import functools
import http.server
from pathlib import Path
from urllib.parse import unquote, urlsplit

from duwang.flow.folder import FolderFault

_SHOWN = (".html", ".docx", ".pdf", ".xlsx", ".md", ".json", ".png")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"


def server(folder: Path, *, host: str, port: int) -> http.server.ThreadingHTTPServer:
    """A server bound to host:port that answers GET for index.html and the documents of `folder`."""
    if not (folder / "index.html").is_file():
        raise FolderFault(f"{folder} 里没有 index.html，请先运行 duwang inspect 或 make demo")
    try:
        return http.server.ThreadingHTTPServer((host, port), functools.partial(_Handler, directory=str(folder)))
    except OSError as fault:
        raise FolderFault(f"端口{port}不能使用（{fault.strerror}），可用 --port 换一个") from None


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Only documents for people: never the vault, the work files or anything outside the folder."""

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path != "/" and not self._shown(path):
            self.send_error(404, "Not Found")
            return
        super().do_GET()

    def do_HEAD(self) -> None:
        self.do_GET()

    def _shown(self, path: str) -> bool:
        parts = [part for part in path.split("/") if part]
        hidden = {"..", "vault", "work"} & set(parts) or any(part.startswith(".") for part in parts)
        return bool(parts) and not hidden and path.lower().endswith(_SHOWN)

    def end_headers(self) -> None:
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Security-Policy", _POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        return
