"""duwang editions, checks, lexicon: the catalogue, documented from source."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from duwang.checks.check import all_checks
from duwang.checks.precision import written
from duwang.flow.folder import FolderFault
from duwang.judge.edition import load_edition, read, shipped

_WIDE = 160  # columns of a table that goes to a file or another program


@click.group(short_help="指标版本：列出、查看、比较")
def editions() -> None:
    """指标版本和地方规则。"""


@editions.command("list", short_help="列出指标版本和地方规则")
def list_editions() -> None:
    """列出随系统提供的指标版本和地方规则。"""
    for kind, word in (("edition", "指标版本"), ("overlay", "地方规则")):
        for name in sorted(shipped(kind)):
            click.echo(f"{word}  {name:<24}  {read(shipped(kind)[name])['title']}")


@editions.command("show", short_help="查看一个指标版本的全部指标")
@click.argument("name", metavar="名称", default="national-2019")
@click.option("--overlay", "overlays", multiple=True, metavar="名称", help="叠加地方规则")
def show_edition(name: str, overlays: tuple[str, ...]) -> None:
    """查看一个指标版本：编号、名称、适用、效力、起算数、由谁判断、依据等级。"""
    edition = load_edition(name, overlays)
    click.echo(f"{edition.title}（{edition.name}）  校验值 {edition.hash[:16]}")
    table = Table()
    for heading in ("编号", "指标", "适用", "效力", "起算", "判断", "依据等级"):
        table.add_column(heading)
    for one in edition.indicators:
        who = "人工" if one.rule == "manual" else "机器提出、人工确认" if one.needs_person else "机器"
        grade = f"{one.grade}（未核实）" if one.grade == "C" else one.grade
        applies = "网站" if one.applies == "site" else "新媒体"
        effect = {"veto": "单项否决", "points": "扣分", "bonus": "加分", "report": "只报告"}.get(one.effect, one.effect)
        table.add_row(one.code, one.title, applies, effect, str(one.at_least or ""), who, grade)
    Console(width=None if sys.stdout.isatty() else _WIDE).print(table)


@editions.command("diff", short_help="比较两个指标版本")
@click.argument("one", metavar="版本")
@click.argument("other", metavar="版本或地方规则")
def diff_editions(one: str, other: str) -> None:
    """逐项比较两个指标版本；第二个是地方规则时，比较叠加前后的不同。"""
    from duwang.judge.diff import diff

    first = load_edition(one)
    local = other in shipped("overlay") or any(
        other in read(path).get("aliases", []) for path in shipped("overlay").values()
    )
    second = load_edition(one, (other,)) if local else load_edition(other)
    for change in diff(first, second):
        click.echo(change.in_words())
    if not diff(first, second):
        click.echo("没有不同")


@click.group(short_help="检查项：列出、查看说明")
def checks() -> None:
    """检查项。"""


@checks.command("list", short_help="列出全部检查项和实测准确率")
@click.argument(
    "folders", nargs=-1, metavar="[结果目录…]", type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="写出规则精度.tsv")
def list_checks(folders: tuple[Path, ...], out: Path | None) -> None:
    """列出全部检查项。准确率来自自带的标注语料；写上结果目录，再加上其中的复核意见。低于下限的规则降为提示。"""
    from duwang.checks.precision import merged, shipped, tally
    from duwang.flow.folder import Folder
    from duwang.model.rulings import Rulings

    records = dict(shipped())
    for path in folders:
        store = Folder(path)
        records = merged(records, tally(store.findings(), Rulings(store.reviews())))
    for one in all_checks().values():
        record = records.get(one.id)
        click.echo(f"{one.id:<34}{record.told() if record else '尚无复核':<24}{one.title}")
    if out:
        out.write_text(written(records), encoding="utf-8")
        click.echo(f"已写出 {out}", err=True)


@checks.command("show", short_help="查看一个检查项的说明")
@click.argument("name", metavar="检查项")
def show_check(name: str) -> None:
    """查看一个检查项：查什么、依据、会报、不报、怎么改。"""
    found = all_checks().get(name)
    if found is None:
        raise FolderFault(f"没有检查项“{name}”，可用 duwang checks list 查看全部")
    click.echo(f"{found.id}  {found.title}\n\n{found.doc}")


@click.group(short_help="词库：校验、导入、导出")
def lexicon() -> None:
    """词库。"""


@lexicon.command("check", short_help="校验词库")
@click.argument("files", nargs=-1, metavar="[文件…]", type=click.Path(path_type=Path))
def check_lexicon(files: tuple[Path, ...]) -> None:
    """校验词库：冲突、正确写法自己命中、缺少出处；并按出处统计条数。不写文件则校验自带词库。"""
    from duwang.checks.text import lexicon as words

    for path in files:
        if not path.is_file():
            raise FolderFault(f"词库文件“{path}”不存在")
    loaded = words.load(files) if files else words.shipped()
    problems = list(words.check(loaded))
    for problem in problems:
        click.echo(str(problem))
    for source, number in sorted(words.counts(loaded).items(), key=lambda pair: -pair[1]):
        click.echo(f"{number:>6}  {source}")
    if problems:
        raise SystemExit(2)
    click.echo("没有问题")


@lexicon.command("import", short_help="把表格里的词条变成词库")
@click.argument("path", metavar="文件", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="文件.tsv", help="写到哪里；默认同名的.tsv"
)
def import_lexicon(path: Path, out: Path | None) -> None:
    """读入本单位的词条（xlsx、CSV或TSV，列：错误写法*、正确写法*、类别、级别、来源 等），校验后写成词库。

    写出的词库用 --lexicon 指定，或放进 --lists 文件夹。
    """
    from duwang.flow.word_sheets import read_words

    text, number = read_words(path)
    target = out or path.with_suffix(".tsv")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
    click.echo(f"已写出 {target}，{number}条")


@lexicon.command("export", short_help="导出自带词库")
@click.argument("path", metavar="[文件]", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="文件", help="写到哪里，同上面的文件")
def export_lexicon(path: Path | None, out: Path | None) -> None:
    """把自带词库导出为xlsx（列名为中文）或TSV，不写文件名则为 词库.xlsx。"""
    from duwang.checks.text import lexicon as words
    from duwang.flow.word_sheets import write_words

    loaded = words.shipped()
    click.echo(f"已写出 {write_words(loaded.entries, path or out or Path('词库.xlsx'))}，{len(loaded.entries)}条")
