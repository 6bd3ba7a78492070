"""A generated site of any size: columns with paging, articles of a given length, attachments, pictures, dead and difficult links.

Every path is made from its number alone, so that a hundred thousand pages need no memory and two runs see the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kit.small_county import id_number

CODE = "5399210009"
AS_OF = date(2024, 9, 30)
_PER_LIST = 20
_SUBJECTS = [
    "防汛备汛",
    "乡村道路",
    "义务教育",
    "医疗保障",
    "就业服务",
    "文化惠民",
    "粮食生产",
    "森林防火",
    "安全生产",
    "营商环境",
    "人居环境",
    "养老服务",
]
_VERBS = ["部署", "推进", "检查", "调研", "总结", "督办", "研究", "落实"]
_SENTENCES = (
    "县人民政府召开专题会议，研究{s}工作，听取有关部门情况汇报，明确下一步任务和责任分工。",
    "会议指出，{s}事关群众切身利益，各乡镇、各部门要提高认识，细化措施，按时间节点完成任务。",
    "今年以来，全县投入资金{n}万元，实施项目{m}个，覆盖行政村{m}个，受益群众{n}人。",
    "下一步，将加强日常巡查和动态管理，对发现的问题建立台账，逐项整改，逐一销号。",
    "有关单位负责人参加会议，并就{s}的重点难点问题作了交流发言。",
    "各责任单位每月{d}日前报送进展情况，县政府办公室定期通报。",
)
_HEAD = """<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}-云岭县人民政府</title>
<meta name="SiteName" content="云岭县人民政府"><meta name="SiteDomain" content="127.0.0.1"><meta name="SiteIDCode" content="{code}">
<meta name="ColumnName" content="{column}"><meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{day}">
<link rel="stylesheet" href="/css/site.css"></head><body>
<div class="header"><a href="/"><img src="/img/logo.png" alt="云岭县人民政府"></a><ul class="nav">{nav}</ul></div>"""
_FOOT = """<div class="footer"><p>主办：云岭县人民政府办公室　网站标识码：{code}　滇公网安备53000000000009号　滇ICP备05000009号-1</p>
<p><a href="/about/">关于我们</a> <a href="/map/">网站地图</a></p></div></body></html>"""


@dataclass(frozen=True, slots=True)
class WideSite:
    """`articles` over `columns`, each of about `chars` characters; `dead` links, and as many of each difficult kind as said;
    `leaks` articles hold an invented ID number. `slow` addresses answer after `slow_seconds`."""

    articles: int = 400
    columns: int = 8
    chars: int = 1000
    dead: int = 0
    forbidden: int = 0
    limited: int = 0
    slow: int = 0
    slow_seconds: float = 20.0
    leaks: int = 0
    attachments: int = 0
    outside: str = ""

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes, float]:
        """Status, headers, body and seconds to wait for one path."""
        html = {"Content-Type": "text/html; charset=utf-8"}
        wait = 0.0
        if path.startswith("/slow/"):
            wait = self.slow_seconds
        elif path.startswith("/forbidden/"):
            return 403, html, b"<html><title>403</title></html>", 0.0
        elif path.startswith("/limited/"):
            return 429, html, b"<html><title>429</title></html>", 0.0
        elif path.startswith("/files/") and self._number(path) < self.attachments:
            return 200, {"Content-Type": "text/plain; charset=utf-8"}, self._attachment(self._number(path)), 0.0
        elif path == "/css/site.css":
            return 200, {"Content-Type": "text/css"}, b"body{margin:0}", 0.0
        elif path.startswith("/img/"):
            return 200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n", 0.0
        if (body := self.page(path)) is None:
            return 404, html, "<html><title>404</title><body>页面不存在</body></html>".encode(), 0.0
        etag = '"' + hashlib.sha256(body).hexdigest()[:16] + '"'
        return 200, {**html, "ETag": etag}, body, wait

    def page(self, path: str) -> bytes | None:
        """The HTML of a path; None when there is nothing."""
        if path == "/":
            return self._home().encode()
        parts = path.strip("/").split("/")
        if parts[0] in ("about", "map", "slow"):
            return self._wrapped("关于我们", "", "<p>云岭县人民政府网站由县政府办公室主办。</p>", AS_OF).encode()
        if parts[0].startswith("c") and parts[0][1:].isdigit() and int(parts[0][1:]) < self.columns:
            column = int(parts[0][1:])
            if len(parts) == 1:
                return self._list(column, 0)
            if parts[1].startswith("index_"):
                return self._list(column, int(parts[1][6:].partition(".")[0]))
            if parts[1].startswith("t"):
                number = int(parts[1].partition("_")[2].partition(".")[0])
                return (
                    self._article(number).encode()
                    if number < self.articles and number % self.columns == column
                    else None
                )
        return None

    def paths(self) -> Iterator[str]:
        """Every page that exists, difficult addresses left out."""
        yield "/"
        for column in range(self.columns):
            for page in range(self._pages(column)):
                yield f"/c{column}/" if page == 0 else f"/c{column}/index_{page}.html"
        for number in range(self.articles):
            yield self._path(number)
        yield from ("/about/", "/map/")

    def dead_links(self, root: str) -> set[str]:
        """The addresses planted as dead."""
        return {root + f"/gone/{n}.html" for n in range(self.dead)}

    def ledger(self, folder: Path, root: str) -> Path:
        """The registry of this one site."""
        folder.mkdir(parents=True, exist_ok=True)
        office = "云岭县人民政府办公室"
        kinds = ("动态要闻", "通知公告", "政策文件", "政策解读", "人事", "规划计划", "数据", "重点领域")
        sheets = {
            "单位": [["名称", "简称"], [office, "县政府办"]],
            "网站": [
                ["网站标识码", "名称", "首页网址", "类型", "主办单位"],
                [CODE, "云岭县人民政府", root + "/", "门户", office],
            ],
            "栏目": [["网站标识码", "栏目名称", "栏目网址", "类别"]]
            + [[CODE, f"{kinds[n % 8]}{n}", f"{root}/c{n}/", kinds[n % 8]] for n in range(self.columns)],
        }
        for name, rows in sheets.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as stream:
                csv.writer(stream).writerows(rows)
        return folder

    def _number(self, path: str) -> int:
        digits = "".join(c for c in path.rpartition("/")[2] if c.isdigit())
        return int(digits) if digits else 1 << 30

    def _pages(self, column: int) -> int:
        return max(1, -(-len(range(column, self.articles, self.columns)) // _PER_LIST))

    def _path(self, number: int) -> str:
        return f"/c{number % self.columns}/t{self._day(number):%Y%m%d}_{number}.html"

    def _day(self, number: int) -> date:
        return AS_OF - timedelta(days=1 + number // (self.columns * 2))

    def _title(self, number: int) -> str:
        subject, verb = _SUBJECTS[number % len(_SUBJECTS)], _VERBS[number // 7 % len(_VERBS)]
        return f"云岭县{verb}{subject}工作（第{number}期）"

    def _nav(self) -> str:
        return "".join(f'<li><a href="/c{n}/">栏目{n}</a></li>' for n in range(self.columns))

    def _wrapped(self, title: str, column: str, body: str, day: date) -> str:
        head = _HEAD.format(title=title, code=CODE, column=column, day=f"{day} 09:00", nav=self._nav())
        return head + body + _FOOT.format(code=CODE)

    def _home(self) -> str:
        rows = "".join(self._row(n) for n in range(min(24, self.articles)))
        outside = f'<a href="{self.outside}">外部网站</a>' if self.outside else ""
        return self._wrapped("首页", "", f'<div class="news"><ul>{rows}</ul></div>{outside}', AS_OF)

    def _row(self, number: int) -> str:
        return f'<li><a href="{self._path(number)}">{self._title(number)}</a><span>{self._day(number)}</span></li>'

    def _list(self, column: int, page: int) -> bytes | None:
        if page >= self._pages(column):
            return None
        numbers = range(column, self.articles, self.columns)[page * _PER_LIST : (page + 1) * _PER_LIST]
        rows = "".join(self._row(n) for n in numbers)
        more = f'<a href="/c{column}/index_{page + 1}.html">下一页</a>' if page + 1 < self._pages(column) else ""
        return self._wrapped(
            f"栏目{column}", f"栏目{column}", f'<ul class="list">{rows}</ul><div class="pages">{more}</div>', AS_OF
        ).encode()

    def _article(self, number: int) -> str:
        subject, text = _SUBJECTS[number % len(_SUBJECTS)], []
        size, chance, pick = 0, random.Random(number), ""
        while size < self.chars:  # no sentence twice in a row: that would be a fault nobody planted
            pick = chance.choice([one for one in _SENTENCES if one != pick])
            line = pick.format(s=subject, n=chance.randint(100, 9999), m=chance.randint(3, 99), d=chance.randint(3, 28))
            text.append(line)
            size += len(line)
        if number < self.leaks:
            text.insert(1, f"救助对象张某某，身份证号码{id_number(number % 999)}。")
        paragraphs = "".join(f"<p>{''.join(text[k : k + 3])}</p>" for k in range(0, len(text), 3))
        line = f'<div class="info">发布日期：{self._day(number)}　来源：云岭县人民政府办公室</div>'
        extra = "".join(f'<p><a href="{link}">{name}</a></p>' for link, name in self._extra(number))
        body = f'<h1>{self._title(number)}</h1>{line}<div class="content">{paragraphs}{extra}</div>'
        return self._wrapped(self._title(number), f"栏目{number % self.columns}", body, self._day(number))

    def _extra(self, number: int) -> Iterator[tuple[str, str]]:
        """Planted links: the n-th of a kind stands on article n and on article n + 7."""
        for kind, many in (
            ("gone", self.dead),
            ("forbidden", self.forbidden),
            ("limited", self.limited),
            ("slow", self.slow),
        ):
            for n in {number, number - 7}:
                if 0 <= n < many:
                    yield f"/{kind}/{n}.html", f"相关链接{n}"
        if number < self.attachments:
            yield f"/files/a{number}.txt", f"附件{number}.txt"

    def _attachment(self, number: int) -> bytes:
        rows = "\n".join(f"{n}\t张某某\t云岭县\t{number * 10 + n}元" for n in range(12))
        return f"序号\t姓名\t住址\t金额\n{rows}\n".encode()
