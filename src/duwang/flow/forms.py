"""The notice in its forms: from a judged folder or from a data file, leak-scanned before any of them is written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from duwang.bulletin.compose import compose
from duwang.bulletin.data import load_data
from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.leaks import ensure_clean
from duwang.bulletin.render.docx import render_docx
from duwang.bulletin.render.faces import faces_of
from duwang.bulletin.render.html import render_html
from duwang.bulletin.render.markdown import render_markdown
from duwang.bulletin.render.pdf import render_pdf
from duwang.bulletin.render.rare import rare_characters, spelled
from duwang.bulletin.render.xlsx import render_xlsx
from duwang.bulletin.style import load_style, style_for
from duwang.bulletin.tree import Bulletin
from duwang.bulletin.wording import listed
from duwang.bulletin.writing import write
from duwang.flow.edited import set_aside_notice
from duwang.flow.folder import Folder, FolderFault
from duwang.flow.judged import Judged
from duwang.flow.ports import Progress
from duwang.flow.published import published_tables
from duwang.flow.redacting import Scanner, fit_to_leave
from duwang.model.calendar import is_provisional
from duwang.model.masking import mask_personal

FORMS = ("docx", "pdf", "xlsx", "html", "md")
_NAMES = {"docx": "通报.docx", "pdf": "通报.pdf", "xlsx": "附件.xlsx", "html": "通报.html", "md": "通报.md"}
_CODES = ("备案单号", "网站标识码", "标识码")
Document = tuple[str, Callable[[], bytes]]


def publish_forms(
    source: Path, out: Path, *, forms: Sequence[str], style: str | None, progress: Progress, final: bool = False
) -> list[Path]:
    """Write the asked forms of the notice into `out`; BulletinFault or FolderFault when the material does not do. A form that
    cannot be written for want of fonts is told; it is a fault only when no other form was asked. `final`: a draft is a fault."""
    if source.is_dir():
        notice = notice_from_folder(source, style=style, progress=progress)
    else:
        notice = notice_from_data(source, style=style)
    if final and notice.draft:
        names = listed([one.name for one in notice.pending if one.kind == "待核"], most=8)
        raise BulletinFault(f"不能定稿：{notice.draft.removeprefix('送审稿：')}。待核的是：{names}")
    return write_forms(notice, out, forms=forms, progress=progress)


def write_forms(
    notice: Bulletin,
    out: Path,
    *,
    forms: Sequence[str] = FORMS,
    as_of: date | None = None,
    progress: Progress = lambda _: None,
) -> list[Path]:
    """Write a finished notice, scanned once more; what a clerk must know goes to `progress`."""
    _clean(notice, Scanner(_codes(notice), as_of or notice.head.day or date.today()))
    for line in remarks(notice):
        progress(line)
    store, written = Folder(out), []
    for name, make in documents(notice, forms=forms, progress=progress):
        try:
            body = make()
            if aside := set_aside_notice(out / name, body):
                progress(f"{name}有人改过，改过的已另存为“{aside.name}”")
            written.append(store.write(name, body))
        except BulletinFault as fault:
            if len(forms) == 1:
                raise
            progress(str(fault))
    return written


def notice_from_folder(source: Path, *, style: str | None, progress: Progress) -> Bulletin:
    """The notice on a judged inspection folder."""
    fit = fit_to_leave(Judged.of(Folder(source).require()))
    if fit.redacted:
        progress(f"{len(fit.redacted)}个问题的文字里有未遮掩的个人信息，写出的文书里已略去")
    return notice_of(fit.judged, style=style)


def notice_of(judged: Judged, *, style: str | None = None) -> Bulletin:
    """The notice on judged material, in the named style or the one that belongs to the local rules in force."""
    overlays = [str(overlay["name"]) for overlay in judged.run.get("overlays") or ()]
    made = compose(
        registry=judged.registry, verdicts=judged.verdicts, findings=judged.findings, summary=judged.summary, run=judged.run,
        style=load_style(style or style_for(overlays)), reviews=judged.reviews, previous_findings=judged.earlier,
        tables=published_tables(judged.publications), working_days=judged.rectify_days(),
    )  # fmt: skip
    return _clean(made, Scanner.of(judged.registry, date.fromisoformat(str(judged.run["as_of"])[:10])))


def notice_from_data(source: Path, *, style: str | None) -> Bulletin:
    """The notice in a YAML data file (interfaces §4); the style is the named one, else the file's own."""
    if not source.is_file():
        raise FolderFault(f"“{source}”不存在，应当是检查结果目录或通报数据文件（YAML）")
    material = load_data(source.read_bytes(), name=source.name)
    return write(material, load_style(style or material.style))


def documents(notice: Bulletin, *, forms: Sequence[str] = FORMS, progress: Progress) -> Iterator[Document]:
    """File names with what writes them, the editable form first."""
    makers: dict[str, Callable[[], bytes]] = {
        "docx": lambda: render_docx(notice),
        "xlsx": lambda: render_xlsx(notice),
        "html": lambda: render_html(notice).encode(),
        "md": lambda: render_markdown(notice).encode(),
        "pdf": lambda: _pdf(notice, progress),
    }
    yield from ((_NAMES[form], make) for form, make in makers.items() if form in forms)


def remarks(notice: Bulletin) -> Iterator[str]:
    """What a clerk must know before the notice is issued: open questions, names that usual fonts lack."""
    if notice.pending:
        kinds = sorted({pending.kind for pending in notice.pending})
        yield f"另有{len(notice.pending)}项没有写进通报（{'、'.join(kinds)}），复核后重新判定即可写入"
    if notice.deadline and is_provisional(notice.deadline):
        yield f"{notice.deadline.year}年的放假安排还没有公布，整改期限{notice.deadline.isoformat()}是暂定的，公布后请核对"
    if rare := rare_characters(notice.texts()):
        yield f"通报里有仿宋_GB2312没有的字：{spelled(rare)}。docx里已改用有这些字的字库，打印前请核对"


def _pdf(notice: Bulletin, progress: Progress) -> bytes:
    faces = faces_of(fonts_folder())
    if missing := faces.missing("".join(notice.texts())):
        progress(f"PDF里这些字没有字库能显示：{spelled(missing)}。请把有这些字的字库放到{fonts_folder()}再重新生成")
    return render_pdf(notice, faces=faces)


def fonts_folder() -> Path:
    """Where an office keeps its own fonts."""
    return Path(os.environ.get("DUWANG_DATA", "duwang-data")).resolve() / "fonts"


def _clean(notice: Bulletin, scan: Scanner) -> Bulletin:
    ensure_clean(notice.texts(), scan=scan, what="通报")
    return notice


def _codes(notice: Bulletin) -> tuple[str, ...]:
    """Filing numbers of the tables: they look like numbers of persons or cards and are none."""
    found = {
        row[at] for annex in notice.annexes for at, column in enumerate(annex.columns) if column.title in _CODES for row in annex.rows
    }  # fmt: skip
    return tuple(sorted(code for code in found if code and mask_personal(code) != code))
