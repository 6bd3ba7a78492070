"""A small invented county on loopback for whole runs: one portal, one office site, four accounts; pages can be changed between runs."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

AS_OF = date(2024, 9, 30)
PORTAL, OFFICE = "5399210001", "5399210002"
_FOOT = "<footer><p>主办：云岭县人民政府办公室　网站标识码：{code}　滇公网安备53000000000001号　滇ICP备05000001号-1</p></footer>"


def id_number(serial: int) -> str:
    """A well-formed number of nobody: 云南, a county code that does not exist, born 1990-03-07."""
    body = f"53099919900307{serial:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


class Web:
    """Paths → (status, HTML). What is not there is a 404."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, str]] = {}

    def put(self, path: str, html: str, *, status: int = 200) -> None:
        self.pages[path] = (status, html)


@contextmanager
def serving(web: Web) -> Iterator[str]:
    """The pages over HTTP on a free port of 127.0.0.1."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, text = web.pages.get(self.path, (404, "<html><body>没有</body></html>"))
            body = text.encode()
            self.send_response(status)
            self.send_header(
                "Content-Type", "application/xml" if self.path.endswith(".xml") else "text/html; charset=utf-8"
            )
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET

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


def page(title: str, body: str, *, code: str = PORTAL, published: date | None = None, source: str = "") -> str:
    """One page with the marks a government page carries."""
    line = f"<div class='info'>发布日期：{published}　来源：{source}</div>" if published else ""
    return f"""<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title>
<meta name="SiteName" content="云岭县"><meta name="SiteIDCode" content="{code}"><meta name="ArticleTitle" content="{title}">
{f'<meta name="PubDate" content="{published} 09:00">' if published else ""}</head><body>
<h1>{title}</h1>{line}<div class="content">{body}</div>{_FOOT.format(code=code)}</body></html>"""


def build(web: Web) -> None:
    """Fill both sites (/a portal, /b office) and the feeds (/feeds)."""
    _site(web, "/a", PORTAL, ("动态要闻", "通知公告", "政策文件"), newest=AS_OF - timedelta(days=2))
    _site(web, "/b", OFFICE, ("工作动态", "通知公告"), newest=AS_OF - timedelta(days=40))
    leak = "<p>{name}，身份证号码{number}，已纳入救助范围，公示期七天。</p>"
    web.put("/a/1/2.html", _article("救助对象公示", leak.format(name="张某某", number=id_number(7))))
    web.put("/a/1/3.html", _article("救助对象公示（二）", leak.format(name="李某某", number=id_number(15))))
    web.put("/a/1/4.html", _article("志愿者招募", "<p>有意报名的请联系王某，手机号码13912340000，以便登记。</p>"))
    web.put("/feeds/1.xml", _feed("云岭发布", AS_OF - timedelta(days=1)))
    web.put("/feeds/2.xml", _feed("云岭教育", AS_OF - timedelta(days=60)))


def _article(title: str, body: str, *, published: date = AS_OF - timedelta(days=5), code: str = PORTAL) -> str:
    return page(
        title,
        f"<p>为进一步做好相关工作，现将有关事项公布如下。</p>{body}",
        code=code,
        published=published,
        source="云岭县教育局",
    )


def _site(web: Web, root: str, code: str, columns: Sequence[str], *, newest: date) -> None:
    nav = "".join(f'<li><a href="{root}/{n}/">{name}</a></li>' for n, name in enumerate(columns, 1))
    items = []
    for n, name in enumerate(columns, 1):
        rows = []
        for k in range(1, 5):
            day = newest - timedelta(days=3 * (k - 1))
            title = f"{name}第{k}条稿件"
            web.put(
                f"{root}/{n}/{k}.html",
                _article(title, f"<p>这是{name}第{k}条稿件的正文内容。</p>", published=day, code=code),
            )
            rows.append(f'<li><a href="{root}/{n}/{k}.html">{title}</a><span>{day}</span></li>')
        web.put(f"{root}/{n}/", page(name, f"<ul class='list'>{''.join(rows)}</ul>", code=code))
        items += rows[:2]
    dead = f'<p><a href="{root}/gone.html">旧专题</a></p>'
    web.put(
        f"{root}/", page("首页", f"<nav><ul>{nav}</ul></nav><ul class='list'>{''.join(items)}</ul>{dead}", code=code)
    )


def _feed(name: str, newest: date) -> str:
    items = "".join(
        f"<item><title>{name}第{k}期</title><link>http://127.0.0.1/p/{name}{k}</link><description>本期内容第{k}期。</description>"
        f"<pubDate>{(newest - timedelta(days=3 * k)).strftime('%a, %d %b %Y')} 08:00:00 +0800</pubDate></item>"
        for k in range(3)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'


def ledger(folder: Path, root: str) -> Path:
    """The registry's CSVs for the served county."""
    folder.mkdir(parents=True, exist_ok=True)
    office, school = "云岭县人民政府办公室", "云岭县教育局"
    sheets = {
        "单位": [["名称", "简称", "上级单位", "行政区划", "类型"], ["云岭县人民政府", "", "", "云岭县", "政府"],
                [office, "县政府办", "云岭县人民政府", "云岭县", "部门"], [school, "县教育局", "云岭县人民政府", "云岭县", "部门"],
                ["云岭县民政局", "县民政局", "云岭县人民政府", "云岭县", "部门"]],
        "网站": [["网站标识码", "名称", "首页网址", "类型", "主办单位", "主管单位"],
                [PORTAL, "云岭县人民政府网", f"{root}/a/", "门户", office, office],
                [OFFICE, "云岭县教育局网", f"{root}/b/", "部门", school, office]],
        "栏目": [["网站标识码", "栏目名称", "栏目网址", "类别", "一级"], [PORTAL, "动态要闻", f"{root}/a/1/", "动态要闻", "是"],
                [PORTAL, "通知公告", f"{root}/a/2/", "通知公告", "是"], [PORTAL, "政策文件", f"{root}/a/3/", "政策文件", "是"],
                [OFFICE, "工作动态", f"{root}/b/1/", "动态要闻", "是"], [OFFICE, "通知公告", f"{root}/b/2/", "通知公告", "是"]],
        "新媒体": [["备案单号", "平台", "名称", "主办单位", "主管单位", "采集方式", "采集地址"],
                 ["70001", "微信公众号", "云岭发布", office, office, "订阅", f"{root}/feeds/1.xml"],
                 ["70002", "微博", "云岭教育", school, office, "订阅", f"{root}/feeds/2.xml"],
                 ["70003", "抖音", "云岭民政", "云岭县民政局", office, "订阅", f"{root}/feeds/none.xml"],
                 ["70004", "微信公众号", "云岭政务", office, office, "接口", "weixin"]],
    }  # fmt: skip
    for name, rows in sheets.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows(rows)
    return folder
