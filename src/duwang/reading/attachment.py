"""Attachments: bytes → text with tables, or the reason why there is none. Nothing raises; "" is never a success."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from importlib import import_module
from typing import cast

from duwang.model.material import Table
from duwang.reading import recognition
from duwang.reading.office import archive
from duwang.reading.office.extract import Extract, Status, Unreadable
from duwang.reading.office.sniffing import IMAGE_KINDS, sniff
from duwang.reading.picture import marks_of

_UNSHOWN = re.compile("[\0\ud800-\udfff]")
MAX_BYTES = 200 * 1024 * 1024

_READERS = {
    "docx": "docx",
    "xlsx": "workbook",
    "xlsb": "workbook",
    "xls": "workbook",
    "ods": "workbook",
    "pdf": "pdf",
    "doc": "doc",
    "ofd": "ofd",
    "rtf": "rtf",
    "odt": "odf",
    "odp": "odf",
    "pptx": "slides",
    "office-html": "webpage",
    "mht": "webpage",
    "flat-xml": "flat_xml",
    "txt": "plain",
    "csv": "delimited",
}  # kind → module of duwang.reading.office with `read(body) -> Extract`; imported when first needed
_DRAWN = ("pdf", "jpg", "png")
_MEDIA = {
    "mp3": "音频",
    "mp4": "音视频",
    "mkv": "音视频",
    "flv": "音视频",
    "ogg": "音视频",
    "riff": "音视频",
    "exe": "程序",
    "elf": "程序",
}


@dataclass(frozen=True, slots=True)
class AttachmentText:
    """`status` text means `text` holds something; otherwise `detail` says in Chinese why not. With text, `detail` names what
    was left out. `kind` is what the content is (docx, pdf, png …), whatever the name says. Tables start at their offset in `text`.
    `codes`: what QR codes say; `recognised`: the text was read off a picture, fit for finding numbers, not for judging wording.
    `marks`: what a scan or picture shows (red-header, seal), None when it was not drawn."""

    status: Status
    text: str = ""
    tables: tuple[Table, ...] = ()
    detail: str = ""
    kind: str = ""
    marks: tuple[str, ...] | None = None
    codes: tuple[str, ...] = ()
    recognised: bool = False


def read_attachment(body: bytes, *, name: str, content_type: str = "") -> AttachmentText:
    """Text of an attachment, or what keeps it from being read."""
    if len(body) > MAX_BYTES:
        return AttachmentText("unsupported", detail=f"文件大于{MAX_BYTES // 1024 // 1024} MB，未读取", kind="large")
    kind, extract = "unknown", Extract("")
    status: Status = "text"
    try:
        kind = sniff(body, name=name, content_type=content_type)
        status, extract = _read(body, kind, archive.Budget())
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the sniffer itself
        return AttachmentText("damaged", detail=f"文件结构异常，读取失败（{type(error).__name__}）", kind=kind)
    if status != "text":
        drawn = kind in _DRAWN and status in ("no-text-layer", "image")
        return AttachmentText(status, detail=extract.note, kind=kind, marks=marks_of(body) if drawn else None)
    return AttachmentText("text", _clean(extract.text), _cleaned(extract.tables), extract.note, kind)


def recognised(read: AttachmentText, body: bytes) -> AttachmentText:
    """A picture or scan with what is written in it; what cannot be recognised keeps its status, with the reason."""
    if read.status not in ("image", "no-text-layer") or (read.kind not in IMAGE_KINDS and read.kind != "pdf"):
        return read
    if read.kind != "pdf" and not (recognition.may_hold_text(body) or recognition.may_hold_code(body)):
        return replace(read, detail=f"{read.detail}；太小，没有识别")
    seen = recognition.recognise(body, kind=read.kind)
    if seen.codes and not seen.text:
        codes = "\n".join(f"二维码：{code}" for code in seen.codes)
        return replace(
            read, status="text", text=_clean(codes), detail="图片里只有二维码", codes=seen.codes, recognised=True
        )
    if not seen.text:
        return replace(read, detail=f"{read.detail}；{seen.why}")
    return replace(
        read, status="text", text=_clean(seen.text), detail="文字由图片识别得来", codes=seen.codes, recognised=True
    )


def _read(body: bytes, kind: str, budget: archive.Budget) -> tuple[Status, Extract]:
    """Status and text; with another status than text the note is the reason."""
    try:
        extract = _extract(body, kind, budget)
    except Unreadable as reason:
        return reason.status, Extract("", note=reason.detail)
    except (KeyboardInterrupt, SystemExit):
        raise
    except MemoryError:
        return "damaged", Extract("", note="读取时内存超过限度")
    except BaseException as error:  # a panic of a reader written in Rust is no Exception
        return "damaged", Extract("", note=f"文件结构异常，读取失败（{type(error).__name__}）")
    if not extract.text.replace("\0", " ").strip():
        return "no-text-layer", Extract("", note=extract.note or "文件里没有文字")
    return "text", extract


def _inside(body: bytes, name: str, budget: archive.Budget) -> tuple[Status, Extract]:
    return _read(body, sniff(body, name=name), budget)


def _extract(body: bytes, kind: str, budget: archive.Budget) -> Extract:
    if kind == "zip":
        return archive.read(body, inner=_inside, budget=budget)
    if kind in _READERS:
        module = import_module(f"duwang.reading.office.{_READERS[kind]}")
        return cast(Extract, module.read(body))
    if kind in IMAGE_KINDS:
        raise Unreadable("image", "图片，没有文字层")
    if kind == "encrypted-office":
        raise Unreadable("encrypted", "文件加了打开密码")
    if kind == "empty":
        raise Unreadable("damaged", "文件是空的（0字节）")
    if kind == "ole-damaged":
        raise Unreadable("damaged", "文件结构损坏")
    if kind == "html":
        raise Unreadable("unsupported", "内容是网页，不是附件文件")
    raise Unreadable(
        "unsupported", f"{_MEDIA.get(kind, '')}{kind}格式不支持" if kind != "unknown" else "不认识的文件格式"
    )


def _clean(text: str) -> str:
    """Characters that no reader can show (lone surrogates, NUL) are replaced one for one, so that offsets stay true."""
    return (
        text
        if text.isascii() and "\0" not in text
        else _UNSHOWN.sub(lambda found: " " if found[0] == "\0" else "\ufffd", text)
    )


def _cleaned(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """The tables with the same replacements as the text they lie in."""
    if not any(_UNSHOWN.search(cell) for table in tables for row in table.rows for cell in row):
        return tables
    return tuple(replace(table, rows=tuple(tuple(map(_clean, row)) for row in table.rows)) for table in tables)
