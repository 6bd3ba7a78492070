"""duwang text, duwang read."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from duwang.commands.asking import Day
from duwang.flow.folder import FolderFault
from duwang.model.material import Document

_MAX = 50 * 1024 * 1024


@click.command(short_help="发布前检查文稿：表述、隐私、公文格式")
@click.argument("files", nargs=-1, metavar="[文件…|-]")
@click.option("--json", "as_json", is_flag=True, help="打印JSON；多个文件时每行一个，带file")
@click.option(
    "--docx",
    "docx",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="把问题写成批注，另存为这个docx",
)
@click.option("--as-of", type=Day(), help="按哪一天的规则检查；默认今天")
@click.option("--edition", default="national-2019", show_default=True, metavar="名称", help="指标版本")
@click.option("--overlay", "overlays", multiple=True, metavar="名称", help="地方规则，可以写多次")
def text(
    files: tuple[str, ...],
    as_json: bool,
    docx: Path | None,
    as_of: date | None,
    edition: str,
    overlays: tuple[str, ...],
) -> None:
    """检查文稿。支持txt、html、docx、pdf等；写 - 或不写文件则从标准输入读取。"""
    from duwang.flow.text import Checked, check_text
    from duwang.judge.edition import load_edition

    used = load_edition(edition, overlays)
    names = _expanded(files)
    many = len(names) > 1 or _is_folder(files)
    last: Checked | None = None
    for name in names:
        try:
            document, is_plain = _document(name)
        except FolderFault as fault:
            if not many:
                raise
            _failed(name, fault, as_json=as_json)
            continue
        last = check_text(
            document, edition=used, as_of=as_of or date.today(), name=Path(name).name if name != "-" else "文稿"
        )
        record = last.record(with_text=not is_plain)
        if as_json:
            click.echo(json.dumps({"file": name, **record} if many else record, ensure_ascii=False))
        else:
            _show(name, record)
    if docx and last:
        _commented(last, docx)


@click.command(short_help="看一个网页或附件是怎样被读出来的")
@click.argument("files", nargs=-1, required=True, metavar="文件或网址…")
@click.option("--json", "as_json", is_flag=True, help="打印JSON；多个文件时每行一个，带file")
@click.option("--allow-loopback", is_flag=True, help="允许访问本机和内网地址（默认拒绝）")
def read(files: tuple[str, ...], as_json: bool, allow_loopback: bool) -> None:
    """读一个网页或附件：标题、发布日期、来源、文号、正文、链接、附件等。"""
    from duwang.flow.reading import record_of

    names = _expanded(files)
    many = len(names) > 1 or _is_folder(files)
    for name in names:
        try:
            document, _ = _fetched(name, allow_loopback=allow_loopback) if "://" in name else _document(name)
        except FolderFault as fault:
            if not many:
                raise
            _failed(name, fault, as_json=as_json)
            continue
        record = record_of(document)
        if as_json:
            click.echo(json.dumps({"file": name, **record} if many else record, ensure_ascii=False))
        else:
            _tell_reading(record)


def _is_folder(files: tuple[str, ...]) -> bool:
    return any("://" not in name and name != "-" and Path(name).is_dir() for name in files)


def _expanded(files: tuple[str, ...]) -> list[str]:
    """Files named, folders walked; `-` is standard input."""
    names: list[str] = []
    for name in files or ("-",):
        if "://" not in name and name != "-" and Path(name).is_dir():
            names += sorted(
                str(path) for path in Path(name).rglob("*") if path.is_file() and not path.name.startswith(".")
            )
        else:
            names.append(name)
    if not names:
        raise FolderFault(f"文件夹{'、'.join(files)}里没有文件")
    return names


def _failed(name: str, fault: Exception, *, as_json: bool) -> None:
    """One bad file of many: its own line, the others go on."""
    if as_json:
        click.echo(json.dumps({"file": name, "error": str(fault)}, ensure_ascii=False))
    else:
        click.echo(f"错误：{fault}", err=True)


def _document(name: str) -> tuple[Document, bool]:
    """The document and whether it was plain text."""
    from duwang.reading.any_file import AttachmentFault, read_any

    path = Path(name)
    if name == "-":
        body, path = sys.stdin.buffer.read(_MAX + 1), Path("文稿.txt")
    elif not path.is_file():
        raise FolderFault(f"文件“{name}”不存在")
    else:
        body = path.read_bytes() if path.stat().st_size <= _MAX else b"x" * (_MAX + 1)
    if len(body) > _MAX:
        raise FolderFault(f"文件“{name}”超过50MB，不能检查")
    try:
        return read_any(body, name=path.name), path.suffix.lower() in (".txt", ".md", "")
    except AttachmentFault as fault:
        raise FolderFault(f"文件“{name}”无法读取：{fault}") from None


def _fetched(url: str, *, allow_loopback: bool) -> tuple[Document, bool]:
    from duwang.flow.fetching import fetch_one
    from duwang.reading.any_file import AttachmentFault, read_any

    capture = fetch_one(url, allow_loopback=allow_loopback)
    if not capture.ok:
        raise FolderFault(f"网址“{url}”读取失败：{capture.reason}")
    try:
        return read_any(
            capture.body, name=url.rsplit("/", 1)[-1], content_type=capture.content_type, url=capture.final_url
        ), False
    except AttachmentFault as fault:
        raise FolderFault(f"网址“{url}”无法读取：{fault}") from None


def _commented(checked: Any, path: Path) -> None:
    from duwang.bulletin.render.commented import write_commented

    comments = [(d.start or 0, d.end or 0, d.message, d.suggestion) for _, d in checked.found if d.start is not None]
    write_commented(checked.document.body, comments, path, title=checked.document.title)
    click.echo(f"已写出带批注的 {path}", err=True)


def _show(name: str, record: dict[str, Any]) -> None:
    console = Console()
    table = Table(title=f"{name}：{len(record['findings'])}处", title_justify="left")
    for heading in ("位置", "等级", "原文", "建议", "说明"):
        table.add_column(heading)
    for found in record["findings"]:
        suggestion = "" if found["suggestion"] is None else found["suggestion"] or "（删去）"
        table.add_row(str(found["start"]), found["severity"], found["quote"], suggestion, found["message"])
    console.print(table)


def _tell_reading(record: dict[str, Any]) -> None:
    for label, value in _lines(record):
        if value:
            click.echo(f"{label}：{value}")
    click.echo("")
    click.echo(record["body"])


def _lines(record: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "标题", record["title"]
    yield "类型", record["kind"]
    yield "发布日期", record["published"] or "没有印出"
    yield "来源", record["source"]
    yield "发布机构", record["issuer"]
    yield "文号", record["doc_no"]
    yield "索引号", record["index_no"]
    yield "公开属性", record["disclosure"]
    yield "附件", "；".join(link["text"] or link["url"] for link in record["attachments"])
    yield "编码", record["charset"]
