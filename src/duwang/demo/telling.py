"""What the demo prints, and the page that leads from one round to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from rich.console import Console
from rich.table import Table

from duwang.demo.outcome import Outcome, RoundResult
from duwang.flow.statistics import told

_LABELS = {"index.html": "检查报告（网页）"}
_KINDS = (("site", "政府网站"), ("account", "政务新媒体"))


def tell(outcome: Outcome, out: Path) -> None:
    """Summary, precision and recall by check, verdicts, owners, rounds, documents, seconds; on stdout."""
    console = Console(width=120, highlight=False)
    console.print(_summary(outcome.rounds))
    console.print(_checks(outcome))
    for line in _lines(outcome, out):
        console.print(line, markup=False)


def _summary(rounds: Sequence[RoundResult]) -> Table:
    table = Table(title="检查结果", title_justify="left")
    for heading in ("轮次", "对象", "检查", "合格", "不合格", "待核", "存在问题", "合格率", "复核后待核"):
        table.add_column(heading, justify="left" if heading in ("轮次", "对象") else "right")
    for one in rounds:
        for key, name in _KINDS:
            part, after = one.summary.get(key) or {}, one.reviewed.get(key) or {}
            if part.get("checked"):
                figures = (
                    part["checked"],
                    part["qualified"],
                    part["failed"],
                    part["open"],
                    part["with_problems"],
                    told(part),
                    after.get("open", part["open"]),
                )
                table.add_row(one.title, name, *(str(figure) for figure in figures))
    return table


def _checks(outcome: Outcome) -> Table:
    table = Table(title="对照答案（第1、2轮合计）", title_justify="left")
    for heading in ("检查项", "应查出", "查出", "查全率", "报出", "属实", "准确率", "临界例子", "误报临界", "提示"):
        table.add_column(heading, justify="left" if heading == "检查项" else "right")
    for check, score in outcome.scores.items():
        if score.expected or score.reported or score.near:
            table.add_row(
                check, str(score.expected), str(score.found), _share(score.recall, score.expected), str(score.reported), str(score.right),
                _share(score.precision, score.reported), str(score.near), str(len(score.loud)), str(score.hints),
            )  # fmt: skip
    return table


def _lines(outcome: Outcome, out: Path) -> list[str]:
    total, wrong = outcome.verdicts
    after, after_wrong = outcome.reviewed_verdicts
    owners = outcome.owners
    lines = [
        f"判定：{total}个对象中{total - len(wrong)}个与答案一致；复核后{after}个中{after - len(after_wrong)}个一致",
        *(f"  不一致：{line}" for line in [*wrong, *after_wrong]),
        f"责任单位：{owners.right + len(owners.wrong)}条中{owners.right}条正确（{owners.share:.1%}），其中{owners.guessed}条按栏目或网站推定并已标明",
        *(f"  不正确：{line}" for line in owners.wrong),
        f"未查出：{'、'.join(outcome.missed) or '无'}",
        *(f"  答案之外：{line}" for line in outcome.extra),
        *(f"{one.title}：{one.fates}" for one in outcome.rounds),
        *([f"不能判断而没有当作合格：{outcome.unknown}处"] if outcome.unknown else []),
        f"尚未实现、没有计入的检查项：{'、'.join(outcome.absent) or '无'}",
        "用时：" + "，".join(f"{stage}{seconds:.1f}秒" for stage, seconds in outcome.seconds.items()),
        f"结果：{out}；通报、附件、问题清单和报告在 {out / 'round-2'}；在浏览器查看：duwang serve {out} --demo",
    ]
    return lines


def _share(value: float, of: int) -> str:
    return f"{value:.1%}" if of else "—"


def overview(outcome: Outcome, documents: Mapping[str, Sequence[str]]) -> str:
    """A small page with the figures of each round and links to its report and documents."""
    blocks = []
    for one in reversed(outcome.rounds):
        rows = "".join(
            f"<tr><td>{name}</td>"
            + "".join(
                f"<td>{escape(str(part.get(field, '')))}</td>"
                for field in ("checked", "qualified", "failed", "open", "with_problems")
            )
            + f"<td>{escape(told(part))}</td>"
            + "</tr>"
            for key, name in _KINDS
            if (part := one.reviewed.get(key) or one.summary.get(key) or {}).get("checked")
        )
        names = sorted(
            documents.get(one.folder, ()), key=lambda name: (name.startswith("整改通知/"), name != "index.html", name)
        )
        links = "".join(
            f'<li><a href="{escape(one.folder)}/{escape(name)}">{escape(_LABELS.get(name, name))}</a></li>'
            for name in names
        )
        blocks.append(
            f"<section><h2>{escape(one.title)}</h2><table><tr><th>对象</th><th>检查</th><th>合格</th><th>不合格</th><th>待核</th><th>存在问题</th><th>合格率</th></tr>{rows}</table>"
            f"<p>{escape(one.fates)}</p><ul>{links}</ul></section>"
        )
    style = (
        "body{font-family:'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:880px;margin:40px auto;padding:0 20px;color:#1f2933;line-height:1.7}"
        "h1{font-size:24px;border-bottom:3px solid #b5121b;padding-bottom:8px}table{border-collapse:collapse;width:100%}"
        "th,td{border:1px solid #cbd2d9;padding:6px 12px;text-align:center}th{background:#f0f4f8}td:first-child{text-align:left}"
        "a{color:#0b5394}section{margin-bottom:32px}ul{columns:2}p.note{color:#52606d}"
    )
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>仿真县检查结果</title><style>{style}</style></head><body><h1>仿真县政府网站与政务新媒体检查结果</h1>'
        f'<p class="note">仿真县是虚构的：网站、账号、稿件和其中的问题都由程序生成。</p>{"".join(blocks)}</body></html>'
    )
