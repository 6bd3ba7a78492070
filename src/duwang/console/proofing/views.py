"""Paste or upload, see the same findings that the inspection would report, mend or ignore, sign, verify."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duwang.bulletin.render.commented import write_commented
from duwang.console.audit.chain import record
from duwang.console.people.rights import needs, person_of
from duwang.console.people.roles import Right, may
from duwang.console.people.seeing import sees, visible
from duwang.console.proofing import checking
from duwang.console.records.models import Manuscript
from duwang.console.work import queue
from duwang.reading.any_file import AttachmentFault, read_any

_MOST = 20 * 1024 * 1024
_LONGEST = 300_000


class NewForm(forms.Form):
    title = forms.CharField(label="标题", max_length=300)
    kind = forms.ChoiceField(
        label="类型", choices=[("普通", "普通稿件"), (checking.POLICY, "政策文件（须附解读方案和解读材料）")]
    )
    text = forms.CharField(label="正文", required=False, widget=forms.Textarea(attrs={"rows": 14}), max_length=_LONGEST)
    file = forms.FileField(
        label="或者上传文件", required=False, help_text="txt、html、docx、doc、wps、pdf、ofd，20MB以内"
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file is None and not cleaned.get("text", "").strip():
            raise forms.ValidationError("请粘贴正文，或者上传文件")
        if file is not None:
            if file.size > _MOST:
                raise forms.ValidationError("文件超过20MB")
            try:
                cleaned["text"] = read_any(file.read(), name=Path(file.name).name).body
            except AttachmentFault as fault:
                raise forms.ValidationError(f"文件读不出来：{fault}") from None
        return cleaned


@require_GET
@needs(Right.SEE)
def listed(request: HttpRequest) -> HttpResponse:
    rows = visible(person_of(request), Manuscript.objects.select_related("by").defer("text", "findings"))
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(
        request, "console/proofing/list.html", {"page": page, "may_proof": may(person_of(request).role, Right.PROOF)}
    )


@require_http_methods(["GET", "POST"])
@needs(Right.PROOF)
def new(request: HttpRequest) -> HttpResponse:
    form = NewForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        person = person_of(request)
        text = form.cleaned_data["text"].replace("\r\n", "\n")[:_LONGEST]
        made = Manuscript(
            title=form.cleaned_data["title"], kind=form.cleaned_data["kind"], org=person.unit, text=text, by=person
        )
        checking.set_text(made, text, on=timezone.localdate())
        record("提交审校", request=request, target=f"文稿{made.pk}", sha256=made.sha256)
        return redirect("proofing-detail", pk=made.pk)
    return render(request, "console/proofing/new.html", {"form": form})


@require_GET
@needs(Right.SEE)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    made = _made(request, pk)
    person = person_of(request)
    listed = [(n, one, checking.key_of(one) in made.ignored) for n, one in enumerate(made.findings)]
    return render(
        request, "console/proofing/detail.html",
        {
            "made": made, "pieces": checking.pieces(made.text, made.findings, made.ignored), "findings": listed,
            "left": len(checking.open_findings(made)), "signatures": made.signatures.select_related("by"),
            "may_proof": may(person.role, Right.PROOF), "may_sign": may(person.role, Right.PROOF_SIGN) and made.state in checking.STEPS,
            "steps": [(step.value, made.signatures.filter(step=step.value, sha256=made.sha256, agreed=True).first()) for step in checking.STEPS],
        },
    )  # fmt: skip


@require_POST
@needs(Right.PROOF)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    made = _made(request, pk)
    text = request.POST.get("text", "").replace("\r\n", "\n")[:_LONGEST]
    return _done(request, made, lambda: checking.set_text(made, text, on=timezone.localdate()), "修改文稿")


@require_POST
@needs(Right.PROOF)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the suggestion (or one of the alternatives) in; the text is checked again."""
    made = _made(request, pk)
    one = _finding(request, made)
    offered = [one["suggestion"], *one["alternatives"]]
    chosen = request.POST.get("right", one["suggestion"])
    if chosen not in offered or chosen is None:
        raise Http404
    text = made.text[: one["start"]] + chosen + made.text[one["end"] :]
    return _done(request, made, lambda: checking.set_text(made, text, on=timezone.localdate()), "采纳建议")


