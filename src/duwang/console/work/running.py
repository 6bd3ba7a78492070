"""What each kind of job does, by the flow verbs."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from duwang.console import backing
from duwang.console.audit.chain import record
from duwang.console.bulletins import versions
from duwang.console.people.models import Person
from duwang.console.people.seeing import units_of
from duwang.console.records import cases, deciding, indexing, ledger, papers
from duwang.console.records.models import Job, Manuscript, Notice, Round
from duwang.console.records.sizes import large
from duwang.console.statistics import counting
from duwang.console.watch.models import visits_on_record
from duwang.console.work import queue
from duwang.console.work.watching import COUNTING, DRAFTING
from duwang.flow.faults import USER_FAULTS
from duwang.flow.folder import Folder
from duwang.flow.inspection import inspect
from duwang.flow.judging import judge_again
from duwang.flow.ports import Progress
from duwang.flow.rechecking import recheck
from duwang.flow.settings import Settings
from duwang.flow.verifying import verify
from duwang.model.period import Span


def run(job: Job) -> None:
    """Run one job to its end; a user's mistake is its reason, anything else as well, with the error's name."""
    tell = queue.teller(job)
    try:
        _DOES[job.kind](job.args, tell)
    except USER_FAULTS as fault:
        queue.finish(job, error=str(fault))
        _failed(job)
    except Exception as error:
        queue.finish(job, error=f"运行出错：{type(error).__name__}：{error}"[:2000])
        _failed(job)
    else:
        queue.finish(job)


def inspect_round(args: Mapping[str, Any], tell: Progress) -> None:
    """The whole inspection of a round; a killed one is resumed."""
    round_ = Round.objects.get(pk=args["round"])
    Round.objects.filter(pk=round_.pk).update(state=Round.State.RUNNING)
    options = round_.options
    asked = Settings(
        out=round_.folder, as_of=round_.as_of, period=Span.parse(round_.period) if round_.period else None, edition=round_.edition,
        overlays=tuple(round_.overlays), previous=round_.previous.folder if round_.previous else None, only=tuple(options.get("only", ())),
        checks=tuple(options.get("checks", ())), max_pages=int(options.get("max_pages", 5000)), delay=float(options.get("delay", 0.5)),
        allow_loopback=bool(options.get("allow_loopback")), resume=True, documents=False,
        probes=Path(options["probes"]) if options.get("probes") else visits_on_record(), registry_text=f"名录（批次{round_.pk}）",
    )  # fmt: skip
    scope = ledger.registry(round_.folder / "ledger")
    inspect(scope, asked, progress=tell)
    tell("正在建立索引")
    round_.refresh_from_db()
    indexing.index(round_)
    cases.take_in(round_)
    _count_ahead(round_)
    record("检查完成", target=f"批次{round_.pk}", name=round_.name)


def judge_round(args: Mapping[str, Any], tell: Progress) -> None:
    """Judge again with the decisions made so far."""
    round_ = Round.objects.get(pk=args["round"])
    number = deciding.write_reviews(round_)
    tell(f"按{number}条复核意见重新判定")
    cases.write_out(round_)
    judge_again(
        Folder(round_.folder), edition=args.get("edition"), overlays=args.get("overlays"), reviews=None,
        previous=round_.previous.folder if round_.previous else None,
    )  # fmt: skip
    round_.refresh_from_db()
    indexing.reindex_judgement(round_)
    cases.take_in(round_)
    _count_ahead(round_)
    record("重新判定", target=f"批次{round_.pk}", reviews=number)


def recheck_cases(args: Mapping[str, Any], tell: Progress) -> None:
    """Look again at open cases."""
    round_ = Round.objects.get(pk=args["round"])
    cases.write_out(round_)
    lines = recheck(
        Folder(round_.folder).require(), ids=tuple(args.get("cases", ())), as_of=date.fromisoformat(args["as_of"]),
        delay=float(round_.options.get("delay", 0.5)), allow_loopback=bool(round_.options.get("allow_loopback")), progress=tell,
    )  # fmt: skip
    cases.take_in(round_)
    record("复查", target=f"批次{round_.pk}", cases=len(lines))


def write_papers(args: Mapping[str, Any], tell: Progress) -> None:
    """The documents of a notice."""
    notice = Notice.objects.get(pk=args["notice"])
    tell("正在写通报和附件")
    papers.write(notice, progress=tell)


def count_statistics(args: Mapping[str, Any], tell: Progress) -> None:
    """The statistics of a large round, for everybody or for one person's units."""
    person = Person.objects.get(pk=args["person"]) if args.get("person") else None
    with unhurried():
        counting.prepare(Round.objects.get(pk=args["round"]), units_of(person) if person else None, progress=tell)


def draft_notice(args: Mapping[str, Any], tell: Progress) -> None:
    """The text of a notice on a large round, and what its present version says."""
    notice = Notice.objects.select_related("round", "created_by").get(pk=args["notice"])
    with unhurried():
        papers.make_draft(notice, progress=tell)
    versions.fill(notice)


@contextmanager
def unhurried() -> Iterator[None]:
    """Millions of records come and none goes: looking for rubbish among them takes longer than the work."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def verify_page(args: Mapping[str, Any], tell: Progress) -> None:
    """前台核实 of one manuscript."""
    made = Manuscript.objects.get(pk=args["manuscript"])
    tell(f"正在读取 {made.url}")
    found = verify(made.url, made.text, allow_loopback=settings.ALLOW_LOOPBACK)
    made.verification = found.record()
    made.state = Manuscript.State.VERIFIED if found.same else Manuscript.State.CLEARED
    made.save(update_fields=["verification", "state"])
    record("前台核实", target=f"文稿{made.pk}", same=found.same, url=made.url)


def back_up(args: Mapping[str, Any], tell: Progress) -> None:
    """A backup of everything into the data folder."""
    name = f"备份-{timezone.localtime():%Y%m%d-%H%M%S}.tar.gz"
    tell(f"正在写 {name}")
    backing.backup(Path(settings.DATA) / backing.BACKUPS / name)
    record("备份", target=name)


_DOES: Mapping[str, Callable[[Mapping[str, Any], Progress], None]] = {
    "检查": inspect_round,
    "判定": judge_round,
    "复查": recheck_cases,
    "通报": write_papers,
    "核实": verify_page,
    "备份": back_up,
    COUNTING: count_statistics,
    DRAFTING: draft_notice,
}


def _count_ahead(round_: Round) -> None:
    """Nobody should have to wait for a large round's statistics at the first look."""
    if large(round_):
        judged = round_.judged_at.isoformat() if round_.judged_at else ""
        queue.joined(COUNTING, by=None, round=round_.pk, person=None, judged=judged)


def _failed(job: Job) -> None:
    if job.kind == "检查":
        Round.objects.filter(pk=job.args["round"]).update(state=Round.State.FAILED)
