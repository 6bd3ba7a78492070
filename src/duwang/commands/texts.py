"""duwang text, duwang read."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from duwang.commands import asking
from duwang.commands.asking import Day
from duwang.flow.folder import FolderFault
from duwang.model.material import Document

if TYPE_CHECKING:
    from duwang.flow.text import Checked

_MAX = 50 * 1024 * 1024
_PLAIN = (".txt", ".md", ".markdown", ".text", "")


@click.command(short_help="发布前检查文稿：表述、隐私、公文格式")
@click.argument("files", nargs=-1, metavar="[文件…|-]")
@click.option("--json", "as_json", is_flag=True, help="打印JSON；多个文件时每行一个，带file")
@click.option(
    "--docx",
    "docx",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="把问题写成批注，另存为这个docx（原稿是docx的保留原有格式）；多个文件时写文件夹名",
)
@click.option(
    "--tidy",
    "tidy",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="一键排版：写出排好版的html、docx和红绿对照，文字一个不动；多个文件时写文件夹名",
)
@click.option("--as-of", type=Day(), help="按哪一天的规则检查；默认今天")
@asking.edition
@asking.overlays
@asking.lexicons()
@asking.lists()
def text(
    files: tuple[str, ...],
    as_json: bool,
    docx: Path | None,
    tidy: Path | None,
    as_of: date | None,
    edition: str,
    overlays: tuple[str, ...],
    lexicons: tuple[Path, ...],
    lists: Path | None,
) -> None:
    """检查文稿。支持txt、md、html、docx、doc、wps、pdf、ofd、rtf、xlsx等；写 - 或不写文件则从标准输入读取。

    文件夹连同其中的文件夹一起检查。只检查文字，不联网，文稿不离开本机。
    """
    from duwang.flow.text import check_text
    from duwang.flow.wordlists import Wordlists
    from duwang.judge.edition import load_edition

    used = load_edition(edition, overlays)
    own = Wordlists(lists, lexicons)
    names = _expanded(files)
    many = len(names) > 1 or _is_folder(files)
    for name in names:
        try:
            document, is_plain, raw = _document(name)
            checked = check_text(document, edition=used, as_of=as_of or date.today(), name=_stem(name), lists=own)
            if docx:
                _commented(checked, raw, _target(docx, name, ".docx", many=many))
            if tidy:
                _tidied(document, _target(tidy, name, "", many=many))
        except FolderFault as fault:
            if not many:
                raise
            _failed(name, fault, as_json=as_json)
            continue
        record = checked.record(with_text=not is_plain)
        if as_json:
            click.echo(json.dumps({"file": name, **record} if many else record, ensure_ascii=False))
        else:
            _show(name, record)


@click.command(short_help="看一个网页或附件是怎样被读出来的")
@click.argument("files", nargs=-1, required=True, metavar="文件或网址…")
@click.option("--json", "as_json", is_flag=True, help="打印JSON；多个文件时每行一个，带file")
@asking.allow_loopback
def read(files: tuple[str, ...], as_json: bool, allow_loopback: bool) -> None:
    """读一个网页或附件：标题、发布日期、来源、文号、正文、链接、附件等。"""
    from duwang.flow.reading import read_with_family, record_of

    names = _expanded(files)
    many = len(names) > 1 or _is_folder(files)
    for name in names:
        try:
            document = (
                _fetched(name, allow_loopback=allow_loopback)
                if "://" in name
                else _document(name, reader=read_with_family)[0]
            )
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


def _document(name: str, *, reader: Callable[..., Document] | None = None) -> tuple[Document, bool, bytes]:
    """The document, whether it was plain text, and the file as it is. `reader` reads as read_any does."""
    from duwang.reading.any_file import AttachmentFault, read_any

    path = Path(name)
    try:
        if name == "-":
            body, path = sys.stdin.buffer.read(_MAX + 1), Path("文稿.txt")
        elif not path.is_file():
            raise FolderFault(f"文件“{name}”不存在")
        else:
            body = path.read_bytes() if path.stat().st_size <= _MAX else b"x" * (_MAX + 1)
    except OSError as fault:
        raise FolderFault(f"文件“{name}”无法读取：{_in_words(fault)}") from None
    if len(body) > _MAX:
        raise FolderFault(f"文件“{name}”超过50MB，不能检查")
    try:
        return (reader or read_any)(body, name=path.name), path.suffix.lower() in _PLAIN, body
    except AttachmentFault as fault:
        raise FolderFault(f"文件“{name}”无法读取：{fault}") from None


def _fetched(url: str, *, allow_loopback: bool) -> Document:
    from duwang.flow.fetching import fetch_one
    from duwang.flow.reading import read_with_family
    from duwang.reading.any_file import AttachmentFault

    capture = fetch_one(url, allow_loopback=allow_loopback)
    if not capture.ok:
        raise FolderFault(f"网址“{url}”读取失败：{capture.reason}")
    try:
        return read_with_family(
            capture.body, name=url.rsplit("/", 1)[-1], content_type=capture.content_type, url=capture.final_url
        )
    except AttachmentFault as fault:
        raise FolderFault(f"网址“{url}”无法读取：{fault}") from None


def _stem(name: str) -> str:
    return Path(name).name if name != "-" else "文稿"


def _target(asked: Path, name: str, suffix: str, *, many: bool) -> Path:
    """Where the result of one file goes: the name that was asked for, or inside the folder that was."""
    folder = many or asked.is_dir() or str(asked).endswith(("/", "\\"))
    path = asked / (Path(_stem(name)).stem + suffix) if folder else asked
    if path.is_dir():
        raise FolderFault(f"“{path}”是文件夹，不能写成文件")
    return path


def _commented(checked: Checked, raw: bytes, path: Path) -> None:
    from duwang.flow.handing_back import commented

    comments = [(d.start, d.end or d.start, d.message, d.suggestion) for _, d in checked.found if d.start is not None]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(commented(checked.document, raw, comments))
    except OSError as fault:
        raise FolderFault(f"“{path}”写不进去：{_in_words(fault)}") from None
    click.echo(f"已写出带批注的 {path}", err=True)


def _tidied(document: Document, path: Path) -> None:
    from duwang.flow.tidying.layout import tidied
    from duwang.flow.tidying.writing import write_tidied

    stem = path.with_suffix("") if path.suffix.lower() in (".html", ".htm", ".docx") else path
    try:
        written = write_tidied(tidied(document), stem, title=document.title or stem.name)
    except OSError as fault:
        raise FolderFault(f"“{stem}”写不进去：{_in_words(fault)}") from None
    if document.images:
        click.echo(f"原稿有{len(document.images)}张图片，排版稿只排文字，图片请手工放回", err=True)
    click.echo(f"已排版：{'、'.join(map(str, written))}", err=True)


def _in_words(fault: OSError) -> str:
    return {errno.EACCES: "没有权限", errno.ENOSPC: "磁盘已满", errno.EISDIR: "是文件夹", errno.ENOTDIR: "上级不是文件夹",
            errno.EEXIST: "同名文件已存在", errno.ENAMETOOLONG: "文件名太长", errno.EROFS: "磁盘只读"}.get(fault.errno or 0, "读写出错")  # fmt: skip


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
