"""Composing a notice from a round: style and head, what stays pending, papers, audit, publishing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.style import style_for, styles
from duwang.console.audit.chain import record
from duwang.console.bulletins.drafting import composed
from duwang.console.bulletins.seeing import notice_for, readable
from duwang.console.bulletins.versions import keep, save
from duwang.console.people.models import Person
from duwang.console.people.rights import needs, person_of, require
from duwang.console.people.roles import Right, may
from duwang.console.records import papers
from duwang.console.records.models import Job, Notice, Paper
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
    person = person_of(request)
    known = [one for one in Notice.objects.select_related("round", "created_by")[:200] if readable(person, one)]
    return render(request, "console/bulletins/list.html", {"notices": known, "round": current_round(request)})


@require_POST
@needs(Right.BULLETIN_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    round_, person = current_round(request), person_of(request)
    if round_ is None:
        raise Http404
    today = timezone.localdate()
    asked = {
        "style": style_for(round_.overlays),
        "issued": today.isoformat(),
        "deadline": working_days_after(today, 10).date.isoformat(),
    }
    notice = Notice.objects.create(
        round=round_, title=f"{round_.name}通报", style=asked["style"], asked=asked, created_by=person
    )
    keep(notice, by=person, what="起草")
    record("起草通报", request=request, target=f"通报{notice.pk}")
    return redirect("bulletins-edit", pk=notice.pk)


@require_http_methods(["GET", "POST"])
@needs(Right.SEE)
@composed
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as it stands: its text with figures, what is left pending, the audit of its own text."""
    notice = notice_for(person_of(request), pk)
    form = NoticeForm(request.POST or notice.asked)
    if request.method == "POST":
        person = require(request, Right.BULLETIN_EDIT)
        if form.is_valid():
            made = save(notice, by=person, what="修改设置", **form.as_settings())
            record("修改通报", request=request, target=f"通报{pk}", version=made.version)
            messages.success(request, f"已保存为第{made.version}版")
            return redirect("bulletins-edit", pk=pk)
    known: dict[str, Any] = {
        "notice": notice, "here": "text", "form": form, "round": notice.round, "left_out": list(notice.asked.get("left_out", {}).values()),
        "papers": _papers(person_of(request), notice), "busy": _busy(notice), "outdated": _outdated(notice),
    }  # fmt: skip
    try:
        draft = papers.draft_of(notice)
    except BulletinFault as fault:
        known["fault"] = str(fault)
    else:
        known |= {
            "bulletin": draft.edited.bulletin, "figures": papers.figures_of(draft.edited.bulletin), "dropped": len(draft.edited.dropped),
            "audit": draft.audit,
        }  # fmt: skip
    return render(request, "console/bulletins/edit.html", known)


@require_GET
@needs(Right.SEE)
@composed
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as it would be printed, in an origin of its own."""
    notice = notice_for(person_of(request), pk)
    try:
        page = papers.html_of(papers.compose_notice(notice))
    except BulletinFault:
        raise Http404 from None
    return sandboxed(HttpResponse(page))


@require_POST
@needs(Right.BULLETIN_EDIT)
def make(request: HttpRequest, pk: int) -> HttpResponse:
    notice = notice_for(person_of(request), pk)
    queue.ask("通报", by=person_of(request), notice=notice.pk)
    record("生成文书", request=request, target=f"通报{pk}", version=notice.version)
    messages.success(request, "正在生成文书，完成后本页会列出")
    return redirect("bulletins-edit", pk=pk)


@require_POST
@needs(Right.SEE)
def advance(request: HttpRequest, pk: int) -> HttpResponse:
    """送审 by those who write, 签发 or 退回 by the approver. Only what agrees with the judgement in force can be signed."""
    notice, act = notice_for(person_of(request), pk), request.POST.get("act", "")
    if act == "送审" and notice.state == Notice.State.DRAFT:
        require(request, Right.BULLETIN_EDIT)
        if why := _not_ready(notice):
            messages.error(request, why)
            return redirect("bulletins-edit", pk=pk)
        notice.state = Notice.State.REVIEW
    elif act == "退回" and notice.state == Notice.State.REVIEW:
        require(request, Right.BULLETIN_PUBLISH)
        notice.state = Notice.State.DRAFT
    elif act == "签发" and notice.state == Notice.State.REVIEW:
        person = require(request, Right.BULLETIN_PUBLISH)
        if why := _not_ready(notice) or _open_yet(notice):
            messages.error(request, why)
            return redirect("bulletins-edit", pk=pk)
        notice.state, notice.published_at, notice.published_by = Notice.State.PUBLISHED, timezone.now(), person
    else:
        raise Http404
    notice.save()
    signed = {one.name: one.sha256 for one in notice.papers.filter(version=notice.version)}
    record(f"通报{act}", request=request, target=f"通报{pk}", version=notice.version, papers=signed)
    messages.success(request, f"已{act}")
    return redirect("bulletins-edit", pk=pk)


def _not_ready(notice: Notice) -> str:
    if notice.round.stale:
        return "还有复核决定没有计入判定，请先重新判定"
    if not notice.papers.filter(version=notice.version).exists():
        return "这一版还没有生成文书"
    if _outdated(notice):
        return "生成文书以后又重新判定过，请重新生成文书"
    return ""


def _open_yet(notice: Notice) -> str:
    """A signed notice prints final rates: every object has to be judged."""
    left = notice.round.verdicts.filter(verdict="待核").count()
    return f"还有{left}个网站和账号待核，复核完再签发；读不到的由人看过，在判定页回答" if left else ""


def _outdated(notice: Notice) -> bool:
    judged, made = notice.round.judged_at, notice.papers.filter(version=notice.version).first()
    return bool(judged and made and made.made_at < judged)


def _busy(notice: Notice) -> bool:
    waiting = Job.objects.filter(kind="通报", state__in=(Job.State.WAITING, Job.State.RUNNING))
    return any(job.args.get("notice") == notice.pk for job in waiting)


def _papers(person: Person, notice: Notice) -> list[Paper]:
    """Slips of other units are for those who send them."""
    made = list(notice.papers.filter(version=notice.version))
    writes = may(person.role, Right.BULLETIN_EDIT) or may(person.role, Right.BULLETIN_PUBLISH)
    return made if writes else [one for one in made if one.name != papers.SLIPS]
