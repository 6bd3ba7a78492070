"""Rules with what people said of their findings, the lexicon by source, the white list with reasons and expiry."""

from __future__ import annotations

from collections import defaultdict

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duwang.checks.check import all_checks
from duwang.checks.text import lexicon as lexicons
from duwang.console.audit.chain import record
from duwang.console.people.rights import needs, person_of, require
from duwang.console.people.roles import Right
from duwang.console.records.models import Decided, Permitted


class PermittedForm(forms.Form):
    phrase = forms.CharField(label="用语", max_length=200)
    scope = forms.CharField(label="范围", max_length=200, initial="全部", help_text="全部、网站标识码或单位名称")
    reason = forms.CharField(label="理由", max_length=500)
    until = forms.DateField(
        label="有效期至",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="过期后重新报出；不填则长期有效",
    )


@require_GET
@needs(Right.SEE)
def rules(request: HttpRequest) -> HttpResponse:
    tallies: dict[str, dict[str, int]] = defaultdict(dict)
    decided = Decided.objects.filter(undone_at=None).values_list("check_id", "decision").annotate(n=Sum("findings"))
    for check, decision, number in decided:
        tallies[check][decision] = int(number or 0)
    table = []
    for one in all_checks().values():
        said = tallies.get(one.id, {})
        right, wrong = said.get("确认", 0) + said.get("不影响判定", 0), said.get("误报", 0)
        precision = right / (right + wrong) if right + wrong else None
        table.append({"check": one, "right": right, "wrong": wrong, "precision": precision})
    return render(request, "console/words/rules.html", {"table": table})


@require_GET
@needs(Right.SEE)
def rule(request: HttpRequest, check: str) -> HttpResponse:
    found = all_checks().get(check)
    if found is None:
        raise Http404
    parts = [block.strip().partition("：") for block in found.doc.split("\n\n") if block.strip()]
    latest = Decided.objects.filter(check_id=check, undone_at=None).select_related("by")[:30]
    return render(
        request, "console/words/rule.html", {"check": found, "parts": [(a, c) for a, _, c in parts], "latest": latest}
    )


@require_GET
@needs(Right.SEE)
def lexicon(request: HttpRequest) -> HttpResponse:
    loaded = lexicons.shipped()
    search = request.GET.get("q", "").strip()
    rows = [
        one
        for one in loaded.entries
        if not search or search in one.wrong or any(search in right for right in one.right)
    ]
    page = Paginator(rows, 100).get_page(request.GET.get("page"))
    return render(
        request, "console/words/lexicon.html", {"page": page, "search": search, "counts": lexicons.counts(loaded)}
    )


@require_http_methods(["GET", "POST"])
@needs(Right.SEE)
def permitted(request: HttpRequest) -> HttpResponse:
    form = PermittedForm(request.POST or None)
    if request.method == "POST":
        require(request, Right.WORDS_EDIT)
        if form.is_valid():
            made = Permitted.objects.create(by=person_of(request), **form.cleaned_data)
            record("加入白名单", request=request, target=made.phrase, scope=made.scope, reason=made.reason)
            messages.success(request, "已加入白名单，下次检查起生效")
            return redirect("words-permitted")
    rows = Permitted.objects.select_related("by")
    return render(request, "console/words/permitted.html", {"form": form, "rows": rows, "today": timezone.localdate()})


@require_POST
@needs(Right.WORDS_EDIT)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Permitted, pk=pk)
    record("移出白名单", request=request, target=row.phrase, scope=row.scope)
    row.delete()
    messages.success(request, "已移出白名单")
    return redirect("words-permitted")
