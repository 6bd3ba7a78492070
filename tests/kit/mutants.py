"""Valid files of every kind that is read, and the ways to break them: for the fuzz tests and for bench/fuzz.py."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Mapping
from functools import cache

from unit.reading.office_files import docx, id_number, paragraph, pdf, xlsx, zipped
from unit.reading.test_attachment_ofd import ofd, page, text_object
from unit.reading.word_files import doc

_TABLE = f"<w:tbl><w:tr><w:tc>{paragraph('甲某')}</w:tc><w:tc>{paragraph(id_number(1))}</w:tc></w:tr></w:tbl>"
_ROWS = "".join(
    f"<li><a href='/a/{n}.html'>县政府召开第{n}次常务会议</a><span>2024-03-{n:02d}</span></li>" for n in range(1, 9)
)
_HTML = (
    "<html><head><meta charset=utf-8><title>关于召开会议的通知_清溪县</title><meta name=ArticleTitle content='关于召开会议的通知'></head><body>"
    f"<div class=nav><a href=/xw/>新闻</a></div><h1>关于召开会议的通知</h1><p>发布时间：2024-03-15 来源：县政府办</p><div class=con><p>经研究，定于近日召开会议，请准时参加。</p>"
    f"<table><tr><td>甲某</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr></table></div><ul>{_ROWS}</ul><script>createPageHTML(9,0,'index','html')</script>"
    "<div class=foot>主办单位：清溪县</div></body></html>"
)
_XMLISH = (b"<", b">", b"&", b"]]>", b"<![CDATA[", b"</", b"\0", b"\xff", b"%", b"{", b"}", b"\\", b"9999999999", b"-1")
_PART = 0.6


@cache
def seeds() -> Mapping[str, tuple[str, bytes]]:
    """kind → (file name, valid content)"""
    odt = '<?xml version="1.0"?><o:c xmlns:o="o" xmlns:t="t"><t:p>甲<t:s t:c="2"/>乙</t:p><t:table><t:table-row><t:table-cell><t:p>一</t:p></t:table-cell></t:table-row></t:table></o:c>'
    rtf = r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 SimSun;}}\trowd\cellx100\cellx200\pard\intbl \u20844?\u31034?\cell 2\cell\row \pard \'b9\'ab\'ca\'be\par}"
    return {
        "docx": ("a.docx", docx(paragraph("关于公示的通知") + _TABLE, header1=paragraph("页眉"))),
        "xlsx": ("a.xlsx", xlsx(名单=[["姓名", "身份证号"], ["甲某", id_number(2)]], 第二=[[1, 2.5]])),
        "pdf": ("a.pdf", pdf(["公示名单", f"甲某 {id_number(3)}"], ["第二页"])),
        "ofd": ("a.ofd", ofd(page(text_object(10, 20, "公示"), text_object(40, 20, "名单", code=' DeltaX="g 1 4"')), page(text_object(1, 1, "末页")))),
        "rtf": ("a.rtf", rtf.encode()),
        "doc": ("a.doc", doc(("关于公示的通知\r", ""), ("甲某\x07", "cell"), (id_number(4) + "\x07", "cell"), ("\x07", "row"), ("末段\r", ""))),
        "csv": ("a.csv", f"姓名,电话\n甲某,\"1,3\"\n乙,{id_number(5)}\n".encode("gb18030")),
        "txt": ("a.txt", "关于公示的通知\r\n附件".encode()),
        "odt": ("a.odt", zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": odt})),
        "pptx": ("a.pptx", zipped({"[Content_Types].xml": "<x/>", "ppt/slides/slide1.xml": '<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>一</a:t></a:r></a:p></p:sld>'})),
        "zip": ("a.zip", zipped({"名单.docx": docx(paragraph("内")), "里.zip": zipped({"a.txt": "最里"}), "../x.txt": "越界"})),
        "mht": ("a.doc", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"=x\"\n\n--=x\nContent-Type: text/html\n\n<html><body><p>abc</p></body></html>\n--=x--\n"),
        "html": ("a.html", _HTML.encode()),
        "gkmlpt": ("a.json", b'{"articles":[{"title":"\xe5\x85\xb3\xe4\xba\x8e","url":"/a/1.html","date":1710460800,"display_publish_time":"2024-03-15"}],"total":250}'),
        "jpage": ("a.xml", f"<datastore><nextgroup><![CDATA[<a href='/module/jpage/dataproxy.jsp?page=2'></a>]]></nextgroup><recordset><record><![CDATA[{_ROWS}]]></record></recordset></datastore>".encode()),
        "feed": ("a.rss", "<rss version='2.0'><channel><item><title>标题</title><link>http://127.0.0.1/1</link><pubDate>Fri, 15 Mar 2024 08:00:00 +0800</pubDate><description>&lt;p&gt;正文&lt;/p&gt;</description></item></channel></rss>".encode()),
    }  # fmt: skip


def mutated(content: bytes, pick: random.Random) -> bytes:
    """One broken form of the content; for archives often one of the parts inside is what breaks."""
    if content[:2] == b"PK" and pick.random() < _PART and (inside := _inside(content, pick)) is not None:
        return inside
    body = bytearray(content)
    for _ in range(pick.choice((1, 1, 2, 4, 16))):
        body = _WAYS[pick.randrange(len(_WAYS))](body, pick)
    return bytes(body[: 4 * len(content) + 65536])


def _inside(content: bytes, pick: random.Random) -> bytes | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile:
        return None
    name = pick.choice(sorted(parts))
    body = bytearray(parts[name])
    for _ in range(pick.choice((1, 2, 6))):
        body = _WAYS[pick.randrange(len(_WAYS))](body, pick)
    parts[name] = bytes(body)
    if pick.random() < 0.1:
        parts.pop(pick.choice(sorted(parts)))
    return zipped(dict(parts))


def _flip(body: bytearray, pick: random.Random) -> bytearray:
    if body:
        body[pick.randrange(len(body))] = pick.randrange(256)
    return body


def _cut(body: bytearray, pick: random.Random) -> bytearray:
    return body[: pick.randrange(len(body) + 1)]


def _drop(body: bytearray, pick: random.Random) -> bytearray:
    start = pick.randrange(len(body) + 1)
    return body[:start] + body[start + pick.randrange(1, 40) :]


def _repeat(body: bytearray, pick: random.Random) -> bytearray:
    start = pick.randrange(len(body) + 1)
    piece = body[start : start + pick.randrange(1, 60)]
    return body[:start] + piece * pick.choice((2, 3, 200)) + body[start:]


def _insert(body: bytearray, pick: random.Random) -> bytearray:
    start = pick.randrange(len(body) + 1)
    return body[:start] + pick.choice(_XMLISH) * pick.choice((1, 1, 50)) + body[start:]


def _number(body: bytearray, pick: random.Random) -> bytearray:
    """Four bytes become an extreme number: lengths, offsets and counts live there."""
    if len(body) > 4:
        start = pick.randrange(len(body) - 4)
        body[start : start + 4] = pick.choice(
            (b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\0", b"\0\0\0\x80", b"\1\0\0\0")
        )
    return body


_WAYS: tuple[Callable[[bytearray, random.Random], bytearray], ...] = (
    _flip,
    _flip,
    _cut,
    _drop,
    _repeat,
    _insert,
    _number,
)
