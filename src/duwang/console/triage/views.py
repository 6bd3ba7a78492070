"""The three parts: tabs and filters, the dense list, the evidence beside it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import xlsxwriter
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from duwang.console.audit.chain import record
from duwang.console.people.models import Person
from duwang.console.people.rights import needs, person_of
from duwang.console.people.roles import Right, may
from duwang.console.people.seeing import sees, visible
from duwang.console.records import deciding
from duwang.console.records.models import Decided, FindingRow, Round, SavedView
from duwang.console.records.models.finding import Standing
from duwang.console.rounds.choosing import current_round, heavy
from duwang.console.sandbox import sandboxed
from duwang.console.templatetags.wording import check_title
from duwang.console.triage import folding
from duwang.console.triage.filters import PAGE, TABS, Asked, Board, page_of
from duwang.flow.folder import Folder
from duwang.flow.showing import Shown, raw_of, shown
from duwang.model.verdicts import Decision

_REASONS = ("用语正确", "引用原文", "人名地名", "已公开的办公联系方式", "依法公示的内容", "读取有误")
_GROUNDS = ("写法明确有误", "已逐条看过", "与依据的标准写法不一致")
_MOST = 20000
_HEADINGS = {"check": "检查项", "org": "责任单位", "severity": "等级", "kind": "渠道"}
_KINDS = {"site": "网站", "account": "新媒体"}
_SAID: dict[str, Callable[[str], str]] = {"check": check_title, "kind": lambda kind: _KINDS.get(kind, "其他")}


@require_GET
@needs(Right.SEE)
def board(request: HttpRequest) -> HttpResponse:
    round_ = current_round(request)
    if round_ is None:
        return render(request, "console/findings/none.html")
    person = person_of(request)
    asked = Asked.of(request.GET, round_=round_, person=person)
    return render(
        request, "console/findings/board.html", {**_listed(request, asked), "round": round_, **_around(person)}
    )


@require_GET
@needs(Right.SEE)
def rows(request: HttpRequest) -> HttpResponse:
    """The list alone, for htmx."""
    round_ = current_round(request)
    if round_ is None:
        raise Http404
    person = person_of(request)
    asked = Asked.of(request.GET, round_=round_, person=person)
    return render(
        request, "console/findings/list.html", {**_listed(request, asked), "round": round_, **_around(person)}
    )


@require_GET
@needs(Right.SEE)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The evidence pane of one card."""
    row = _row(request, pk)
    alike = FindingRow.objects.filter(round=row.round, question=row.question).exclude(pk=row.pk)
    places = visible(person_of(request), alike).order_by("org", "id")[:20]
    decided = Decided.objects.filter(undone_at=None).filter(question=row.question) | Decided.objects.filter(
        undone_at=None, fingerprint=row.fingerprint
    )
    return render(
        request,
        "console/findings/detail.html",
        {
            "row": row, "worded": _worded_alike(request, row), "facts": row.body, "places": places, "alike": row.alike, "reasons": _REASONS,
            "decided": decided.select_related("by").order_by("-id")[:5], "may_decide": may(person_of(request).role, Right.DECIDE),
        },
    )  # fmt: skip


