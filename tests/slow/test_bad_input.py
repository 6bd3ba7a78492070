"""What users and servers do wrong: one clear sentence or an UNKNOWN, never a traceback, never a hang beyond its limit."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from duwang.cli import main
from kit.one_site import CODE, TEXT, ledger
from kit.web import Answer, Reply, page, serve

pytestmark = pytest.mark.slow
MB = 1 << 20


def run(*arguments: str | Path, limit: float = 30) -> Result:
    """`duwang …` in this process: no traceback whatever happens, and within its limit."""
    began = time.monotonic()
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=True)
    took = time.monotonic() - began
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert "Traceback" not in result.output
    assert took < limit, took
    return result


def inspect(registry: Path | str, out: Path, *more: str, limit: float = 60) -> Result:
    return run("inspect", registry, "--out", out, "--as-of", "2024-09-30", "--delay", "0", *more, limit=limit)


def outcomes(out: Path) -> dict[tuple[str, str], dict[str, Any]]:
    lines = (out / "outcomes.jsonl").read_text("utf-8").splitlines()
    return {(line["target"], line["check"]): line for line in map(json.loads, lines)}


def coverage(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "coverage.json").read_text("utf-8"))[f"site/{CODE}"]
    return found


def verdict(out: Path) -> str:
    return str(json.loads((out / "verdicts.json").read_text("utf-8"))[0]["verdict"])


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        ({"网站": [["网站标识码", "名称", "首页网址"], [CODE, "云岭县", "http://127.0.0.1/"]]}, ["网站.csv", "主办单位"]),
        ({"网站": [["网站标识码", "名称", "首页网址", "主办单位"], ["53992100", "云岭县", "http://127.0.0.1/", "某办"]]}, ["网站.csv", "第2行", "网站标识码"]),
        ({"网站": [["网站标识码", "名称", "首页网址", "主办单位"], ["5.399210001E9", "云岭县", "http://127.0.0.1/", "某办"]]}, ["网站.csv", "第2行", "网站标识码"]),
        ({"网站": [["网站标识码", "名称", "首页网址", "主办单位"], [CODE, "云岭县", "www.x", "某办"]]}, ["网站.csv", "第2行", "首页网址"]),
        ({"栏目": [["网站标识码", "栏目名称", "栏目网址"], ["5399210002", "要闻", "http://127.0.0.1/a/"]]}, ["栏目.csv", "第2行"]),
    ],
)  # fmt: skip
def test_a_ledger_that_is_wrong_says_where(
    sheets: dict[str, list[list[str]]], words: list[str], tmp_path: Path
) -> None:
    result = inspect(ledger(tmp_path / "ledger", "http://127.0.0.1/", **sheets), tmp_path / "out")
    assert result.exit_code == 2
    for word in words:
        assert word in result.stderr
    assert not (tmp_path / "out" / "findings.jsonl").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"no workbook at all" * 99, gzip.compress(b"x" * 999)])
def test_a_workbook_that_is_damaged(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "名录.xlsx"
    path.write_bytes(content)
    result = inspect(path, tmp_path / "out")
    assert result.exit_code == 2
    assert "名录.xlsx" in result.stderr
    assert len(result.stderr.strip().splitlines()) <= 3


@pytest.mark.parametrize("asked", ["nowhere", "nowhere.xlsx", "ftp://127.0.0.1/", "http://", ""])
def test_a_ledger_that_is_not_there(asked: str, tmp_path: Path) -> None:
    result = inspect(tmp_path / asked if "//" not in asked and asked else asked, tmp_path / "out")
    assert result.exit_code == 2
    assert result.stderr.strip()


@pytest.mark.parametrize(
    "arguments", [["--as-of", "2024-13-01"], ["--period", "2024Q9"], ["--max-pages", "0"], ["--edition", "none"], ["--overlay", "none"], ["--only", "site/none"], ["--delay", "-1"], ["--previous", "nowhere"]]
)  # fmt: skip
def test_an_option_that_is_wrong(arguments: list[str], tmp_path: Path) -> None:
    result = inspect(ledger(tmp_path / "ledger", "http://127.0.0.1/"), tmp_path / "out", *arguments)
    assert result.exit_code == 2
    assert result.stderr.strip()


def _site(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    row = "<li><a href='/news/1.html'>关于做好防汛工作的通知</a><span>2024-09-28</span></li>"
    return {
        "/": page("首页", f"<ul>{row}</ul><a href='/news/'>动态要闻</a>"),
        "/news/": page("动态要闻", f"<ul class='list'>{row}</ul>"),
        "/news/1.html": page("关于做好防汛工作的通知", f"<h1>关于做好防汛工作的通知</h1><div>发布日期：2024-09-28</div><div class='content'>{TEXT}</div>"),
        **answers,
    }  # fmt: skip


def _everything_unknown(out: Path, *, why: str) -> None:
    """Nothing of a site that was not seen is called fine."""
    told = outcomes(out)
    assert told[f"site/{CODE}", "privacy/id-number"]["status"] == "UNKNOWN"
    assert why in told[f"site/{CODE}", "privacy/id-number"]["reason"]
    assert verdict(out) == "待核"


def test_a_host_that_is_dead(tmp_path: Path) -> None:
    result = inspect(ledger(tmp_path / "ledger", "http://127.0.0.1:9/"), tmp_path / "out", "--allow-loopback")
    assert result.exit_code == 0
    _everything_unknown(tmp_path / "out", why="连接被拒绝")


def test_a_host_without_a_name(tmp_path: Path) -> None:
    assert inspect(ledger(tmp_path / "ledger", "http://www.none.invalid/"), tmp_path / "out").exit_code == 0
    _everything_unknown(tmp_path / "out", why="域名无法解析")


def test_a_server_that_only_fails(tmp_path: Path) -> None:
    with serve(lambda asked: Reply(b"<h1>500</h1>", status=500)) as web:
        assert inspect(ledger(tmp_path / "ledger", web.root + "/"), tmp_path / "out", "--allow-loopback").exit_code == 0
    _everything_unknown(tmp_path / "out", why="服务器返回500")


def test_a_server_that_never_answers(tmp_path: Path) -> None:
    with serve(lambda asked: Reply(b"late", wait=40)) as web:
        began = time.monotonic()
        assert (
            inspect(
                ledger(tmp_path / "ledger", web.root + "/"), tmp_path / "out", "--allow-loopback", limit=100
            ).exit_code
            == 0
        )
        assert time.monotonic() - began < 70
    _everything_unknown(tmp_path / "out", why="15秒内没有打开")


def test_loopback_without_permission(tmp_path: Path) -> None:
    with serve(_site({})) as web:
        assert inspect(ledger(tmp_path / "ledger", web.root + "/"), tmp_path / "out").exit_code == 0
        assert web.asked == []
    _everything_unknown(tmp_path / "out", why="地址指向本机或内网")


def test_an_endless_stream_among_good_pages(tmp_path: Path) -> None:
    def stream() -> Iterator[bytes]:
        for _ in range(2048):
            yield b"<p>x</p>" * (MB // 8)

    with serve(_site({"/news/1.html": Reply(stream=stream)})) as web:
        assert inspect(ledger(tmp_path / "ledger", web.root + "/"), tmp_path / "out", "--allow-loopback").exit_code == 0
    assert coverage(tmp_path / "out")["pages"]["failed"] == {"内容超过大小上限": 1}
    assert outcomes(tmp_path / "out")[f"site/{CODE}", "privacy/id-number"]["status"] == "UNKNOWN"


def test_a_bomb_among_good_pages(tmp_path: Path) -> None:
    bomb = Reply(gzip.compress(b"\0" * (200 * MB), 1), headers={"Content-Encoding": "gzip"})
    with serve(_site({"/news/1.html": bomb})) as web:
        assert inspect(ledger(tmp_path / "ledger", web.root + "/"), tmp_path / "out", "--allow-loopback").exit_code == 0
    assert coverage(tmp_path / "out")["pages"]["failed"] == {"内容超过大小上限": 1}


@pytest.mark.parametrize("tag", ["div", "span", "table><tr><td", "a href=x", "ul><li", "b", "font", "blockquote"])
def test_fifty_thousand_nested_tags(tag: str, tmp_path: Path) -> None:
    deep = f"<html><body><h1>深</h1><p>{TEXT}</p>" + f"<{tag}>" * 50_000 + "底"
    with serve(_site({"/news/1.html": deep})) as web:
        result = inspect(ledger(tmp_path / "ledger", web.root + "/"), tmp_path / "out", "--allow-loopback", limit=30)
        assert result.exit_code == 0
        path = tmp_path / "deep.html"
        path.write_text(deep, "utf-8")
        assert run("read", path, "--json", limit=15).exit_code == 0
    assert coverage(tmp_path / "out")["pages"]["known"] >= 3


@pytest.mark.parametrize(
    "where",
    [
        "http://127.0.0.1:{port}/news/1.html",
        "http://localhost:{port}/secret",
        "http://[::1]:{port}/",
        "http://169.254.169.254/latest/",
    ],
)
def test_a_redirect_inside_without_permission(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger's host counts as public here; where it sends us does not."""
    import duwang.capture.addresses as addresses

    real, trusted = addresses.refuse_unless_public, set()

    def judged(url: Any) -> None:
        if url.port not in trusted:
            real(url)

    monkeypatch.setattr("duwang.capture.fetcher.refuse_unless_public", judged)
    with serve(_site({})) as inner:
        target = where.format(port=inner.root.rpartition(":")[2])
        with serve({"/": Reply(status=302, headers={"Location": target})}) as outer:
            trusted.add(int(outer.root.rpartition(":")[2]))
            assert inspect(ledger(tmp_path / "ledger", outer.root + "/"), tmp_path / "out").exit_code == 0
            assert outer.paths().count("/") == 2
        assert inner.asked == []
    _everything_unknown(tmp_path / "out", why="地址指向本机或内网")


