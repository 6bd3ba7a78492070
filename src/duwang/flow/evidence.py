"""The verb evidence: everything that proves one finding in one folder, with the SHA-256 of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from duwang.capture.picture import picture_of
from duwang.capture.vault import WarcVault
from duwang.checks.check import all_checks
from duwang.flow.evidence_sheet import Row, sheet_docx, sheet_html
from duwang.flow.folder import Folder, FolderFault
from duwang.flow.inspection import vaults_behind
from duwang.flow.marking import shown, text_view
from duwang.flow.ports import Progress
from duwang.model.findings import Finding
from duwang.reading.any_file import AttachmentFault, read_any
from duwang.reading.charset import decode

RAW, VIEW, PICTURE, SHEET, MANIFEST = "原始", "视图.html", "截图.png", "取证单", "清单.json"
_LEAST = 6
_SUFFIXES = {b"%PDF": ".pdf", b"PK\x03\x04": ".zip", b"\xd0\xcf\x11\xe0": ".doc"}


def gather_evidence(folder: Folder, wanted: str, out: Path, *, progress: Progress) -> list[str]:
    """Write the pack; returns the names written. FolderFault when no finding or several begin so, or nothing was kept."""
    folder.require()
    finding = _chosen(folder, wanted)
    out.mkdir(parents=True, exist_ok=True)
    (out / RAW).mkdir(exist_ok=True)
    vault = WarcVault.reading(folder.path / "vault", vaults_behind(folder.path))
    notes = []
    view, page = "", ""
    for digest in finding.evidence:
        try:
            body = vault.read(digest)
        except KeyError:
            notes.append(f"内容{digest[:12]}不在证据库里（往期的结果目录可能已经移走）")
            continue
        (out / RAW / f"{digest[:16]}{_suffix(body)}").write_bytes(body)
        (out / RAW / f"{digest[:16]}.warc.gz").write_bytes(vault.record(digest))
        if not view:
            view, page, framed = _views(body, finding)
            if page and not framed:
                notes.append("页面源代码里没有连续的原文，截图上没有加框，标出的原文见视图")
    if not finding.evidence:
        notes.append("这个问题没有页面内容作证据（如打不开的链接、没有读到的对象），以检查记录为准")
    (out / VIEW).write_text(view or text_view(finding.message, finding), "utf-8")
    why = picture_of(page or view or text_view(finding.message, finding), out / PICTURE)
    if why:
        notes.append(why)
    rows = _rows(folder, finding, notes)
    (out / f"{SHEET}.html").write_text(sheet_html(rows), "utf-8")
    (out / f"{SHEET}.docx").write_bytes(sheet_docx(rows, out / PICTURE if not why else None))
    for note in notes:
        progress(note)
    return _manifest(out, finding)


def _chosen(folder: Folder, wanted: str) -> Finding:
    if len(wanted) < _LEAST:
        raise FolderFault(f"问题编号至少写前{_LEAST}位，“{wanted}”太短")
    found = [finding for finding in folder.findings() if finding.fingerprint.startswith(wanted)]
    if not found:
        raise FolderFault(f"{folder.path} 里没有编号为“{wanted}”的问题")
    if len(found) > 1:
        raise FolderFault(f"编号以“{wanted}”开头的问题有{len(found)}个，请多写几位")
    return found[0]


def _views(body: bytes, finding: Finding) -> tuple[str, str, bool]:
    """The masked text view, the masked page for the picture (empty for files), and whether the quote is framed there."""
    try:
        document = read_any(body, name=finding.url.rpartition("/")[2] or "页面.html", content_type="", url=finding.url)
    except AttachmentFault as fault:
        return text_view(f"附件无法读取：{fault}", finding), "", False
    view = text_view(document.body, finding)
    if document.medium == "attachment" or b"<" not in body[:2000]:
        return view, "", False
    source, framed = shown(decode(body)[0], finding)
    return view, source, framed


def _suffix(body: bytes) -> str:
    for head, suffix in _SUFFIXES.items():
        if body.startswith(head):
            return suffix
    return ".html" if b"<" in body[:2000] else ".bin"


def _rows(folder: Folder, finding: Finding, notes: Sequence[str]) -> list[Row]:
    run = folder.run()
    title = all_checks()[finding.check].title if finding.check in all_checks() else finding.check
    pairs = [
        ("问题编号", finding.fingerprint), ("检查项", f"{title}（{finding.check}）"), ("对象", finding.target), ("责任单位", finding.org),
        ("网址", finding.url), ("标题", finding.title), ("问题说明", finding.message), ("原文（已遮掩）", finding.quote),
        ("监测时间点", str(run.get("as_of", ""))), ("读取起止", f"{run.get('started', '')} 至 {run.get('finished', '')}"),
        ("首次发现", finding.first_seen.isoformat()), ("内容摘要（SHA-256）", "、".join(finding.evidence) or "无"),
        ("说明", "；".join(notes) or "无"),
        ("个人信息", f"未遮掩的内容只在“{RAW}”文件夹里，查看和转交须按权限登记；其余文件均已遮掩"),
    ]  # fmt: skip
    return [Row(name, value) for name, value in pairs if value]


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
