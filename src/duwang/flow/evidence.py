"""The verb evidence: everything that proves one finding in one folder, with the SHA-256 of every file."""

from __future__ import annotations

import hashlib
import html as escaping
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from duwang.capture.picture import picture_of
from duwang.capture.vault import Shelves, WarcVault
from duwang.flow.evidence_records import record_of
from duwang.flow.evidence_rows import beijing, sheet_rows
from duwang.flow.evidence_sheet import sheet_docx, sheet_html
from duwang.flow.folder import Folder, FolderFault
from duwang.flow.inspection import vaults_behind
from duwang.flow.marking import only_part, shown, text_view
from duwang.flow.ports import Progress
from duwang.flow.screening import concealed, screened
from duwang.model.findings import Finding
from duwang.reading.any_file import AttachmentFault, read_any
from duwang.reading.charset import decode

RAW, VIEW, PICTURE, PART, SHEET, MANIFEST = "原始", "视图.html", "截图.png", "截图-局部.png", "取证单", "清单.json"
_LEAST = 6
_CASE = "zg-"
_TALL = 1500
_PART_HEIGHT = 900
_POST = 900
_SUFFIXES = {
    b"%PDF": ".pdf",
    b"PK\x03\x04": ".zip",
    b"\xd0\xcf\x11\xe0": ".doc",
    b"\x89PNG": ".png",
    b"\xff\xd8": ".jpg",
}


