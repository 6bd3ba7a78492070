"""What the watch saw: hour by hour, over the last week, what it told, what runs out soon; and what is asked of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.core.validators import URLValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from duwang.console.audit.chain import record
from duwang.console.people.rights import needs, person_of
from duwang.console.people.roles import Right
from duwang.console.people.seeing import sees, units_of, visible
from duwang.console.records.models import LedgerRow
from duwang.console.watch.models import Watching, folder
from duwang.flow.folder import Folder
from duwang.flow.monitoring import PROBES, Happening, heard_lately, rounds, visits_since
from duwang.flow.upcoming import due_soon
from duwang.judge.edition import load_edition, read, shipped
from duwang.judge.parsing import EditionError
from duwang.model.calendar import beijing_day
from duwang.model.material import Probe
from duwang.model.refs import site_ref

_HOURS, _DAYS, _A_DAY, _VETO = 24, 7, 20, 0.05


@dataclass(frozen=True, slots=True)
class Watched:
    """One site: `hours` = (hour, visits, failures) of the last day; `visits`, `failed` of the last week; `thin` days with too few visits."""

    name: str
    org: str
    home: str
    hours: tuple[tuple[datetime, int, int], ...]
    visits: int
    failed: int
    thin: int
    last: Probe | None

    @property
    def share(self) -> float | None:
        return self.failed / self.visits if self.visits else None

    @property
    def at_risk(self) -> bool:
        return self.share is not None and self.share >= _VETO


@require_GET
@needs(Right.SEE)
def watch(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), timezone.now()
    seen = visits_since(folder() / PROBES, now - timedelta(days=_DAYS + 1))
    rows = visible(person, LedgerRow.objects.filter(sheet="网站", removed=False)).order_by("order", "id")
    running = [row for row in rows if row.state not in ("关停", "临时下线")]
    sites = [_watched(row, seen.get(site_ref(row.cells["网站标识码"]), []), now=now) for row in running]
    units = units_of(person)
    told = [one for one in heard_lately(folder()) if units is None or one.org in units]
    kind = request.GET.get("kind", "")
    done = [one for one in rounds(folder()) if Folder(one).run().get("complete")]
    known: dict[str, Any] = {
        "asked": Watching.load(), "sites": sorted(sites, key=lambda one: (-(one.share or 0), one.name)), "kind": kind,
        "kinds": [(one.value, Counter(event.kind for event in told)[one]) for one in Happening], "all": len(told),
        "page": Paginator([one for one in told if not kind or one.kind == kind], 40).get_page(request.GET.get("page")),
        "due": [one for one in due_soon(Folder(done[-1]), at=timezone.localdate()) if sees(person, one.org)] if done else [],
        "readings": [_reading(one) for one in rounds(folder())[-8:][::-1]], "needed": _A_DAY,
    }  # fmt: skip
    return render(request, "console/watch/watch.html", known)


def _watched(row: LedgerRow, visits: list[Probe], *, now: datetime) -> Watched:
    this_hour = timezone.localtime(now).replace(minute=0, second=0, microsecond=0)
    tally: Counter[datetime] = Counter()
    failed: Counter[datetime] = Counter()
    for one in visits:
        hour = timezone.localtime(one.at).replace(minute=0, second=0, microsecond=0)
        tally[hour] += 1
        failed[hour] += _fails(one)
    hours = [this_hour - timedelta(hours=back) for back in range(_HOURS - 1, -1, -1)]
    week = [one for one in visits if one.at >= now - timedelta(days=_DAYS)]
    by_day = Counter(beijing_day(one.at) for one in visits)
    days = [timezone.localdate(now) - timedelta(days=back) for back in range(1, _DAYS + 1)]
    return Watched(
        row.name, row.org, row.cells.get("首页网址", ""), tuple((hour, tally[hour], failed[hour]) for hour in hours), len(week),
        sum(map(_fails, week)), sum(by_day[day] < _A_DAY for day in days), visits[-1] if visits else None,
    )  # fmt: skip


def _fails(visit: Probe) -> bool:
    """As the veto counts: not opened, or only after 15 seconds."""
    return not visit.ok or visit.ms >= 15000


def _reading(path: Any) -> dict[str, Any]:
    run, summary = Folder(path).run(), Folder(path).read_json("summary.json") or {}
    return {
        "name": path.name, "started": datetime.fromisoformat(str(run["started"])), "complete": run.get("complete"),
        "new": len(summary.get("rounds", {}).get("new", ())), "rectified": len(summary.get("rounds", {}).get("rectified", ())),
    }  # fmt: skip


class WatchingForm(forms.ModelForm):  # type: ignore[type-arg]
    overlays = forms.MultipleChoiceField(label="地方规则", required=False)

    class Meta:
        model = Watching
        fields = ("active", "every", "reading", "edition", "overlays", "controls", "delay", "allow_loopback")
        widgets = {"controls": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = {
            kind: [(name, str(read(path).get("title", name))) for name, path in shipped(kind).items()]
            for kind in ("edition", "overlay")
        }
        self.fields["edition"] = forms.ChoiceField(label="指标版本", choices=titles["edition"])
        self.fields["overlays"].choices = titles["overlay"]  # type: ignore[attr-defined]

    def clean_controls(self) -> str:
        lines = [line.strip() for line in str(self.cleaned_data["controls"]).split() if line.strip()]
        for line in lines:
            try:
                URLValidator(schemes=["http", "https"])(line)
            except ValidationError:
                raise ValidationError(f"“{line}”不是网址，应写成 https://主机/") from None
        return "\n".join(lines)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            load_edition(cleaned.get("edition", ""), tuple(cleaned.get("overlays", ())))
        except EditionError as fault:
            raise ValidationError(str(fault)) from None
        return cleaned


@require_http_methods(["GET", "POST"])
@needs(Right.ROUND_RUN)
def asked(request: HttpRequest) -> HttpResponse:
    form = WatchingForm(request.POST or None, instance=Watching.load())
    if request.method == "POST" and form.is_valid():
        row = form.save()
        record("值守设置", request=request, active=row.active, every=row.every, reading=row.reading)
        messages.success(request, "已保存，半分钟内生效" if row.active else "已保存，值守已关闭")
        return redirect("watch")
    return render(request, "console/watch/settings.html", {"form": form})
