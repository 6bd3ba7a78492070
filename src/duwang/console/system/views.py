"""People and roles, the audit log with its proof, background jobs."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice

from duwang.console.audit.chain import faults, record
from duwang.console.audit.models import Entry
from duwang.console.people.models import Person
from duwang.console.people.rights import needs
from duwang.console.people.roles import RIGHTS, Right, Role
from duwang.console.records.models import Job, LedgerRow


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Person
        fields = ("username", "full_name", "role", "unit", "scope", "sees_all", "raw_allowed", "phone", "is_active")
        labels = {"username": "用户名", "is_active": "启用"}
        help_texts = {
            "username": "3至40个字母、数字、点或横线",
            "scope": "能看到哪个单位及其下属单位；不填则为本单位",
            "is_active": "",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = LedgerRow.objects.filter(sheet="单位", removed=False).values_list("name", flat=True)
        for name in ("unit", "scope"):
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label, required=False, help_text=self.fields[name].help_text,
                choices=[("", "（不填）"), *((one, one) for one in names)],
            )  # fmt: skip


@require_GET
@needs(Right.PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    table = [(right.value, [role in RIGHTS[right] for role in Role]) for right in Right]
    known = {"people": Person.objects.order_by("role", "username"), "roles": list(Role), "table": table}
    return render(request, "console/system/people.html", known)


@require_http_methods(["GET", "POST"])
@needs(Right.PEOPLE)
def person_new(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = form.save(commit=False)
        password = secrets.token_urlsafe(9)
        person.set_password(password)
        person.save()
        record("新建人员", request=request, target=person.username, role=person.role)
        messages.success(request, f"已建立“{person.username}”，一次性密码：{password}（只显示这一次，首次登录须修改）")
        return redirect("system")
    return render(request, "console/system/person.html", {"form": form, "title": "新建人员"})


@require_http_methods(["GET", "POST"])
@needs(Right.PEOPLE)
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person, pk=pk)
    form = PersonForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        record("修改人员", request=request, target=person.username, changed=form.changed_data)
        messages.success(request, "已保存")
        return redirect("system")
    return render(request, "console/system/person.html", {"form": form, "title": str(person), "person": person})


@require_POST
@needs(Right.PEOPLE)
def person_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """A new one-time password; the second factor is set up anew."""
    person = get_object_or_404(Person, pk=pk)
    password = secrets.token_urlsafe(9)
    person.set_password(password)
    person.must_change_password = True
    person.save()
    TOTPDevice.objects.filter(user=person).delete()
    record("重置密码", request=request, target=person.username)
    messages.success(request, f"“{person.username}”的一次性密码：{password}（只显示这一次）")
    return redirect("system")


@require_GET
@needs(Right.SYSTEM)
def audit(request: HttpRequest) -> HttpResponse:
    entries = Entry.objects.order_by("-id")
    if act := request.GET.get("act", ""):
        entries = entries.filter(act=act)
    checked = faults() if request.GET.get("verify") == "1" else None
    acts = Entry.objects.order_by("act").values_list("act", flat=True).distinct()
    page = Paginator(entries, 100).get_page(request.GET.get("page"))
    return render(request, "console/system/audit.html", {"page": page, "acts": acts, "act": act, "checked": checked})


@require_GET
@needs(Right.SYSTEM)
def jobs(request: HttpRequest) -> HttpResponse:
    return render(request, "console/system/jobs.html", {"jobs": Job.objects.select_related("asked_by")[:100]})