@require_GET
@needs(Right.SEE)
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The stored text with the quote marked and personal numbers masked, in an origin of its own (CSP sandbox)."""
    row = _row(request, pk)
    answer = render(request, "console/findings/evidence.html", {"row": row, "shown": _shown(row)})
    return sandboxed(answer)


@require_GET
@needs(Right.SEE)
def raw(request: HttpRequest, pk: int) -> HttpResponse:
    """The stored bytes as a download; only with the right to raw evidence, and logged."""
    row = _row(request, pk)
    person = person_of(request)
    if not person.raw_allowed:
        raise PermissionDenied("您没有查看未遮掩原始证据的权限")
    prints = row.body.get("evidence") or []
    if not prints:
        raise Http404
    try:
        content = raw_of(Folder(row.round.folder), prints[0])
    except KeyError:
        raise Http404 from None
    record("打开原始证据", request=request, target=row.fingerprint, sha256=prints[0], url=row.body.get("url", ""))
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{prints[0][:16]}.bin"'
    return answer


@require_POST
@needs(Right.DECIDE)
def decide(request: HttpRequest) -> HttpResponse:
    """One decision: on a card and all equal findings, on one finding alone, on ticked cards, or on everything the filters cover."""
    round_ = current_round(request)
    if round_ is None or round_.state == Round.State.SEALED:
        raise Http404
    person = person_of(request)
    try:
        decision = Decision(request.POST.get("decision", ""))
    except ValueError:
        return _refused("没有这样的决定")
    widely = "1" in (request.POST.get("all"), request.POST.get("worded"))
    if widely and _covering(request, round_, person).partly:
        return _refused("搜索的字太常见，只看了一部分问题；请把搜索词写长些，或者再加筛选")
    chosen = _chosen(request, round_, person)
    if not chosen:
        return _refused("没有选中问题")
    many = request.POST.get("all") == "1" or (request.POST.get("worded") == "1" and len(chosen) > 1)
    if many and not request.POST.get("reason", "").strip():
        return _refused("一次决定许多问题，须写明理由")
    if len(chosen) > _MOST:
        return _refused(f"符合条件的有{len(chosen)}类，一次最多决定{_MOST}类，请用筛选缩小范围")
    try:
        with transaction.atomic():  # the decision and its record, or neither; and one wait for other writers, not two
            batch, total = deciding.decide(
                round_,
                chosen,
                decision,
                by=person,
                reason=request.POST.get("reason", ""),
                single=request.POST.get("single") == "1" and request.POST.get("worded") != "1",
            )
            record(
                "复核", request=request, target=f"批次{round_.pk}", decision=decision.value, cards=len(chosen), findings=total, batch=batch
            )  # fmt: skip
    except deciding.NeedsReason as fault:
        return _refused(str(fault))
    answer = HttpResponse(status=204)
    answer["HX-Trigger-After-Settle"] = "decided"
    answer["X-Batch"] = batch
    answer["X-Count"] = str(total)
    return answer


@require_POST
@needs(Right.DECIDE)
def undo(request: HttpRequest, batch: str) -> HttpResponse:
    total = deciding.undo(batch, by=person_of(request))
    folding.forget()
    record("撤回复核", request=request, target=batch, findings=total)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    return redirect("findings-decisions")


@require_GET
@needs(Right.SEE)
def decisions(request: HttpRequest) -> HttpResponse:
    """Everything that was decided, latest first, each act with its undo."""
    round_ = current_round(request)
    made = Decided.objects.filter(round=round_).select_related("by", "undone_by")
    page = max(1, int(request.GET.get("page", "1") or 1)) if request.GET.get("page", "1").isdigit() else 1
    listed = list(made[(page - 1) * 100 : page * 100 + 1])
    return render(
        request, "console/findings/decisions.html",
        {"decisions": listed[:100], "more": len(listed) > 100, "page": page, "round": round_, "may_decide": may(person_of(request).role, Right.DECIDE)},
    )  # fmt: skip


@require_POST
@needs(Right.SEE)
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the present filters under a name, on request for everybody of one's role; an empty query removes the view."""
    name, query = request.POST.get("name", "").strip()[:40], request.POST.get("query", "").lstrip("?")[:500]
    person = person_of(request)
    if name and query:
        kept = {"query": query, "role": person.role if request.POST.get("share") else ""}
        SavedView.objects.update_or_create(owner=person, area="findings", name=name, defaults=kept)
    elif name:
        SavedView.objects.filter(owner=person, area="findings", name=name).delete()
    return redirect(f"{reverse('findings')}?{query}" if query else reverse("findings"))


