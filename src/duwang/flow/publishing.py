"""The verb publish: the documents of a finished folder. Everything is scanned for leaks before it is written."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from pathlib import Path

from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.render.report import report_html
from duwang.bulletin.render.report_data import Beside, Report
from duwang.bulletin.render.reviews import reviews_xlsx
from duwang.bulletin.render.reviews_rows import list_rows, manual_rows
from duwang.bulletin.render.statistics import statistics_xlsx
from duwang.checks.check import all_checks
from duwang.flow.counting import Statistics, count_all
from duwang.flow.edited import set_aside_list, set_aside_notice
from duwang.flow.folder import Folder
from duwang.flow.forms import Document, documents, notice_of, remarks
from duwang.flow.forms import publish_forms as publish_forms
from duwang.flow.judged import Judged
from duwang.flow.ports import Progress
from duwang.flow.quarters import earlier_rounds, take_over_rounds
from duwang.flow.records import case_from
from duwang.flow.redacting import fit_to_leave
from duwang.flow.slips import remove_old, slip_documents
from duwang.flow.supervision import supervision

REVIEWS, STATISTICS, REPORT = "问题清单.xlsx", "统计.xlsx", "index.html"
_MANY_ROWS = 5000
FORMS_WRITTEN = ("docx", "pdf", "xlsx", "md")
_WORDS = {
    "通报.docx": "通报，公文格式，可以接着改", "通报.pdf": "通报，定稿版式", "附件.xlsx": "通报的附件和计数用的表", "通报.md": "通报全文，纯文本",
    REVIEWS: "全部问题，填“决定”列后用 duwang judge 重新判定",
    STATISTICS: "合格率、排名、问题种类、发布、任务、信件、全年累计",
}  # fmt: skip


def publish(folder: Folder, *, previous: Folder | None, progress: Progress) -> list[str]:
    """Write every document of a judged folder; returns the names written. What cannot be written is said in one sentence
    and loses nothing else; an older file of that name is removed, so that nothing contradicts the verdicts."""
    if previous is not None:
        take_over_rounds(folder, previous)
    judged = Judged.of(folder)
    fit = fit_to_leave(judged)
    if fit.redacted:
        progress(f"{len(fit.redacted)}个问题的文字里有未遮掩的个人信息，写出的文书里已略去")
    written: list[str] = []
    faults: list[str] = []
    if aside := set_aside_list(folder.path / REVIEWS, folder.reviews()):
        told = f"里有{aside[1]}条没有读入的决定" if aside[1] else "里有写法认不出的决定"
        progress(f"{REVIEWS}{told}，原表已另存为“{aside[0].name}”；要读入，请用 duwang judge 目录 --reviews 这个文件")

    def tell(message: str) -> None:
        faults.append(message)
        progress(message)

    statistics = _statistics(fit.judged, folder, tell)
    for name, make in (
        *_lists(fit.judged, statistics),
        *_notice(fit.judged, tell, progress),
        *_slips(fit.judged, folder, tell),
    ):
        if _write(folder, name, make, tell):
            written.append(name)
    _remove_stale(folder, written)
    if _write(folder, REPORT, lambda: _report(fit.judged, folder, written, faults, statistics), progress):
        written.append(REPORT)
    return written


def _lists(judged: Judged, statistics: Statistics) -> Sequence[Document]:
    return ((REVIEWS, lambda: _reviews(judged)), (STATISTICS, lambda: statistics_xlsx(statistics.tables)))


def _statistics(judged: Judged, folder: Folder, tell: Progress) -> Statistics:
    try:
        return count_all(judged, earlier_rounds(folder), _titles())
    except Exception as fault:
        tell(f"统计没有写出：程序出错（{type(fault).__name__}：{fault}）")
        return Statistics((), ())


def _notice(judged: Judged, tell: Progress, progress: Progress) -> Sequence[Document]:
    """The notice in its forms; nothing, with the reason told, when it cannot be composed."""
    try:
        notice = notice_of(judged)
    except BulletinFault as fault:
        tell(f"通报没有写出：{fault}")
        return ()
    except Exception as fault:
        tell(f"通报没有写出：程序出错（{type(fault).__name__}：{fault}）")
        return ()
    for line in remarks(notice):
        progress(line)
    return tuple(documents(notice, forms=FORMS_WRITTEN, progress=progress))


def _slips(judged: Judged, folder: Folder, tell: Progress) -> Sequence[Document]:
    """整改通知: one for every unit, and the round-up."""
    try:
        return tuple(slip_documents(judged, [case_from(line) for line in folder.read_lines("cases.jsonl")]))
    except BulletinFault as fault:
        tell(f"整改通知没有写出：{fault}")
        return ()
    except Exception as fault:
        tell(f"整改通知没有写出：程序出错（{type(fault).__name__}：{fault}）")
        return ()


def _remove_stale(folder: Folder, written: Sequence[str]) -> None:
    """Documents of an earlier judgement that this one did not write again must not lie beside it."""
    for name in _WORDS:
        if name not in written:
            (folder.path / name).unlink(missing_ok=True)
    remove_old(folder, written)


def _report(
    judged: Judged, folder: Folder, written: Sequence[str], faults: Sequence[str], statistics: Statistics
) -> bytes:
    beside = tuple(Beside(name, _in_words(name), (folder.path / name).stat().st_size) for name in written)
    report = Report(
        registry=judged.registry, verdicts=judged.verdicts, findings=judged.findings, earlier=judged.earlier,
        reviews=judged.reviews, summary=judged.summary, coverage=judged.coverage, run=judged.run,
        checks=_titles(), clauses=judged.clauses(), documents=beside,
        faults=tuple(faults), charts=statistics.charts, tables=statistics.tables,
    )  # fmt: skip
    return report_html(report).encode()


def _titles() -> dict[str, str]:
    return {check.id: check.title for check in all_checks().values()}


def _in_words(name: str) -> str:
    path = Path(name)
    if path.parent.name:
        return "按单位汇总" if path.stem == "汇总表" else f"发给{path.stem}"
    return _WORDS.get(path.name, "")


def _reviews(judged: Judged) -> bytes:
    rows = list_rows(judged.findings, judged.verdicts, titles=_titles(), reviews=judged.reviews)
    asked = [verdict for verdict in (*judged.verdicts, supervision(judged)) if verdict is not None]
    written = reviews_xlsx(rows, manual_rows(asked, reviews=judged.reviews))
    if len(rows) > _MANY_ROWS:
        gc.collect()  # a workbook's cells hold one another: a hundred megabytes would wait for the next round
    return written


def _write(folder: Folder, name: str, make: Callable[[], bytes], progress: Progress) -> bool:
    """One document; a program fault in one of them must not cost the others, so it is told like a fault in the material."""
    try:
        body = make()
        if aside := set_aside_notice(folder.path / name, body):
            progress(f"{name}有人改过，改过的已另存为“{aside.name}”")
        folder.write(name, body)
    except BulletinFault as fault:
        progress(f"{name}没有写出：{fault}")
    except Exception as fault:
        progress(f"{name}没有写出：程序出错（{type(fault).__name__}：{fault}）")
    else:
        return True
    return False
