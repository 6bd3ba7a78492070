"""`duwang serve`: the report and its documents, never the vault, the work files or anything outside the folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from urllib.parse import quote

import pytest

from duwang.flow.folder import FolderFault
from duwang.flow.serving import first_page, server


@contextmanager
def shown(folder: Path) -> Iterator[HTTPConnection]:
    running = server(folder, host="127.0.0.1", port=0)
    thread = Thread(target=running.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    connection = HTTPConnection("127.0.0.1", running.server_address[1], timeout=5)
    try:
        yield connection
    finally:
        connection.close()
        running.shutdown()
        running.server_close()
        thread.join()


def ask(connection: HTTPConnection, path: str, method: str = "GET") -> tuple[int, str, bytes]:
    connection.request(method, quote(path))
    answer = connection.getresponse()
    return answer.status, answer.headers.get("Content-Type") or answer.headers.get("Location") or "", answer.read()


def filled(folder: Path) -> Path:
    for name in (
        "index.html",
        "通报.docx",
        "通报.md",
        "整改通知/县教育局.docx",
        "vault/a.html",
        "work/state.json",
        ".hidden/a.html",
        "reviews.jsonl",
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("内容", "utf-8")
    return folder


def test_the_report_and_its_documents_are_shown(tmp_path: Path) -> None:
    with shown(filled(tmp_path / "out")) as connection:
        assert ask(connection, "/")[:2] == (302, "/index.html")
        assert ask(connection, "/index.html") == (200, "text/html; charset=utf-8", "内容".encode())
        assert ask(connection, "/整改通知/县教育局.docx")[0] == 200
        assert ask(connection, "/通报.md")[1] == "text/markdown; charset=utf-8"
        assert ask(connection, "/通报.docx", "HEAD")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/vault/a.html",
        "/work/state.json",
        "/.hidden/a.html",
        "/reviews.jsonl",
        "/../secret.html",
        "/整改通知/",
        "/link.html",
    ],
)
def test_nothing_else_is_shown(tmp_path: Path, path: str) -> None:
    folder = filled(tmp_path / "out")
    (tmp_path / "secret.html").write_text("秘密", "utf-8")
    (folder / "link.html").symlink_to(tmp_path / "secret.html")
    with shown(folder) as connection:
        assert ask(connection, path)[0] == 404
        assert ask(connection, path, "HEAD")[0] == 404


def test_several_rounds_open_with_the_last(tmp_path: Path) -> None:
    for name in ("round-1", "round-2", "round-10"):
        filled(tmp_path / name)
    assert first_page(tmp_path) == "round-10/index.html"
    with shown(tmp_path) as connection:
        assert ask(connection, "/")[1] == "/round-10/index.html"
        assert ask(connection, "/round-2/通报.docx")[0] == 200


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FolderFault, match=r"没有 index\.html，请先运行"):
        server(tmp_path, host="127.0.0.1", port=0)
