"""Columns proposed from a site's own menus and blocks: on the generated county, and on a portal with nested menus, pages of
blocks, `更多` without a name, and much that is no column."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from duwang.cli import main
from duwang.demo.ledger import write_ledger
from duwang.demo.server import serving
from duwang.demo.world import world
from duwang.flow.discovering import discover
from duwang.flow.registry import check, load
from duwang.model.refs import address_key

_AS_OF = date(2024, 3, 20)


@pytest.mark.slow
def test_on_the_generated_county(tmp_path: Path) -> None:
    found = real = invented = proposed = 0
    with serving() as stage:
        stage.world = world(1, stage.first_port)
        ledger = load(write_ledger(tmp_path, 1, stage.first_port))
        for site in ledger.sites:
            if site.state != "正常":
                continue
            wanted = {address_key(column.url) for column in ledger.columns_of(site.code)}
            seen = discover(site.home, as_of=date(2026, 7, 1), allow_loopback=True, delay=0)
            got = {address_key(column.url) for column, _ in seen.columns}
            assert seen.site.code == site.code
            found, real = found + len(wanted & got), real + len(wanted)
            invented, proposed = invented + len(got - wanted), proposed + len(got)
    assert found >= 0.95 * real, f"{found}/{real}"
    assert invented <= 0.05 * proposed, f"{invented}/{proposed}"


def _rows(folder: str, days: list[str], titles: str) -> str:
    lines = (
        f"<li><a href='{folder}{n}.html'>{titles}第{n}期工作情况通报会召开</a><span>{day}</span></li>"
        for n, day in enumerate(days, 1)
    )
    return f"<ul class=list>{''.join(lines)}</ul>"


_DAYS = ["2024-03-15", "2024-03-12", "2024-02-28", "2024-02-20"]
_TOP = (
    "<div class=top><a href=/login.jsp>登录</a><a href=/wza.html>无障碍浏览</a><a href=/map.html>网站地图</a><a href=/en/>English</a></div>"
    "<div class=menu><ul><li><a href=/>首页</a></li>"
    "<li><a href=/xw/>新闻中心</a><ul><li><a href=/xw/zw/>政务要闻</a></li><li><a href=/xw/bm/>部门动态</a></li></ul></li>"
    "<li><a href=/gk/>政务公开</a></li><li><a href=/zj/jj.html>清溪概况</a></li><li><a href=/hd/xx/>县长信箱</a></li></ul></div>"
)
_FOOT = "<div class=footer><a href=/about.html>关于我们</a><a href=/sm.html>网站声明</a> 主办单位：清溪县人民政府办公室 网站标识码：5399210001</div>"
_TEXT = "清溪县位于两江交汇处，辖区面积一千二百平方公里，辖十二个乡镇、两个街道，常住人口三十万人，历史悠久，物产丰富。"


def _page(inside: str, title: str = "清溪县人民政府") -> bytes:
    return f"<html><head><meta charset=utf-8><title>{title}</title></head><body>{_TOP}<div class=main>{inside}</div>{_FOOT}</body></html>".encode()


_PAGES = {
    "/": _page(
        f"<div class=block><div class=hd><span>通知公告</span><a href=/gk/tz/>更多</a></div>{_rows('/gk/tz/', _DAYS, '关于')}</div>"
        "<div class=links><a href=http://127.0.0.1:9/>某省人民政府</a><a href=/tq.html>天气预报</a><a href=/ad.html>喜迎佳节</a></div>"
    ),
    "/xw/zw/": _page(_rows("/xw/zw/", _DAYS, "政务")),
    "/xw/bm/": _page(_rows("/xw/bm/", _DAYS, "部门")),
    "/xw/": _page(
        f"<div><h3>政务要闻</h3><a href=/xw/zw/>更多</a>{_rows('/xw/zw/', _DAYS, '政务')}</div><div><h3>部门动态</h3><a href=/xw/bm/>更多</a>{_rows('/xw/bm/', _DAYS, '部门')}</div>"
    ),
    "/gk/": _page(
        "<div class=left><a href=/gk/zn.html>信息公开指南</a><a href=/gk/nb/>公开年报</a><a href=/gk/cz/>财政预决算</a><a href=/gk/sq/>依申请公开</a><a href=/gk/js/>计划总结</a></div><p>请选择左侧栏目。</p>"
    ),
    "/gk/tz/": _page(_rows("/gk/tz/", _DAYS, "关于")),
    "/gk/zn.html": _page(f"<h1>信息公开指南</h1><div class=con><p>{_TEXT}</p></div>"),
    "/gk/nb/": _page(_rows("/gk/nb/", ["2024-01-31", "2023-01-30", "2022-01-28"], "年度报告")),
    "/gk/cz/": _page(_rows("/gk/cz/", ["2023-09-01", "2023-02-01", "2022-09-01"], "财政预算")),
    "/gk/sq/": _page("<form action=/post><textarea name=t></textarea></form><p>依申请公开须知</p>"),
    "/gk/js/": _page("<div class=empty>栏目建设中</div>"),
    "/zj/jj.html": _page(f"<h1>清溪概况</h1><div class=con><p>{_TEXT}</p><p>{_TEXT}</p></div>"),
    "/hd/xx/": _page(
        "<table><tr><td><a href=/hd/xx/1.html>反映自来水水压不足的问题</a></td><td>已答复</td><td>2024-03-01</td></tr><tr><td><a href=/hd/xx/2.html>咨询老旧小区加装电梯的政策</a></td><td>办理中</td><td>2024-02-20</td></tr></table>"
    ),
    "/ad.html": _page("<p>祝大家佳节快乐。</p>"),
}
for _folder in ("/xw/zw/", "/xw/bm/", "/gk/tz/", "/gk/nb/", "/gk/cz/"):
    for _n in range(1, 5):
        _PAGES[f"{_folder}{_n}.html"] = _page(
            f"<h1>第{_n}期</h1><div>发布时间：2024-03-15</div><div class=con><p>{_TEXT}</p></div>"
        )


@pytest.fixture
def portal() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = _PAGES.get(self.path, b"")
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_nested_menus_blocks_and_what_is_no_column(portal: str) -> None:
    seen = discover(f"{portal}/", as_of=_AS_OF, allow_loopback=True, delay=0)
    assert (seen.site.code, seen.site.owner) == ("5399210001", "清溪县人民政府办公室")
    got = {c.url.removeprefix(portal): (c.name, c.category, c.first_level, p.last, p.sureness) for c, p in seen.columns}
    assert got == {
        "/xw/zw/": ("政务要闻", "动态要闻", False, date(2024, 3, 15), "高"),
        "/xw/bm/": ("部门动态", "动态要闻", False, date(2024, 3, 15), "高"),
        "/gk/tz/": ("通知公告", "通知公告", True, date(2024, 3, 15), "高"),
        "/gk/nb/": ("公开年报", "公开年报", False, date(2024, 1, 31), "高"),
        "/gk/cz/": ("财政预决算", "重点领域", False, date(2023, 9, 1), "高"),
        "/hd/xx/": ("县长信箱", "互动", True, date(2024, 3, 1), "高"),
        "/gk/zn.html": ("信息公开指南", "公开指南", False, None, "中"),
        "/gk/sq/": ("依申请公开", "依申请", False, None, "中"),
        "/zj/jj.html": ("清溪概况", "概况", True, None, "中"),
        "/gk/js/": ("计划总结", "规划计划", False, None, "低"),
    }


def test_the_workbook_is_a_ledger_a_clerk_confirms_once(portal: str, tmp_path: Path) -> None:
    out = tmp_path / "栏目.xlsx"
    done = CliRunner().invoke(
        main,
        [
            "registry",
            "discover",
            f"{portal}/",
            "--out",
            str(out),
            "--as-of",
            "2024-03-20",
            "--delay",
            "0",
            "--allow-loopback",
        ],
    )
    assert done.exit_code == 0, done.output
    assert "提出10个栏目（6个把握高）" in done.output
    sheet = load_workbook(out)["栏目"]
    heads = [cell.value for cell in sheet[1]]
    assert heads[:4] == ["网站标识码*", "栏目名称*", "栏目网址*", "类别"] and heads[-2:] == ["最近更新", "把握"]
    report = check(str(out))
    assert not report.problems, [str(problem) for problem in report.problems]
    assert report.counts["栏目"] == 10


def test_a_site_that_does_not_open_is_one_sentence(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["registry", "discover", "http://127.0.0.1:9/", "--out", str(tmp_path / "x.xlsx"), "--allow-loopback"]
    )
    assert done.exit_code == 2 and "打不开" in done.output and not (tmp_path / "x.xlsx").exists()
