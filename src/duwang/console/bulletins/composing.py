"""Composing: the words of every paragraph with its figures tied, the order of the parts, and which problems are printed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from duwang.bulletin.editing import EditFault, checked, orders, passages
from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.tree import Bulletin
from duwang.console.audit.chain import record
from duwang.console.bulletins.drafting import composed
from duwang.console.bulletins.seeing import notice_for
from duwang.console.bulletins.versions import save
from duwang.console.people.rights import needs, person_of
from duwang.console.people.roles import Right
from duwang.console.records import papers
from duwang.console.records.models import Notice
from duwang.flow.scanning import leaks


@require_GET
@needs(Right.BULLETIN_EDIT)
@composed
def texts(request: HttpRequest, pk: int) -> HttpResponse:
    """Every paragraph as an editable text with places for its figures, and the order of the parts."""
    notice = notice_for(person_of(request), pk)
    return _texts_page(request, notice)


@require_POST
@needs(Right.BULLETIN_EDIT)
@composed
def edit_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one paragraph, or give it back its own words."""
    notice = notice_for(person_of(request), pk)
    key, edits = request.POST.get("key", ""), dict(notice.asked.get("texts", {}))
    if request.POST.get("act") == "恢复":
        if edits.pop(key, None) is not None:
            _saved(request, notice, f"恢复原文：{_spoken(key)}", texts=edits)
        return redirect("bulletins-texts", pk=pk)
    base = papers.draft_of(notice).base
    found = next((one for one in passages(base) if one.key == key), None)
    if found is None:
        raise Http404
    written = request.POST.get("text", "")
    try:
        text = checked(found.template, written, base)
        if leaking := leaks(text, as_of=notice.round.as_of):
            raise EditFault(f"文字里有个人信息，没有保存：{'；'.join(leaking[:3])}")
    except EditFault as fault:
        messages.error(request, f"{_spoken(key)}：{fault}")
        return _texts_page(request, notice, tried={key: written}, status=422)
    if text == found.template:
        edits.pop(key, None)
    else:
        edits[key] = {"was": found.template, "text": text}
    return _saved(request, notice, f"修改文字：{_spoken(key)}", texts=edits)


@require_POST
@needs(Right.BULLETIN_EDIT)
@composed
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """One part up or down within its section."""
    notice = notice_for(person_of(request), pk)
    section, part, up = (request.POST.get(name, "") for name in ("section", "part", "up"))
    known = orders(papers.compose_notice(notice)).get(section)
    if known is None or part not in known:
        raise Http404
    at = known.index(part)
    to = max(0, min(len(known) - 1, at + (-1 if up == "1" else 1)))
    known.insert(to, known.pop(at))
    return _saved(request, notice, f"调整顺序：{part}", order={**notice.asked.get("order", {}), section: known})


@require_GET
@needs(Right.BULLETIN_EDIT)
@composed
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    """Which problems are printed; those left out stand below with their reasons."""
    notice = notice_for(person_of(request), pk)
    left_out = notice.asked.get("left_out", {})
    lines = list(papers.draft_of(notice).lines)
    if search := request.GET.get("q", "").strip():
        lines = [one for one in lines if search in f"{one.org}{one.name}{one.group}{one.text}"]
    known = {
        "notice": notice, "here": "problems", "printed": [one for one in lines if one.key not in left_out], "search": search,
        "left_out": [(key, one) for key, one in left_out.items()], "editable": notice.state != Notice.State.PUBLISHED,
    }  # fmt: skip
    return render(request, "console/bulletins/problems.html", known)


@require_POST
@needs(Right.BULLETIN_EDIT)
@composed
def leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave out the ticked problems with one reason, or take one in again."""
    notice = notice_for(person_of(request), pk)
    left_out = dict(notice.asked.get("left_out", {}))
    if (back := request.POST.get("back", "")) in left_out:
        what = left_out.pop(back)["what"]
        return _saved(request, notice, f"重新写入：{what}", to="bulletins-problems", left_out=left_out)
    why = request.POST.get("why", "").strip()[:300]
    chosen = set(request.POST.getlist("key"))
    lines = [one for one in papers.draft_of(notice).lines if one.key in chosen and not one.veto]
    if not lines or not why:
        messages.error(request, "请勾选问题并写明不写入通报的理由" if not lines else "请写明不写入通报的理由")
        return redirect("bulletins-problems", pk=pk)
    person = person_of(request)
    for one in lines:
        what = f"{one.org} {one.name} {one.group}：{one.text}"
        left_out[one.key] = {
            "why": why,
            "what": what[:300],
            "by": str(person),
            "at": timezone.localtime().isoformat(timespec="minutes"),
        }
    what = f"不写入{len(lines)}个问题：{why}"
    return _saved(request, notice, what, to="bulletins-problems", left_out=left_out)


def _texts_page(
    request: HttpRequest, notice: Notice, *, tried: dict[str, str] | None = None, status: int = 200
) -> HttpResponse:
    known: dict[str, Any] = {"notice": notice, "here": "texts", "editable": notice.state != Notice.State.PUBLISHED}
    try:
        draft = papers.draft_of(notice)
    except BulletinFault as fault:
        return render(request, "console/bulletins/texts.html", {**known, "fault": str(fault)})
    kept = draft.edited
    edits, own = notice.asked.get("texts", {}), {one.key: one for one in passages(draft.base)}
    known |= {
        "passages": [
            replace(one, template=(tried or {}).get(one.key) or one.template, edited=one.key in edits and one.key in own)
            for one in passages(kept.bulletin)
        ],
        "own": {key: one.template for key, one in own.items()}, "orders": orders(kept.bulletin), "figures": _figures(kept.bulletin), "tried": tried or {},
        "dropped": [(_spoken(key), edits[key]["text"]) for key in kept.dropped],
    }  # fmt: skip
    return render(request, "console/bulletins/texts.html", known, status=status)


def _figures(bulletin: Bulletin) -> list[tuple[str, str]]:
    return [(name, figure.text) for name, figure in bulletin.figures.items()]


def _saved(
    request: HttpRequest, notice: Notice, what: str, *, to: str = "bulletins-texts", **asked: Any
) -> HttpResponse:
    made = save(notice, by=person_of(request), what=what, **asked)
    record("修改通报", request=request, target=f"通报{notice.pk}", version=made.version, what=what)
    messages.success(request, f"已保存为第{made.version}版：{what}")
    return redirect(to, pk=notice.pk)


def _spoken(key: str) -> str:
    heading, _, number = key.partition("#")
    return (
        f"{heading.strip('/').replace('/', '·')}第{number}段"
        if number.isdigit()
        else f"{heading.strip('/').replace('/', '·')}结尾"
    )
