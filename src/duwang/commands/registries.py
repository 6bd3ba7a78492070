"""duwang registry, duwang cases."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from duwang.commands import asking
from duwang.commands.alone import alone
from duwang.commands.asking import Day
from duwang.flow.folder import FolderFault
from duwang.flow.registry import check as check_ledger
from duwang.flow.registry import load
from duwang.flow.registry.exporting import export as export_ledger
from duwang.flow.registry.template import write_template


@click.group(short_help="名录：校验、导出、模板、找栏目")
def registry() -> None:
    """名录的校验、导出和模板。"""


@registry.command("check", short_help="逐行校验名录")
@click.argument("path", metavar="名录")
@click.option("--json", "as_json", is_flag=True, help="打印JSON")
def check_(path: str, as_json: bool) -> None:
    """逐行校验名录，说明哪个文件、哪一行、哪一列有什么问题、怎么改。有错误时退出码为2。"""
    report = check_ledger(path)
    if as_json:
        record = {
            "problems": [str(problem) for problem in report.problems],
            "warnings": [str(problem) for problem in report.warnings],
            "counts": dict(report.counts),
            "unknown_columns": {sheet: list(names) for sheet, names in report.extra.items()},
        }
        click.echo(json.dumps(record, ensure_ascii=False))
    else:
        for problem in report.problems:
            click.echo(f"错误  {problem}")
        for warning in report.warnings:
            click.echo(f"提醒  {warning}")
        for sheet, names in report.extra.items():
            click.echo(f"提醒  “{sheet}”表有不认识的列：{'、'.join(names)}，已原样保留")
        click.echo("，".join(f"{sheet}{number}条" for sheet, number in report.counts.items()) or "没有读到记录")
    if report.problems:
        raise SystemExit(2)


@registry.command("template", short_help="写出名录的Excel模板")
@click.argument("path", metavar="[文件.xlsx]", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="文件.xlsx", help="写到哪里，同上面的文件"
)
def template(path: Path | None, out: Path | None) -> None:
    """写出带填写说明、下拉选项的名录模板，不写文件名则为 名录模板.xlsx。"""
    target = path or out or Path("名录模板.xlsx")
    write_template(target)
    click.echo(f"已写出 {target}")


@registry.command("export", short_help="名录在CSV文件夹和xlsx之间转换")
@click.argument("source", metavar="名录")
@click.argument("target", metavar="[文件夹或文件.xlsx]", type=click.Path(path_type=Path), required=False)
@click.option("--out", type=click.Path(path_type=Path), metavar="文件夹或文件.xlsx", help="写到哪里，同上面的第二项")
def export(source: str, target: Path | None, out: Path | None) -> None:
    """把名录导出为CSV文件夹，或者一个xlsx；自己加的列一并带上。"""
    where = target or out
    if where is None:
        raise click.UsageError("没有写明导出到哪里，例如 名录.xlsx")
    export_ledger(load(source), where)
    click.echo(f"已写出 {where}")


@registry.command("discover", short_help="从网站上找出栏目，供核对后写进名录")
@click.argument("url", metavar="首页网址")
@click.option(
    "--out",
    "out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("栏目.xlsx"),
    show_default=True,
    metavar="文件.xlsx",
    help="写到哪个Excel文件",
)
@click.option("--as-of", type=Day(), help="最近更新算到哪一天；默认今天")
@click.option(
    "--max-pages", type=click.IntRange(min=1), default=300, show_default=True, metavar="页数", help="最多读取的页数"
)
@asking.delay("两次访问之间的间隔")
@asking.allow_loopback
def discover_(url: str, out: Path, as_of: date | None, max_pages: int, delay: float, allow_loopback: bool) -> None:
    """读首页的导航和栏目块（两层），提出栏目清单：类别、是否一级、最近更新、有几成把握。核对一遍即可作为名录的“栏目”表。"""
    from duwang.flow.discovered_sheet import write_discovered
    from duwang.flow.discovering import discover

    address = url if "://" in url else f"http://{url}"
    found = discover(address, as_of=as_of or date.today(), allow_loopback=allow_loopback, delay=delay, most=max_pages)
    write_discovered(found, out)
    sure = sum(proposed.sureness == "高" for _, proposed in found.columns)
    click.echo(f"读取{found.pages}页，提出{len(found.columns)}个栏目（{sure}个把握高），已写出 {out}")


@click.group(short_help="整改工单：导入别人发现的问题")
def cases() -> None:
    """整改工单。"""


@cases.command("import", short_help="导入上级检测反馈、找错、曝光台的问题")
@click.argument("path", metavar="文件", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--into",
    "folder",
    default=Path(),
    type=click.Path(path_type=Path),
    metavar="结果目录",
    help="记入哪个结果目录；默认当前目录",
)
def import_(path: Path, folder: Path) -> None:
    """把别人发现的问题按责任单位记为工单。文件是CSV或xlsx，列：责任单位*、问题*、来源、对象、网址、期限。"""
    from duwang.flow.casework import import_cases
    from duwang.flow.folder import Folder

    if not path.is_file():
        raise FolderFault(f"文件“{path}”不存在")
    store = Folder(folder).require()
    with alone(folder):
        made = import_cases(store, path)
    click.echo(f"已记入{len(made)}件工单，涉及{len({case.org for case in made})}个单位")
