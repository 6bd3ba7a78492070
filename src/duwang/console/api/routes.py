"""What other systems may ask: check a text, submit one for 发布前审校, read ledger, findings, cases, verdicts, bulletins."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError

from duwang import __version__
from duwang.console.api.tokens import Scope, Token, demand
from duwang.console.audit.chain import record
from duwang.console.people.roles import Right, may
from duwang.console.people.seeing import visible
from duwang.console.proofing import checking
from duwang.console.records.models import CaseRow, LedgerRow, Manuscript, Notice, Round, VerdictRow
from duwang.console.rounds.choosing import FINISHED
from duwang.flow.registry.sheets import SHEETS
from duwang.flow.text import check_text
from duwang.judge.edition import load_edition
from duwang.model.material import Document

api = NinjaAPI(title="读网 接口", version=__version__, auth=Token(), urls_namespace="api", docs_url="/docs")
MOST = 200
_LONGEST = 300_000


class TextIn(Schema):
    text: str
    as_of: date | None = None


class ManuscriptIn(Schema):
    title: str
    text: str
    kind: str = "普通"


@api.post("/text", summary="检查一段文字，返回问题（格式同 duwang text --json）")
def text(request: HttpRequest, body: TextIn) -> dict[str, Any]:
    demand(request, Scope.TEXT)
    if len(body.text) > _LONGEST:
        raise HttpError(413, f"文字超过{_LONGEST}字")
    subject = Document(url="", body=body.text, medium="text", owner="document/文稿", ref="document/文稿")
    checked = check_text(subject, edition=load_edition(), as_of=body.as_of or timezone.localdate(), name="文稿")
    return checked.record(with_text=False)


@api.post("/manuscripts", summary="提交文稿，进入发布前审校")
def submit(request: HttpRequest, body: ManuscriptIn) -> dict[str, Any]:
    person = demand(request, Scope.MANUSCRIPTS)
    if not may(person.role, Right.PROOF):
        raise HttpError(403, f"角色“{person.role}”不能提交文稿")
    if body.kind not in ("普通", checking.POLICY):
        raise HttpError(422, f"kind 只能是“普通”或“{checking.POLICY}”")
    if not body.title.strip() or not body.text.strip() or len(body.text) > _LONGEST:
        raise HttpError(422, f"title、text 不能为空，text 不超过{_LONGEST}字")
    made = Manuscript(title=body.title.strip()[:300], kind=body.kind, org=person.unit, by=person)
    checking.set_text(made, body.text, on=timezone.localdate())
    record("提交审校", who=person.username, target=f"文稿{made.pk}", sha256=made.sha256, via="接口")
    return _manuscript(made)


@api.get("/manuscripts/{pk}", summary="文稿的审校情况")
def manuscript(request: HttpRequest, pk: int) -> dict[str, Any]:
    person = demand(request, Scope.MANUSCRIPTS)
    made = visible(person, Manuscript.objects.all()).filter(pk=pk).first()
    if made is None:
        raise HttpError(404, "没有这份文稿")
    return _manuscript(made)


@api.get("/registry/{sheet}", summary="名录的一张表")
def registry(request: HttpRequest, sheet: str, offset: int = 0, limit: int = MOST) -> dict[str, Any]:
    person = demand(request, Scope.LEDGER)
    if sheet not in {one.name for one in SHEETS}:
        raise HttpError(404, "没有这张表")
    rows = visible(person, LedgerRow.objects.filter(sheet=sheet, removed=False).order_by("order", "id"))
    return _page(rows, offset, limit, lambda row: {"key": row.key, **row.cells})


@api.get("/rounds", summary="检查批次")
def rounds(request: HttpRequest) -> list[dict[str, Any]]:
    demand(request, Scope.VERDICTS)
    listed = Round.objects.filter(state__in=FINISHED)[:100]
    return [
        {"id": one.pk, "name": one.name, "period": one.period, "as_of": one.as_of.isoformat(), "state": one.state}
        for one in listed
    ]


@api.get("/rounds/{pk}/verdicts", summary="一个批次的判定")
def verdicts(request: HttpRequest, pk: int, offset: int = 0, limit: int = MOST) -> dict[str, Any]:
    person = demand(request, Scope.VERDICTS)
    return _page(visible(person, VerdictRow.objects.filter(round_id=pk)), offset, limit, lambda row: row.body)


@api.get("/rounds/{pk}/findings", summary="一个批次的问题")
def findings(
    request: HttpRequest, pk: int, standing: str = "", check: str = "", offset: int = 0, limit: int = MOST
) -> dict[str, Any]:
    person = demand(request, Scope.FINDINGS)
    round_ = Round.objects.filter(pk=pk, state__in=FINISHED).first()
    if round_ is None:
        raise HttpError(404, "没有这个批次")
    rows = visible(person, round_.findings.order_by("rank", "id"))
    rows = rows.filter(standing=standing) if standing else rows
    rows = rows.filter(check_id=check) if check else rows
    return _page(rows, offset, limit, lambda row: {**row.body, "standing": row.standing, "fate": row.fate})


@api.get("/cases", summary="整改工单")
def cases(request: HttpRequest, state: str = "", offset: int = 0, limit: int = MOST) -> dict[str, Any]:
    person = demand(request, Scope.CASES)
    rows = visible(person, CaseRow.objects.all())
    return _page(
        rows.filter(state=state) if state else rows, offset, limit, lambda row: {**row.body, "problem": row.problem}
    )


@api.get("/bulletins", summary="已印发的通报")
def bulletins(request: HttpRequest) -> list[dict[str, Any]]:
    demand(request, Scope.BULLETINS)
    notices = Notice.objects.filter(state=Notice.State.PUBLISHED).select_related("round")[:100]
    return [
        {
            "id": one.pk, "title": one.title, "round": one.round.name, "version": one.version,
            "published_at": one.published_at.isoformat() if one.published_at else None,
            "papers": [{"name": paper.name, "sha256": paper.sha256} for paper in one.papers.filter(version=one.version)],
        }
        for one in notices
    ]  # fmt: skip


def _manuscript(made: Manuscript) -> dict[str, Any]:
    return {
        "id": made.pk, "title": made.title, "state": made.state, "sha256": made.sha256, "findings": made.findings,
        "left": len(checking.open_findings(made)),
    }  # fmt: skip


def _page(rows: Any, offset: int, limit: int, told: Any) -> dict[str, Any]:
    if offset < 0 or not 1 <= limit <= MOST:
        raise HttpError(422, f"offset 不小于0，limit 在1至{MOST}之间")
    return {"count": rows.count(), "offset": offset, "items": [told(row) for row in rows[offset : offset + limit]]}
