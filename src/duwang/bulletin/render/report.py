"""index.html: one page with everything in it, that asks nothing of any server and can be printed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from importlib import resources
from typing import Any
from urllib.parse import quote

from duwang.bulletin.compose import period_in_words
from duwang.bulletin.issuing import place_of
from duwang.bulletin.render.report_data import Beside, Report, coverage_share, payload, unexplained
from duwang.bulletin.render.statistics import Table
from duwang.model.findings import Severity
from duwang.model.verdicts import VerdictKind

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
_MOST_ROWS = 200
_TABS = (
    ("verdicts", "判定"), ("findings", "问题"), ("open", "待核"), ("coverage", "覆盖"), ("rounds", "往期整改"), ("charts", "统计"),
    ("documents", "文书"),
)  # fmt: skip


def report_html(report: Report) -> str:
    """The whole page; the same report gives the same text."""
    data = payload(report)
    title = report_title(report)
    tabs = "".join(_tab(key, words, _badge(key, data, report)) for key, words in _TABS)
    panes = "".join(f'<section class="pane" id="pane-{key}" role="tabpanel" aria-labelledby="tab-{key}">{_inside(key, words, report)}</section>'
                    for key, words in _TABS)  # fmt: skip
    return f"""<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><meta name="robots" content="noindex">
