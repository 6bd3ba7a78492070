"""Composing a notice from a round: style and head, what stays pending, papers, audit, publishing."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.style import styles
from duwang.console.audit.chain import record
from duwang.console.people.rights import needs, person_of, require
from duwang.console.people.roles import Right
from duwang.console.records import papers
from duwang.console.records.models import Notice, Paper
from duwang.console.rounds.choosing import current_round
from duwang.console.sandbox import sandboxed
from duwang.console.work import queue
from duwang.model.calendar import working_days_after


class NoticeForm(forms.Form):
    style = forms.ChoiceField(label="样式")
    issuer = forms.CharField(label="发文机关", required=False, max_length=100, help_text="不填则按名录推断")
    number = forms.CharField(label="发文字号", required=False, max_length=60)
    issued = forms.DateField(label="成文日期", widget=forms.DateInput(attrs={"type": "date"}))
    deadline = forms.DateField(
        label="整改期限",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="不填则按样式规定的工作日推算",
    )
    contact = forms.CharField(label="联系人", required=False, max_length=40)
    phone = forms.CharField(label="联系电话", required=False, max_length=40)
    mail = forms.CharField(label="邮箱", required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["style"].choices = [(name, name) for name in styles()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        issued, deadline = cleaned.get("issued"), cleaned.get("deadline")
        if issued and deadline and deadline <= issued:
            self.add_error("deadline", "整改期限应晚于成文日期")
        return cleaned

    def as_settings(self) -> dict[str, str]:
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value or ""
            for name, value in self.cleaned_data.items()
        }


@require_GET
@needs(Right.SEE)
def listed(request: HttpRequest) -> HttpResponse:
    known = {"notices": Notice.objects.select_related("round")[:100], "round": current_round(request)}
    return render(request, "console/bulletins/list.html", known)


@require_POST
@needs(Right.BULLETIN_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    round_ = current_round(request)
    if round_ is None:
        raise Http404
    today = timezone.localdate()
    asked = {"style": "通用", "issued": today.isoformat(), "deadline": working_days_after(today, 10).date.isoformat()}
    notice = Notice.objects.create(round=round_, title=f"{round_.name}通报", asked=asked, created_by=person_of(request))
    record("起草通报", request=request, target=f"通报{notice.pk}")
    return redirect("bulletins-edit", pk=notice.pk)


@require_http_methods(["GET", "POST"])
@needs(Right.SEE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as it stands: its text with figures, what is left pending, the audit of its own text."""
    notice = get_object_or_404(Notice.objects.select_related("round"), pk=pk)
    form = NoticeForm(request.POST or notice.asked)
    if request.method == "POST":
        require(request, Right.BULLETIN_EDIT)
        if notice.state == Notice.State.PUBLISHED:
            raise Http404
        if form.is_valid():
            notice.asked, notice.style = form.as_settings(), form.cleaned_data["style"]
            notice.state, notice.version = Notice.State.DRAFT, notice.version + 1
            notice.save()
            record("修改通报", request=request, target=f"通报{pk}", version=notice.version)
            messages.success(request, "已保存")
            return redirect("bulletins-edit", pk=pk)
    known: dict[str, Any] = {
        "notice": notice,
        "form": form,
        "round": notice.round,
        "papers": notice.papers.filter(version=notice.version),
    }
    try:
        composed = papers.compose_notice(notice)
    except BulletinFault as fault:
        known["fault"] = str(fault)
    else:
        known |= {
            "bulletin": composed,
            "figures": papers.figures_of(composed),
            "audit": papers.audit_of(composed, on=notice.round.as_of),
        }
    return render(request, "console/bulletins/edit.html", known)


@require_GET
@needs(Right.SEE)
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as it would be printed, in an origin of its own."""
    notice = get_object_or_404(Notice.objects.select_related("round"), pk=pk)
    try:
        page = papers.html_of(papers.compose_notice(notice))
    except BulletinFault:
        raise Http404 from None
    return sandboxed(HttpResponse(page))


@require_POST
@needs(Right.BULLETIN_EDIT)
def make(request: HttpRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice, pk=pk)
    queue.ask("通报", by=person_of(request), notice=notice.pk)
    messages.success(request, "正在生成文书，稍后刷新本页下载")
    return redirect("bulletins-edit", pk=pk)


@require_POST
@needs(Right.SEE)
def advance(request: HttpRequest, pk: int) -> HttpResponse:
    """送审 by those who write, 签发 or 退回 by the approver; a stale round cannot be published."""
    notice = get_object_or_404(Notice.objects.select_related("round"), pk=pk)
    act = request.POST.get("act", "")
    if act == "送审" and notice.state == Notice.State.DRAFT:
        require(request, Right.BULLETIN_EDIT)
        notice.state = Notice.State.REVIEW
    elif act == "退回" and notice.state == Notice.State.REVIEW:
        require(request, Right.BULLETIN_PUBLISH)
        notice.state = Notice.State.DRAFT
    elif act == "签发" and notice.state == Notice.State.REVIEW:
        person = require(request, Right.BULLETIN_PUBLISH)
        if notice.round.stale:
            messages.error(request, "还有复核决定没有计入判定，请先重新判定")
            return redirect("bulletins-edit", pk=pk)
        if not notice.papers.filter(version=notice.version).exists():
            messages.error(request, "还没有生成文书")
            return redirect("bulletins-edit", pk=pk)
        notice.state, notice.published_at, notice.published_by = Notice.State.PUBLISHED, timezone.now(), person
    else:
        raise Http404
    notice.save()
    record(f"通报{act}", request=request, target=f"通报{pk}", version=notice.version)
    messages.success(request, f"已{act}")
    return redirect("bulletins-edit", pk=pk)


@require_GET
@needs(Right.SEE)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    kept = get_object_or_404(Paper, pk=pk)
    path = Path(settings.DATA) / kept.path
    if not path.is_file():
        raise Http404
    answer: Any = FileResponse(path.open("rb"), content_type="application/octet-stream")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(kept.name)}"
    return answer  # type: ignore[no-any-return]