def gather_evidence(folder: Folder, wanted: str, out: Path, *, progress: Progress) -> list[str]:
    """Write the pack; returns the names written. FolderFault when no finding or several begin so, or nothing was kept."""
    folder.require()
    finding = _chosen(folder, wanted)
    out.mkdir(parents=True, exist_ok=True)
    (out / RAW).mkdir(exist_ok=True)
    record = record_of(folder, finding)
    if record is not None:
        finding = replace(finding, evidence=())  # the page that was read proves nothing of it
    kept = _Kept.of(WarcVault.reading(folder.path / "vault", vaults_behind(folder.path)), finding)
    if record is None:
        notes = list(kept.write(out / RAW))
        view, page = _views(kept, finding)
    else:
        notes = ["这个问题以记录为证据，不以页面为证据"]
        view, page = text_view(record.text, finding), ""
        if record.name:
            (out / record.name).write_bytes(record.table)
    (out / VIEW).write_text(view, "utf-8")
    taken = picture_of(page or view, out / PICTURE)
    picture = None if taken.why else out / PICTURE
    if taken.why:
        notes.append(taken.why)
    elif page and not taken.framed:
        notes.append("原文在页面上没有连续出现，截图上没有加框，标出的原文见视图")
    if picture and taken.height > _TALL and not picture_of(only_part(page or view), out / PART, most=_PART_HEIGHT).why:
        picture = out / PART
    rows = sheet_rows(folder, finding, kept.when, notes, record)
    (out / f"{SHEET}.html").write_text(sheet_html(rows, picture), "utf-8")
    (out / f"{SHEET}.docx").write_bytes(sheet_docx(rows, picture))
    for note in notes:
        progress(note)
    return _manifest(out, finding)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the vaults hold for a finding: contents by SHA-256 (None = not there), when each was read, and sheets by address."""

    shelves: Shelves
    bodies: dict[str, bytes | None]
    read_at: dict[str, str]
    by_url: dict[str, str]

    @staticmethod
    def of(shelves: Shelves, finding: Finding) -> _Kept:
        bodies: dict[str, bytes | None] = {}
        for digest in finding.evidence:
            try:
                bodies[digest] = shelves.read(digest)
            except KeyError:
                bodies[digest] = None
        read_at: dict[str, str] = {}
        by_url: dict[str, str] = {}
        for line in shelves.captures():
            by_url.setdefault(str(line["url"]), str(line["sha256"]))
            if line["sha256"] in bodies:
                read_at.setdefault(str(line["sha256"]), str(line["at"]))
        return _Kept(shelves, bodies, read_at, by_url)

    @property
    def body(self) -> bytes | None:
        """The first content that is there."""
        return next((body for body in self.bodies.values() if body is not None), None)

    @property
    def when(self) -> str:
        """When the first content was read, in Beijing time; empty when nobody knows."""
        at = next(iter(self.read_at.values()), "")
        return beijing(at) if at else ""

    def css_at(self, url: str) -> str:
        digest = self.by_url.get(url) or self.by_url.get(url.partition("?")[0])
        try:
            return decode(self.shelves.read(digest))[0] if digest else ""
        except KeyError:
            return ""

    def write(self, raw: Path) -> Iterator[str]:
        """The contents and their WARC records as files; yields what must be said about them."""
        if not self.bodies:
            yield "这个问题没有页面内容作证据（如打不开的链接、没有读到的对象），以检查记录为准"
        for digest, body in self.bodies.items():
            if body is None:
                yield f"内容{digest[:12]}不在证据库里（往期的结果目录可能已经移走）"
                continue
            (raw / f"{digest[:16]}{_suffix(body)}").write_bytes(body)
            (raw / f"{digest[:16]}.warc.gz").write_bytes(self.shelves.record(digest))


def _chosen(folder: Folder, wanted: str) -> Finding:
    """By the beginning of its number, or by the number of its case as it stands on a 整改通知."""
    wanted = wanted.strip().lower().removeprefix(_CASE)
    if len(wanted) < _LEAST:
        raise FolderFault(f"问题编号至少写前{_LEAST}位，“{wanted}”太短")
    found = [finding for finding in folder.findings() if finding.fingerprint.startswith(wanted)]
    if not found:
        raise FolderFault(f"{folder.path} 里没有编号为“{wanted}”的问题")
    if len(found) > 1:
        raise FolderFault(f"编号以“{wanted}”开头的问题有{len(found)}个，请多写几位")
    return found[0]


def _views(kept: _Kept, finding: Finding) -> tuple[str, str]:
    """The masked text view, and the masked page for the picture (empty for what is no page)."""
    body = kept.body
    if body is None:
        return text_view("", finding), ""
    try:
        document = read_any(body, name=finding.url.rpartition("/")[2] or "页面.html", content_type="", url=finding.url)
    except AttachmentFault as fault:
        return text_view(_near(_plain(body), finding) or str(fault), finding), ""
    if document.medium == "attachment" or b"<" not in body[:2000]:
        return text_view(screened(document), finding), ""
    when = f"读取时间：{kept.when}（北京时间）" if kept.when else ""
    source = concealed(decode(body)[0], document)
    return text_view(screened(document), finding), shown(source, finding, css_at=kept.css_at, when=when)


def _near(text: str, finding: Finding) -> str:
    """Of a feed, the post that the finding is about: from its title on."""
    at = text.find(finding.title) if finding.title else -1
    return text[max(0, at) : max(0, at) + _POST] if at >= 0 else text


def _plain(body: bytes) -> str:
    """The words of a feed or of data; empty for pictures and the like."""
    if body.startswith((b"\x89PNG", b"\xff\xd8", b"GIF8", b"BM", b"PK", b"%PDF")) or b"\0" in body[:2000]:
        return ""
    text = decode(body)[0]
    text = re.sub(r"<!\[CDATA\[|\]\]>", "", text)
    return re.sub(r"[ \t]*\n\s*", "\n", re.sub(r"<[^>]{1,400}>", "\n", escaping.unescape(text))).strip()


def _suffix(body: bytes) -> str:
    for head, suffix in _SUFFIXES.items():
        if body.startswith(head):
            return suffix
    return ".html" if b"<" in body[:2000] else ".bin"


def _manifest(out: Path, finding: Finding) -> list[str]:
    files = sorted(path for path in out.rglob("*") if path.is_file() and path.name != MANIFEST)
    records = [
        {
            "file": path.relative_to(out).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "raw": path.parent.name == RAW,
        }
        for path in files
    ]
    manifest = {
        "fingerprint": finding.fingerprint,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "files": records,
    }
    (out / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return [str(record["file"]) for record in records] + [MANIFEST]