<title>{escape(title)}</title><style>{_asset("report.css")}</style></head>
<body><header class="top"><div class="name">{escape(title)}</div><div class="facts">{"".join(_facts(report))}</div></header>
<main><noscript><p class="warn">本页的清单需要浏览器允许脚本；不允许时请看同目录的 问题清单.xlsx。</p></noscript>
{"".join(_faults(report))}<div class="tiles">{"".join(_tiles(report))}</div>
<nav class="tabs" role="tablist" aria-label="报告各部分">{tabs}</nav>{panes}</main>
<footer class="foot">合格率 =（检查数 − 不合格数）÷ 检查数，有待核的对象时待定。没有检查的指标不作为合格的依据。
<span class="keys"><kbd>/</kbd> 搜索　<kbd>J</kbd><kbd>K</kbd> 上一条下一条　<kbd>Enter</kbd> 展开　<kbd>1</kbd>–<kbd>7</kbd> 换页</span></footer>
<script type="application/json" id="data">{_embedded(data)}</script><script>{_asset("report.js")}{_asset("report_panes.js")}</script></body></html>
"""


def report_title(report: Report) -> str:
    """云岭县政府网站与政务新媒体检查报告, as far as the ledger tells the place."""
    place = place_of(report.registry)
    if not place and len(report.registry.sites) == 1:
        place = f"{report.registry.sites[0].name} "
    return f"{place}政府网站与政务新媒体检查报告"


def _facts(report: Report) -> Iterator[str]:
    run = report.run
    edition = run.get("edition") or {}
    overlays = "、".join(str(one.get("title", "")) for one in run.get("overlays") or ())
    yield _fact("检查期", period_in_words(run) if run.get("period") else "不限")
    yield _fact("监测时间点", str(run.get("as_of", ""))[:10])
    yield _fact("指标版本", f"{edition.get('title', '')}{f'（叠加{overlays}）' if overlays else ''}")
    yield _fact("指标校验值", str(edition.get("hash", ""))[:12])


def _fact(label: str, value: str) -> str:
    return f"<span><b>{label}</b>{escape(value)}</span>"


def _faults(report: Report) -> Iterator[str]:
    if report.faults:
        yield '<div class="warn"><b>有文书没有写出</b><ul>'
        yield from (f"<li>{escape(fault)}</li>" for fault in report.faults)
        yield "</ul></div>"


def _tiles(report: Report) -> Iterator[str]:
    for kind, name in (("site", "政府网站"), ("account", "政务新媒体")):
        told = report.summary.get(kind) or {}
        if told.get("checked"):
            under = f"检查{told['checked']}：合格{told['qualified']} 不合格{told['failed']} 待核{told['open']}"
            if within := told.get("rate_range"):
                under += f"，在{within[0]}至{within[1]}之间"
            rate = "待定" if within else str(told.get("rate") or "—")
            yield _tile(rate, f"{name}合格率", under, "amber" if within else "blue", "verdicts")
    failed, opened = _of(report, VerdictKind.FAILED), _of(report, VerdictKind.OPEN)
    total = len(report.verdicts)
    yield _tile(str(failed), "不合格", f"共判定{total}个网站和账号", "red" if failed else "grey", "verdicts")
    questions = len(unexplained(report))
    yield _tile(str(opened), "待核", f"{questions}个问题的复核会改变判定" if questions else "没有等待复核的问题", "amber" if opened else "grey",
                "open")  # fmt: skip
    serious = sum(1 for one in report.findings if one.severity is Severity.SERIOUS)
    hints = sum(1 for one in report.findings if one.severity is Severity.HINT)
    yield _tile(
        f"{len(report.findings):,}",
        "问题",
        f"严重{serious:,}　一般{len(report.findings) - serious - hints:,}　提示{hints:,}",
        "blue",
        "findings",
    )
    troubled = sum(int((report.summary.get(kind) or {}).get("with_problems", 0)) for kind in ("site", "account"))
    yield _tile(f"{troubled}", "存在问题的对象", f"占判定对象{total}个中的{troubled}个", "blue", "verdicts")
    read, known, share = coverage_share(report.coverage)
    seen = [one for one in report.coverage.values() if one.get("kind") == "account"]
    accounts = f"　账号{sum(1 for one in seen if one['seen'])}/{len(seen)}" if seen else ""
    yield _tile(share, "网页读取覆盖", f"已读{read:,}/应读{known:,}{accounts}", "blue", "coverage")
    rounds = report.summary.get("rounds") or {}
    if any(rounds.get(fate) for fate in ("carried", "relapsed", "rectified", "cannot_tell")):
        left = len(rounds.get("carried", ())) + len(rounds.get("relapsed", ()))
        under = f"改后又犯{len(rounds.get('relapsed', ()))}　已整改{len(rounds.get('rectified', ()))}　不能判断{len(rounds.get('cannot_tell', ()))}"
        yield _tile(str(left), "往期问题仍在", under, "red" if left else "grey", "rounds")


def _of(report: Report, kind: VerdictKind) -> int:
    return sum(1 for verdict in report.verdicts if verdict.verdict is kind)


def _tile(value: str, label: str, under: str, tone: str, tab: str) -> str:
    return f'<a class="tile {tone}" href="#{tab}"><strong>{escape(value)}</strong><span>{escape(label)}</span><small>{escape(under)}</small></a>'


def _tab(key: str, words: str, badge: str) -> str:
    return (
        f'<button role="tab" id="tab-{key}" data-tab="{key}" aria-controls="pane-{key}" aria-selected="false" tabindex="-1">'
        f"{words}{f'<i>{badge}</i>' if badge else ''}</button>"
    )


def _badge(key: str, data: Mapping[str, Any], report: Report) -> str:
    counts = {
        "verdicts": len(report.verdicts), "findings": len(report.findings), "open": _of(report, VerdictKind.OPEN),
        "rounds": sum(n for fate, n in data["rounds"]["counts"].items() if fate != "new"), "documents": len(report.documents),
    }  # fmt: skip
    return f"{counts[key]:,}" if counts.get(key) else ""


def _inside(key: str, words: str, report: Report) -> str:
    heading = f'<h2 class="print-only">{words}</h2>'
    if key == "charts":
        figures = "".join(report.charts) or '<p class="empty">没有可统计的数据。</p>'
        tables = "".join(_table(table, opened=not at) for at, table in enumerate(report.tables))
        return f'{heading}<div class="charts">{figures}</div><div class="tables">{tables}</div>'
    if key == "documents":
        return heading + _documents(report)
    return f'{heading}<div id="list-{key}"></div>'


def _table(table: Table, *, opened: bool) -> str:
    heads = "".join(f"<th>{escape(title)}</th>" for title in table.columns)
    rows = "".join(f"<tr>{''.join(_cell(text) for text in row)}</tr>" for row in table.rows[:_MOST_ROWS])
    left = len(table.rows) - _MOST_ROWS
    notes = [table.note, f"只列前{_MOST_ROWS}行，其余{left}行见 统计.xlsx。" if left > 0 else ""]
    told = "".join(f"<p>{escape(note)}</p>" for note in notes if note)
    return (
        f"<details{' open' if opened else ''}><summary>{escape(table.title)}（{len(table.rows)}行）</summary>"
        f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{told}</div></details>'
    )


def _cell(text: str) -> str:
    """Numbers stand to the right."""
    number = text.rstrip("%").lstrip("+-").replace(".", "", 1).isdigit()
    return f"<td{' class=n' if number else ''}>{escape(text)}</td>"


def _documents(report: Report) -> str:
    plain = "".join(_document(one) for one in report.documents if "/" not in one.path)
    inner = "".join(_document(one) for one in report.documents if "/" in one.path)
    count = sum("/" in one.path for one in report.documents)
    slips = f'<details class="slips"><summary>整改通知（{count}个文件）</summary><ul class="documents">{inner}</ul></details>'
    return (
        f'<ul class="documents">{plain}</ul>{slips if inner else ""}'
        if plain
        else '<p class="empty">没有其他文书。</p>'
    )


def _document(one: Beside) -> str:
    size = f"{one.size / 1024:,.0f} KB" if one.size >= 1024 else f"{one.size} 字节"
    return f'<li><a href="{quote(one.path)}">{escape(one.path)}</a><span>{escape(one.words)}</span><small>{size}</small></li>'


def _embedded(data: Mapping[str, Any]) -> str:
    """JSON that cannot end its script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _asset(name: str) -> str:
    return resources.files("duwang.bulletin.render").joinpath(name).read_text("utf-8")
