"""Planning a round, watching it, judging it again, comparing it with the last one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duwang.console.audit.chain import record
from duwang.console.people.rights import needs, person_of
from duwang.console.people.roles import Right
from duwang.console.records.models import Job, LedgerRow, Round
from duwang.console.rounds.choosing import FINISHED
from duwang.console.rounds.sampling import Sample, new_seed, sample
from duwang.console.work import queue
from duwang.judge.edition import load_edition, read, shipped
from duwang.judge.parsing import EditionError
from duwang.model.period import Span


class RoundForm(forms.Form):
    name = forms.CharField(label="名称", max_length=100, help_text="如：2024年第三季度检查")
    period = forms.CharField(
        label="检查期", required=False, help_text="2024Q3、2024-09 或 2024-07-01..2024-09-30；不填则读取全部"
    )
    as_of = forms.DateField(
        label="监测时间点",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="不填：今天，检查期已过则为其最后一天",
    )
    edition = forms.ChoiceField(label="指标版本")
    overlays = forms.MultipleChoiceField(label="地方规则", required=False)
    scope = forms.ChoiceField(
        label="范围", choices=[("", "网站和新媒体"), ("sites", "只查网站"), ("accounts", "只查新媒体")], required=False
    )
    only = forms.CharField(
        label="只查这些对象", required=False, help_text="网站标识码或备案单号，用逗号分开；不填则全部"
    )
    sample_sites = forms.IntegerField(
        label="网站抽查比例（%）",
        initial=100,
        min_value=0,
        max_value=100,
        help_text="100 为全部；抽查时门户网站总在其中",
    )
    sample_accounts = forms.IntegerField(label="新媒体抽查比例（%）", initial=100, min_value=0, max_value=100)
    seed = forms.RegexField(
        r"^[0-9a-zA-Z]{1,20}$", label="抽查种子", required=False, help_text="同一名录、比例和种子抽出的对象相同；不填则随机产生并记下",
        error_messages={"invalid": "用20位以内的数字和字母"},
    )  # fmt: skip
    previous = forms.ModelChoiceField(
        label="上一轮", queryset=Round.objects.none(), required=False, empty_label="（没有）"
    )
    max_pages = forms.IntegerField(label="每个网站最多读取页数", initial=5000, min_value=1, max_value=200000)
    delay = forms.FloatField(label="同一主机访问间隔（秒）", initial=0.5, min_value=0, max_value=60)
    allow_loopback = forms.BooleanField(label="允许访问本机和内网地址", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].choices = _titles("edition")  # type: ignore[attr-defined]
        self.fields["overlays"].choices = _titles("overlay")  # type: ignore[attr-defined]
        self.fields["previous"].queryset = Round.objects.filter(state__in=FINISHED)  # type: ignore[attr-defined]

    def clean_period(self) -> str:
        written = str(self.cleaned_data["period"]).strip()
        if written:
            try:
                Span.parse(written)
            except ValueError as fault:
                raise ValidationError(str(fault)) from None
        return written

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            load_edition(cleaned.get("edition", ""), tuple(cleaned.get("overlays", ())))
        except EditionError as fault:
            raise ValidationError(str(fault)) from None
        shares = (cleaned.get("sample_sites", 100), cleaned.get("sample_accounts", 100))
        if shares != (100, 100) and cleaned.get("only"):
            self.add_error("only", "抽查和指定对象不能同时使用")
        if shares == (0, 0):
            self.add_error("sample_sites", "网站和新媒体的抽查比例不能都是0")
        return cleaned

    def as_of_day(self) -> date:
        chosen: date | None = self.cleaned_data.get("as_of")
        today = timezone.localdate()
        period = self.cleaned_data["period"]
        return chosen or (min(today, Span.parse(period).end) if period else today)


def _titles(kind: str) -> list[tuple[str, str]]:
    named = [(name, str(read(path).get("title", name))) for name, path in shipped(kind).items()]
    return sorted(named, key=lambda one: (one[0] != "national-2019", one[0]))


@require_GET
@needs(Right.SEE)
def listed(request: HttpRequest) -> HttpResponse:
    return render(request, "console/rounds/list.html", {"rounds": Round.objects.select_related("created_by")[:100]})


@require_http_methods(["GET", "POST"])
@needs(Right.ROUND_RUN)
def new(request: HttpRequest) -> HttpResponse:
    if not LedgerRow.objects.filter(sheet__in=("网站", "新媒体"), removed=False).exists():
        messages.warning(request, "名录里还没有网站和新媒体，请先导入名录")
        return redirect("ledger-import")
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        only = [asked["scope"]] if asked["scope"] else []
        only += [one.strip() for one in asked["only"].replace("，", ",").split(",") if one.strip()]
        drawn = _drawn(asked)
        options = {
            "only": list(drawn.refs) if drawn else only,
            **({"sample": {"seed": drawn.seed, "sites": drawn.sites, "accounts": drawn.accounts}} if drawn else {}),
            "max_pages": asked["max_pages"],
            "delay": asked["delay"],
            "allow_loopback": asked["allow_loopback"],
        }
        person = person_of(request)
        round_ = Round.objects.create(
            name=asked["name"], period=asked["period"], as_of=form.as_of_day(), edition=asked["edition"], overlays=asked["overlays"],
            previous=asked["previous"], options=options, created_by=person,
        )  # fmt: skip
        queue.ask("检查", by=person, round=round_.pk)
        record("新建批次", request=request, target=f"批次{round_.pk}", name=round_.name)
        return redirect("rounds-detail", pk=round_.pk)
    return render(request, "console/rounds/new.html", {"form": form})


@require_GET
@needs(Right.SEE)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(Round, pk=pk)
    rounds = (round_.summary or {}).get("rounds") or {}
    words = {
        "new": "新发现",
        "carried": "上轮未整改",
        "relapsed": "改了又犯",
        "rectified": "已整改",
        "cannot_tell": "不能判断",
    }
    fates = [(words[key], rounds.get(key) or 0) for key in words]
    return render(request, "console/rounds/detail.html", {"round": round_, "fates": fates, **_jobs(round_)})


@require_GET
@needs(Right.SEE)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The live log, asked for again until the work is done."""
    round_ = get_object_or_404(Round, pk=pk)
    known = _jobs(round_)
    answer = render(request, "console/rounds/progress.html", {"round": round_, **known})
    if not known["busy"] and request.headers.get("HX-Request"):
        answer["HX-Refresh"] = "true"  # the state above the log has changed, too
    return answer