@require_GET
@needs(Right.SEE)
def export(request: HttpRequest) -> HttpResponse:
    """What the filters cover as a workbook; texts stay texts."""
    round_ = current_round(request)
    if round_ is None:
        raise Http404
    asked = Asked.of(request.GET, round_=round_, person=person_of(request))
    stream = io.BytesIO()
    with xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("问题")
        heads = ("指纹", "对象", "责任单位", "检查项", "等级", "复核", "页面标题", "原文", "说明", "网址")
        for column, head in enumerate(heads):
            sheet.write_string(0, column, head, book.add_format({"bold": True}))
        for number, row in enumerate(asked.all_findings().order_by("rank", "id")[:_MOST].iterator(), 1):
            cells = (row.fingerprint, row.owner, row.org, row.check_id, row.severity, row.standing, row.title, row.quote, row.message, row.body.get("url", ""))  # fmt: skip
            for column, cell in enumerate(cells):
                sheet.write_string(number, column, str(cell))
    record("导出问题", request=request, target=f"批次{round_.pk}")
    answer = HttpResponse(
        stream.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    answer["Content-Disposition"] = "attachment; filename*=UTF-8''%E9%97%AE%E9%A2%98.xlsx"
    return answer


def _listed(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    page = int(request.GET["page"]) if request.GET.get("page", "").isdigit() and int(request.GET["page"]) > 0 else 1
    asked = folding.within_reach(asked)
    board = asked.board()
    listed, more = folding.page_of(asked, page=page) if asked.fold else page_of(asked, page=page, cards=board.cards)
    return {
        "asked": asked, "rows": listed, "more": more, "page": page, "first": (page - 1) * PAGE + 1 if listed else 0,
        "last": (page - 1) * PAGE + len(listed), "cards": board.cards, "total": board.total, "findings": board.findings, "selects": list(_selects(board)),
        "tabs": [(tab, board.counts[tab.key]) for tab in TABS],
    }  # fmt: skip


def _selects(board: Board) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """(parameter, heading, options) of every filter; an option reads its value and how many findings have it."""
    for name, heading in _HEADINGS.items():
        said: Callable[[str], str] = _SAID.get(name, lambda value: value or "（未定）")
        yield name, heading, [(value, f"{said(value)}（{n}）") for value, n in board.choices[name]]


def _around(person: Person) -> dict[str, Any]:
    return {
        "saved": SavedView.objects.filter(Q(owner=person) | Q(role=person.role), area="findings").select_related(
            "owner"
        ),
        "reasons": _REASONS,
        "grounds": _GROUNDS,
        "may_decide": may(person.role, Right.DECIDE),
    }


def _row(request: HttpRequest, pk: int) -> FindingRow:
    row = get_object_or_404(FindingRow.objects.select_related("round").defer(*heavy("round__")), pk=pk)
    if not sees(person_of(request), row.org):
        raise Http404
    return row


def _chosen(request: HttpRequest, round_: Round, person: Person) -> list[FindingRow]:
    """The findings named; with `all` what the filters cover; with `worded` what they cover that says the same as those named."""
    keys = [int(key) for key in request.POST.getlist("pk") if key.isdigit()]
    named = visible(person, FindingRow.objects.filter(round=round_, pk__in=keys)).defer("body", "message")
    whole, worded = request.POST.get("all") == "1", request.POST.get("worded") == "1"
    if not whole and not worded:
        return list(named)
    asked = _covering(request, round_, person)
    wanted = asked.all_findings() if whole else folding.spread(asked, named)
    wanted = wanted.only("pk", "question", "fingerprint", "check_id", "quote")
    return list({row.question: row for row in wanted.order_by("rank", "id").iterator(5000)}.values())


def _covering(request: HttpRequest, round_: Round, person: Person) -> Asked:
    """What a decision on everything covers: the filters of the page it was made on."""
    return Asked.of(QueryDict(request.POST.get("query", "").lstrip("?")), round_=round_, person=person)


def _worded_alike(request: HttpRequest, row: FindingRow) -> int:
    """How many kinds of findings that wait for review say the very same: what one decision could settle."""
    if row.standing != Standing.PENDING:
        return 0
    same = FindingRow.objects.filter(round=row.round, check_id=row.check_id, wording=row.wording)
    told = visible(person_of(request), same).order_by().values_list("standing", "lead").annotate(n=Count("id"))
    return sum(n for standing, lead, n in told if lead and standing == Standing.PENDING)


def _shown(row: FindingRow) -> Shown | None:
    return shown(Folder(row.round.folder), row.body)


def _refused(why: str) -> HttpResponse:
    return HttpResponse(why, status=422, content_type="text/plain; charset=utf-8")
