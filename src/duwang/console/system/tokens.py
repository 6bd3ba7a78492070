"""Tokens of the API: made, shown once, revoked."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from duwang.console.api.tokens import Scope, issue
from duwang.console.audit.chain import record
from duwang.console.people.models import Person
from duwang.console.people.rights import needs
from duwang.console.people.roles import Right
from duwang.console.records.models import ApiToken


class TokenForm(forms.Form):
    name = forms.CharField(label="用途", max_length=60)
    owner = forms.ModelChoiceField(
        label="代表人员", queryset=Person.objects.filter(is_active=True), help_text="令牌能看到的与该人员相同"
    )
    scopes = forms.MultipleChoiceField(
        label="范围", choices=[(one.value, one.value) for one in Scope], widget=forms.CheckboxSelectMultiple
    )
    until = forms.DateField(label="有效期至", widget=forms.DateInput(attrs={"type": "date"}))


@require_http_methods(["GET", "POST"])
@needs(Right.SYSTEM)
def listed(request: HttpRequest) -> HttpResponse:
    form, secret = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        until = datetime.combine(asked["until"], time(23, 59, 59), UTC)
        made, secret = issue(
            asked["owner"], name=asked["name"], scopes=[Scope(one) for one in asked["scopes"]], expires_at=until
        )
        record("新建令牌", request=request, target=made.name, scopes=made.scopes, owner=asked["owner"].username)
        form = TokenForm()
    known = {"form": form, "secret": secret, "tokens": ApiToken.objects.select_related("owner")}
    return render(request, "console/system/tokens.html", known)


@require_POST
@needs(Right.SYSTEM)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(ApiToken, pk=pk)
    ApiToken.objects.filter(pk=pk).update(revoked=True)
    record("停用令牌", request=request, target=token.name)
    messages.success(request, "令牌已停用")
    return redirect("system-tokens")