def test_attachments_that_are_damaged_are_counted_as_not_read(tmp_path: Path) -> None:
    links = "".join(f"<p><a href='/files/{name}'>{name}</a></p>" for name in ("a.xlsx", "b.pdf", "c.doc", "d.zip"))
    article = page("公示", f"<h1>公示</h1><div>发布日期：2024-09-28</div><div class='content'>{TEXT}{links}</div>")
    broken = {
        f"/files/{name}": Reply(b"PK\x03\x04 broken" * 40, headers={"Content-Type": "application/octet-stream"})
        for name in ("a.xlsx", "b.pdf", "c.doc", "d.zip")
    }
    with serve(_site({"/news/1.html": article, **broken})) as web:
        assert inspect(ledger(tmp_path / "ledger", web.root + "/"), tmp_path / "out", "--allow-loopback").exit_code == 0
    seen = coverage(tmp_path / "out")["attachments"]
    assert (seen["known"], seen["parsed"], sum(seen["failed"].values())) == (4, 0, 4)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0" * 5000,
        b"\xff\xfe\x00\x01" * 999,
        b"<" * 100_000,
        b"<!--" + b"x" * 100_000,
        "县" * 400_000,
        b"<a href='" + b"x" * 300_000,
    ],
)
def test_pages_of_rubbish_do_not_end_the_run(body: bytes | str, tmp_path: Path) -> None:
    with serve(_site({"/news/1.html": body})) as web:
        assert inspect(ledger(tmp_path / "ledger", web.root + "/"), tmp_path / "out", "--allow-loopback").exit_code == 0
    assert (tmp_path / "out" / "verdicts.json").is_file()


def test_a_folder_that_is_no_result(tmp_path: Path) -> None:
    for command in ("judge", "recheck"):
        result = run(command, tmp_path)
        assert result.exit_code == 2
        assert "run.json" in result.stderr