@require_POST
@needs(Right.PROOF)
def ignore(request: HttpRequest, pk: int) -> HttpResponse:
    made = _made(request, pk)
    one, reason = _finding(request, made), request.POST.get("reason", "").strip()[:300]

    def act() -> None:
        if not reason:
            raise checking.NotNow("忽略须写明理由")
        made.ignored = {**made.ignored, checking.key_of(one): reason}
        made.save(update_fields=["ignored"])

    return _done(request, made, act, "忽略问题", quote=one["quote"], reason=reason)


@require_POST
@needs(Right.PROOF_SIGN)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    made, agreed = _made(request, pk), request.POST.get("agreed") == "1"
    remark = request.POST.get("remark", "")
    act = "审签同意" if agreed else "审签退回"
    return _done(
        request,
        made,
        lambda: checking.sign(made, by=person_of(request), agreed=agreed, remark=remark),
        act,
        sha256=made.sha256,
    )


@require_POST
@needs(Right.PROOF)
def interpretation(request: HttpRequest, pk: int) -> HttpResponse:
    """解读方案 and 解读材料 of a policy document: their texts are kept with their hashes and checked like any text."""
    made = _made(request, pk)

    def act() -> None:
        kept = dict(made.interpretation)
        for name in ("plan", "material"):
            if text := request.POST.get(name, "").strip()[:_LONGEST]:
                kept[name] = {"text": text, "sha256": checking.digest(text)}
        made.interpretation = kept
        made.save(update_fields=["interpretation"])

    return _done(request, made, act, "附解读材料")


@require_POST
@needs(Right.PROOF)
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """前台核实: queue the comparison of the published page with the signed text."""
    made, url = _made(request, pk), request.POST.get("url", "").strip()
    if urlsplit(url).scheme not in ("http", "https"):
        messages.error(request, "请填写完整网址")
    elif made.state not in (Manuscript.State.CLEARED, Manuscript.State.VERIFIED):
        messages.error(request, "文稿还没有审签完成")
    else:
        made.url = url
        made.save(update_fields=["url"])
        queue.ask("核实", by=person_of(request), manuscript=made.pk)
        record("要求前台核实", request=request, target=f"文稿{made.pk}", url=url)
        messages.success(request, "正在核实，稍后刷新本页")
    return redirect("proofing-detail", pk=pk)


@require_GET
@needs(Right.SEE)
def docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The text with its findings as comments."""
    made = _made(request, pk)
    comments = [
        (one["start"], one["end"], one["message"], one["suggestion"])
        for one in made.findings
        if checking.key_of(one) not in made.ignored
    ]
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "text.docx"
        write_commented(made.text, comments, path, title=made.title)
        answer = HttpResponse(path.read_bytes(), content_type="application/octet-stream")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(made.title[:60])}.docx"
    return answer


def _made(request: HttpRequest, pk: int) -> Manuscript:
    made = get_object_or_404(Manuscript, pk=pk)
    if not sees(person_of(request), made.org):
        raise Http404
    return made


def _finding(request: HttpRequest, made: Manuscript) -> dict[str, Any]:
    """The finding meant; a text that changed meanwhile is not touched."""
    number = request.POST.get("finding", "")
    if request.POST.get("sha256") != made.sha256 or not number.isdigit() or int(number) >= len(made.findings):
        raise Http404
    found: dict[str, Any] = made.findings[int(number)]
    return found


def _done(request: HttpRequest, made: Manuscript, act: Any, name: str, **detail: Any) -> HttpResponse:
    try:
        act()
    except checking.NotNow as fault:
        messages.error(request, str(fault))
    else:
        record(name, request=request, target=f"文稿{made.pk}", **detail)
        messages.success(request, f"已{name}")
    return redirect("proofing-detail", pk=made.pk)
