"""The verb publish: the documents of a finished folder. Everything is scanned for leaks before it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.render.report import report_html
from duwang.bulletin.render.report_data import Beside, Report
from duwang.bulletin.render.reviews import reviews_xlsx
from duwang.bulletin.render.reviews_rows import list_rows, manual_rows
from duwang.checks.check import all_checks
from duwang.flow.folder import Folder
from duwang.flow.judged import Judged
from duwang.flow.ports import Progress
from duwang.flow.redacting import fit_to_leave

REVIEWS, REPORT = "问题清单.xlsx", "index.html"
_WORDS = {REVIEWS: "全部问题，填“决定”列后用 duwang judge 重新判定"}


def publish(folder: Folder, *, previous: Folder | None, progress: Progress) -> list[str]:
    """Write every document of a judged folder; returns the names written. What cannot be written is said in one sentence
    and loses nothing else; an older file of that name is removed, so that nothing contradicts the verdicts."""
    judged = Judged.of(folder)
    fit = fit_to_leave(judged)
    if fit.redacted:
        progress(f"{len(fit.redacted)}个问题的文字里有未遮掩的个人信息，写出的文书里已略去")
    written: list[str] = []
    faults: list[str] = []

    def tell(message: str) -> None:
        faults.append(message)
        progress(message)

    for name, make in _documents(fit.judged):
        if _write(folder, name, make, tell):
            written.append(name)
    if _write(folder, REPORT, lambda: _report(fit.judged, folder, written, faults), progress):
        written.append(REPORT)
    return written


def _documents(judged: Judged) -> Sequence[tuple[str, Callable[[], bytes]]]:
    return ((REVIEWS, lambda: _reviews(judged)),)


def _report(judged: Judged, folder: Folder, written: Sequence[str], faults: Sequence[str]) -> bytes:
    beside = tuple(
        Beside(name, _WORDS.get(Path(name).name, ""), (folder.path / name).stat().st_size) for name in written
    )
    report = Report(
        registry=judged.registry, verdicts=judged.verdicts, findings=judged.findings, earlier=judged.earlier,
        reviews=judged.reviews, summary=judged.summary, coverage=judged.coverage, run=judged.run,
        checks={check.id: check.title for check in all_checks().values()}, clauses=judged.clauses(), documents=beside,
        faults=tuple(faults),
    )  # fmt: skip
    return report_html(report).encode()


def _reviews(judged: Judged) -> bytes:
    titles = {check.id: check.title for check in all_checks().values()}
    rows = list_rows(judged.findings, judged.verdicts, titles=titles, reviews=judged.reviews)
    return reviews_xlsx(rows, manual_rows(judged.verdicts, reviews=judged.reviews))


def _write(folder: Folder, name: str, make: Callable[[], bytes], progress: Progress) -> bool:
    """One document; a program fault in one of them must not cost the others, so it is told like a fault in the material."""
    try:
        folder.write(name, make())
    except BulletinFault as fault:
        progress(f"{name}没有写出：{fault}")
    except Exception as fault:
        progress(f"{name}没有写出：程序出错（{type(fault).__name__}：{fault}）")
    else:
        return True
    Path(folder.path / name).unlink(missing_ok=True)
    return False