@require_POST
@needs(Right.DECIDE)
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(Round, pk=pk, state=Round.State.DONE)
    queue.ask("判定", by=person_of(request), round=round_.pk)
    record("要求重新判定", request=request, target=f"批次{round_.pk}")
    return redirect("rounds-detail", pk=pk)


@require_POST
@needs(Right.ROUND_RUN)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Take up a failed round where it stopped."""
    round_ = get_object_or_404(Round, pk=pk, state__in=(Round.State.FAILED, Round.State.WAITING))
    if _jobs(round_)["busy"]:
        messages.warning(request, "这个批次正在进行")
        return redirect("rounds-detail", pk=pk)
    queue.ask("检查", by=person_of(request), round=round_.pk)
    record("继续检查", request=request, target=f"批次{round_.pk}")
    return redirect("rounds-detail", pk=pk)


@require_POST
@needs(Right.ROUND_RUN)
def seal(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a round: no more decisions in it."""
    round_ = get_object_or_404(Round, pk=pk, state=Round.State.DONE)
    Round.objects.filter(pk=pk).update(state=Round.State.SEALED)
    record("归档批次", request=request, target=f"批次{round_.pk}")
    messages.success(request, "已归档，复核决定不再改动")
    return redirect("rounds-detail", pk=pk)


def _drawn(asked: dict[str, Any]) -> Sample | None:
    """The sample when less than everything is asked for."""
    sites = 0 if asked["scope"] == "accounts" else asked["sample_sites"]
    accounts = 0 if asked["scope"] == "sites" else asked["sample_accounts"]
    if (asked["sample_sites"], asked["sample_accounts"]) == (100, 100):
        return None
    return sample(sites=sites, accounts=accounts, seed=asked["seed"] or new_seed())


def _jobs(round_: Round) -> dict[str, Any]:
    jobs = [job for job in Job.objects.order_by("-id")[:200] if job.args.get("round") == round_.pk][:5]
    busy = any(job.state in (Job.State.WAITING, Job.State.RUNNING) for job in jobs)
    return {"jobs": jobs, "busy": busy}
