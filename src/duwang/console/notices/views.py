"""The administrator's side: settings, addresses, the outbox with what failed and why."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.core.validators import validate_email
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from duwang.console.audit.chain import record
from duwang.console.notices.models import Channel, Message, Posting, Topic
from duwang.console.notices.sending import key_of
from duwang.console.people.rights import needs, person_of
from duwang.console.people.roles import Right
from duwang.console.records.models import LedgerRow


class PostingForm(forms.ModelForm):  # type: ignore[type-arg]
    site = forms.URLField(
        label="控制台网址",
        required=False,
        assume_scheme="http",
        help_text="写进提醒里的登录地址，如 http://10.0.0.5:8600",
    )

    class Meta:
        model = Posting
        fields = (
            "active", "site", "smtp_host", "smtp_port", "smtp_security", "smtp_user", "sender", "quiet_from", "quiet_until", "working_days",
            "soon_days", "gap_minutes",
        )  # fmt: skip
        widgets = {"quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}  # fmt: skip
        help_texts = {
            "smtp_security": "STARTTLS 一般用端口587，SSL 一般用端口465；证书须受系统信任，自签的证书用环境变量 DUWANG_SMTP_CA 指出",
            "smtp_user": "密码不存在系统里，写在服务器的环境变量 DUWANG_SMTP_PASSWORD",
            "gap_minutes": "其间发生的事合并成一条",
        }


class ChannelForm(forms.ModelForm):  # type: ignore[type-arg]
    topics = forms.MultipleChoiceField(
        label="事项", choices=Topic.choices, initial=Topic.values, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Channel
        fields = ("kind", "org", "address", "topics", "active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = LedgerRow.objects.filter(sheet="单位", removed=False).order_by("order").values_list("name", flat=True)
        self.fields["org"] = forms.ChoiceField(
            label="单位", required=False, choices=[("", "全部单位（每个单位各一条）"), *((one, one) for one in names)]
        )
        self.fields["address"].help_text = "邮件写邮箱；回调写 http:// 或 https:// 开头的网址"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        address = str(cleaned.get("address", "")).strip()
        if cleaned.get("kind") == Channel.Kind.MAIL:
            try:
                validate_email(address)
            except ValidationError:
                self.add_error("address", f"“{address}”不是邮箱地址")
        elif address and not _is_web_address(address):
            self.add_error("address", f"“{address}”不是能回调的网址，应写成 https://主机/路径，不带用户名")
        return cleaned


@require_GET
@needs(Right.SYSTEM)
def outbox(request: HttpRequest) -> HttpResponse:
    chosen = request.GET.get("state", "")
    rows = Message.objects.select_related("channel").defer("body", "payload")
    counts = dict(Message.objects.order_by().values_list("state").annotate(n=Count("id")))
    page = Paginator(rows.filter(state=chosen) if chosen else rows, 60).get_page(request.GET.get("page"))
    known = {
        "page": page, "state": chosen, "states": [(state, counts.get(state, 0)) for state in Message.State.values], "posting": Posting.load(),
        "channels": Channel.objects.filter(active=True).count(),
    }  # fmt: skip
    return render(request, "console/notices/outbox.html", known)


@require_http_methods(["GET", "POST"])
@needs(Right.SYSTEM)
def posting(request: HttpRequest) -> HttpResponse:
    form = PostingForm(request.POST or None, instance=Posting.load())
    if request.method == "POST" and form.is_valid():
        form.save()
        record("修改提醒设置", request=request, changed=form.changed_data)
        messages.success(request, "已保存")
        return redirect("system-notices-settings")
    return render(request, "console/notices/settings.html", {"form": form})


@require_http_methods(["GET", "POST"])
@needs(Right.SYSTEM)
def channels(request: HttpRequest) -> HttpResponse:
    form = ChannelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.save(commit=False)
        made.by = person_of(request)
        made.save()
        record("新建提醒渠道", request=request, target=f"渠道{made.pk}", kind=made.kind, org=made.org)
        messages.success(request, "已建立，可以先“试发”")
        return redirect("system-channels")
    return render(
        request, "console/notices/channels.html", {"form": form, "channels": Channel.objects.select_related("by")}
    )


@require_http_methods(["GET", "POST"])
@needs(Right.SYSTEM)
def channel(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Channel, pk=pk)
    form = ChannelForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        record("修改提醒渠道", request=request, target=f"渠道{pk}", changed=form.changed_data)
        messages.success(request, "已保存")
        return redirect("system-channels")
    known = {"form": form, "channel": found, "key": key_of(found) if found.kind == Channel.Kind.WEBHOOK else ""}
    return render(request, "console/notices/channel.html", known)


@require_POST
@needs(Right.SYSTEM)
def key(request: HttpRequest, pk: int) -> HttpResponse:
    """A new key for a webhook; the old one is worth nothing from now on."""
    found = get_object_or_404(Channel, pk=pk, kind=Channel.Kind.WEBHOOK)
    found.generation += 1
    found.save(update_fields=["generation"])
    record("更换回调密钥", request=request, target=f"渠道{pk}")
    messages.success(request, "密钥已更换，请把新密钥告诉接收方")
    return redirect("system-channel", pk=pk)


@require_POST
@needs(Right.SYSTEM)
def try_out(request: HttpRequest, pk: int) -> HttpResponse:
    """One message that says nothing but that it came."""
    found = get_object_or_404(Channel, pk=pk, active=True)
    body = "这是读网的试发提醒，收到说明渠道可用。"
    Message.objects.create(
        channel=found, org=found.org or "全部单位", subject="【读网】试发提醒", body=body, next_at=timezone.now(),
        payload={"org": found.org, "cases": {}, "msgtype": "text", "text": {"content": body}},
    )  # fmt: skip
    record("试发提醒", request=request, target=f"渠道{pk}")
    messages.success(request, "已放入发件箱")
    return redirect("system-notices")


@require_GET
@needs(Right.SYSTEM)
def message(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Message.objects.select_related("channel"), pk=pk)
    return render(request, "console/notices/message.html", {"message": found})


@require_POST
@needs(Right.SYSTEM)
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try once more what was given up."""
    found = get_object_or_404(Message, pk=pk, state__in=(Message.State.GIVEN_UP, Message.State.WAITING))
    found.state, found.tries, found.next_at = Message.State.WAITING, 0, timezone.now()
    found.save(update_fields=["state", "tries", "next_at"])
    record("重发提醒", request=request, target=f"提醒{pk}")
    messages.success(request, "已放回发件箱")
    return redirect("system-notices")


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc and port_fits
