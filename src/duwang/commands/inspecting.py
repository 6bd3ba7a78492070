"""duwang inspect."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from duwang.commands import asking
from duwang.commands.alone import alone
from duwang.commands.asking import Day, PeriodOf, tell
from duwang.commands.tables import summary_table
from duwang.model.period import Span


@click.command(short_help="按名录检查网站和新媒体，写出判定、通报和清单")
@click.argument("registry", metavar="名录")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="目录", help="结果目录")
@click.option("--as-of", type=Day(), help="监测时间点；默认今天，检查期已过则为检查期最后一天")
@click.option("--period", type=PeriodOf(), help="检查期，如2024Q3、2024-09、2024；不写则读取能读到的全部内容")
@asking.edition
@asking.overlays
@click.option(
    "--previous", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="目录", help="上一轮的结果目录"
)
@click.option(
    "--probes",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="文件",
    help="可用性访问记录（probes.jsonl）",
)
@click.option("--only", multiple=True, metavar="对象", help="只查 sites、accounts 或某个标识码、备案单号、对象编号")
@click.option("--sample", is_flag=True, help="抽查：按地方细则的比例抽取网站和新媒体，抽中的和种子写进drawn.json")
@click.option(
    "--check", "checks", multiple=True, metavar="检查项", help="只做某个检查项或某一类，如 privacy/id-number、privacy"
)
@click.option(
    "--max-pages",
    type=click.IntRange(1),
    default=5000,
    show_default=True,
    metavar="页数",
    help="每个网站最多读取的页数",
)
@asking.delay()
@asking.allow_loopback
@click.option("--resume", is_flag=True, help="接着做上次中断的检查")
@click.option("--since", type=Day(), help="全面清查：早于检查期的稿件也读，读到这一天为止（判定仍按检查期）")
@click.option("--all", "everything", is_flag=True, help="全面清查：不论日期，能读到的全部读")
@asking.lexicons()
@asking.lists()
@click.option("--no-links", is_flag=True, help="不检查链接能否打开")
@click.option(
    "--browser-pages",
    type=click.IntRange(0, 50),
    default=6,
    show_default=True,
    metavar="页数",
    envvar="DUWANG_BROWSER_PAGES",
    help="有浏览器时，每个网站抽几页看无障碍、点外链看离开提示；0为不用",
)
@click.option("--json", "as_json", is_flag=True, help="在标准输出打印 summary.json")
def inspect(
    registry: str, out: Path, as_of: date | None, period: Span | None, edition: str, overlays: tuple[str, ...], previous: Path | None,
    probes: Path | None, only: tuple[str, ...], checks: tuple[str, ...], max_pages: int, delay: float, allow_loopback: bool,
    resume: bool, since: date | None, everything: bool, lexicons: tuple[Path, ...], lists: Path | None,
    no_links: bool, browser_pages: int, as_json: bool, sample: bool,
) -> None:  # fmt: skip
    """检查。名录可以是存放CSV的文件夹、一个xlsx，或者一个网址。

    结果写到 --out 目录：问题（findings.jsonl）、判定（verdicts.json）、通报.docx、附件.xlsx、问题清单.xlsx、index.html 等。
    """
    from duwang.flow.drawing import RECORD, draw_round
    from duwang.flow.folder import Folder
    from duwang.flow.inspection import inspect as run
    from duwang.flow.registry import load
    from duwang.flow.settings import Settings
    from duwang.flow.supplement import is_part_of_a_finished_round, reopen
    from duwang.flow.wordlists import Wordlists
    from duwang.judge.edition import load_edition

    today = date.today()
    at = as_of or (min(today, period.end) if period else today)
    ledger = load(registry)
    if sample and only:
        raise click.UsageError("--sample 和 --only 不能一起用：抽查的对象由抽签决定")
    drawn = draw_round(ledger, load_edition(edition, overlays), as_of=at) if sample else ()
    only = tuple(ref for one in drawn for ref in one.chosen) or only
    for one in drawn:
        tell(one.in_words())
    settings = Settings(
        out=out, as_of=at, period=period, edition=edition, overlays=overlays,
        previous=previous, probes=probes, only=only, checks=checks, max_pages=max_pages, delay=delay,
        allow_loopback=allow_loopback, resume=resume, check_links=not no_links, registry_text=_name(registry),
        since=since, everything=everything, browser_pages=browser_pages, lists=Wordlists(lists, lexicons),
    )  # fmt: skip
    with alone(out):
        if is_part_of_a_finished_round(Folder(out), settings):
            refs = reopen(Folder(out), ledger, settings)
            tell(f"{out} 里已有做完的检查：只重读这{len(refs)}个对象，其余的不动")
            settings = replace(settings, only=tuple(Folder(out).run()["asked"]["only"]), resume=True)
        done = run(ledger, settings, progress=tell)
        if drawn:
            Folder(out).write_json(RECORD, drawn)
    if as_json:
        click.echo(json.dumps(done.summary, ensure_ascii=False))
        return
    summary_table(done.summary)
    tell(f"结果在 {done.out}，先看 {done.out / 'index.html'}")


def _name(registry: str) -> str:
    return registry if "://" in registry else str(Path(registry).resolve())
