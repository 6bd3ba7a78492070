"""整改通知/: the slips of a judged folder, one for every unit, and the round-up for the superior."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from duwang.bulletin.compose import period_in_words
from duwang.bulletin.gathering import gather
from duwang.bulletin.issuing import issuer_of
from duwang.bulletin.leaks import ensure_clean
from duwang.bulletin.render.docx import render_docx
from duwang.bulletin.slips import Item, Sender, file_names, items_of, round_up, slips
from duwang.bulletin.standing import Jury
from duwang.bulletin.tree import Bulletin
from duwang.cases.opening import RECTIFY_DAYS, due_date
from duwang.flow.edited import EDITED
from duwang.flow.folder import Folder
from duwang.flow.judged import Judged
from duwang.flow.ports import Progress
from duwang.flow.records import case_from
from duwang.flow.redacting import Scanner, fit_to_leave
from duwang.model.verdicts import Case

FOLDER, ROUND_UP = "整改通知", "汇总表.docx"


def write_slips(folder: Folder, *, progress: Progress) -> list[str]:
    """Write every slip of a judged folder and remove those of units that have none any more; returns the names written."""
    judged = fit_to_leave(Judged.of(folder.require())).judged
    cases = [case_from(line) for line in folder.read_lines("cases.jsonl")]
    written = []
    for name, make in slip_documents(judged, cases):
        folder.write(name, make())
        written.append(name)
    remove_old(folder, written)
    progress(f"写出整改通知{max(len(written) - 1, 0)}份")
    return written


def slip_documents(judged: Judged, cases: Sequence[Case]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """File names with what writes them; each slip is leak-scanned when it is written."""
    scan = Scanner.of(judged.registry, _as_of(judged))
    items, sender = _items(judged, cases), _sender(judged)
    if not items:
        return
    made = slips(items, sender)
    for unit, name in file_names(made):
        yield f"{FOLDER}/{name}", _writer(made[unit], scan, f"给{unit}的整改通知")
    yield f"{FOLDER}/{ROUND_UP}", _writer(round_up(items, sender), scan, "整改汇总表")


def remove_old(folder: Folder, written: Sequence[str]) -> None:
    """A slip of an earlier judgement must not stay beside the new ones, unless people changed it and it was set aside."""
    for path in (folder.path / FOLDER).glob("*.docx"):
        if f"{FOLDER}/{path.name}" not in written and f"（{EDITED}" not in path.name:
            path.unlink()


def _writer(slip: Bulletin, scan: Scanner, what: str) -> Callable[[], bytes]:
    def make() -> bytes:
        ensure_clean(slip.texts(), scan=scan, what=what)
        return render_docx(slip)

    return make


def _items(judged: Judged, cases: Sequence[Case]) -> tuple[Item, ...]:
    jury = Jury.of(judged.verdicts, judged.reviews)
    gathered = gather(judged.registry, judged.verdicts, judged.findings, jury=jury, rounds={}, earlier=judged.earlier)
    return items_of(gathered, judged.registry, cases)


def _sender(judged: Judged) -> Sender:
    """The deadline is that of the cases this round opens, and of the notice."""
    day = _as_of(judged)
    return Sender(
        issuer=issuer_of(judged.registry),
        period=period_in_words(judged.run),
        day=day,
        deadline=due_date(day, working_days=judged.rectify_days() or RECTIFY_DAYS).date,
    )


def _as_of(judged: Judged) -> date:
    return date.fromisoformat(str(judged.run["as_of"])[:10])
