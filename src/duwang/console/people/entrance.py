"""Getting in: login, the first administrator by a one-time token, changing a password, the second factor."""

from __future__ import annotations

import base64
import io
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, password_validation
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django_otp import login as otp_login
from django_otp.plugins.otp_totp.models import TOTPDevice

from duwang.console.audit.chain import record
from duwang.console.people import first_start
from duwang.console.people.models import Person
from duwang.console.people.rights import person_of
from duwang.console.people.roles import Role


class LoginForm(AuthenticationForm):
    error_messages = {"invalid_login": "用户名或密码不对", "inactive": "该账号已停用"}


class Login(LoginView):
    template_name = "console/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        answer = super().form_valid(form)
        self.request.session["address"] = self.request.META.get("REMOTE_ADDR", "")
        record("登录", request=self.request)
        return answer


class SetupForm(forms.Form):
    username = forms.RegexField(
        r"^[A-Za-z0-9_.-]{3,40}$", label="用户名", error_messages={"invalid": "3至40个字母、数字、点或横线"}
    )
    full_name = forms.CharField(label="姓名", max_length=40)
    password = forms.CharField(label="密码", widget=forms.PasswordInput, help_text="至少10个字符，不能全是数字")
    again = forms.CharField(label="再输一次", widget=forms.PasswordInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password") != cleaned.get("again"):
            raise ValidationError("两次输入的密码不一样")
        password_validation.validate_password(cleaned.get("password", ""))
        return cleaned


def setup(request: HttpRequest, token: str) -> HttpResponse:
    """The first administrator, made once with the token that the first start printed."""
    if not first_start.valid(token):
        raise PermissionDenied("安装口令不对或已经用过")
    form = SetupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = Person.objects.create_user(
            form.cleaned_data["username"], password=form.cleaned_data["password"], full_name=form.cleaned_data["full_name"],
            role=Role.ADMIN, sees_all=True, must_change_password=False,
        )  # fmt: skip
        first_start.use_up()
        record("建立首个管理员", request=request, who=person.username)
        login(request, person, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("overview")
    return render(request, "console/setup.html", {"form": form})


class Password(PasswordChangeView):
    template_name = "console/password.html"
    form_class = PasswordChangeForm
    success_url = reverse_lazy("overview")

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        Person.objects.filter(pk=form.user.pk).update(must_change_password=False)
        record("修改密码", request=self.request)
        messages.success(self.request, "密码已修改")
        return answer


class CodeForm(forms.Form):
    code = forms.RegexField(r"^\d{6}$", label="6位动态码", error_messages={"invalid": "请输入6位数字"})


def second_factor(request: HttpRequest) -> HttpResponse:
    """Shows the key once for a new authenticator, afterwards asks for the code."""
    person = person_of(request)
    device = TOTPDevice.objects.filter(user=person).order_by("id").first()
    if device is None:
        device = TOTPDevice.objects.create(user=person, name="动态码", confirmed=False)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if device.verify_token(form.cleaned_data["code"]):
            if not device.confirmed:
                device.confirmed = True
                device.save()
            otp_login(request, device)
            record("二次验证", request=request)
            return redirect("overview")
        record("二次验证失败", request=request)
        form.add_error("code", "动态码不对，请核对手机时间后重试")
    picture = "" if device.confirmed else _qr(device.config_url)
    key = "" if device.confirmed else _typed(device.bin_key)
    return render(
        request,
        "console/second_factor.html",
        {"form": form, "qr": picture, "key": key, "issuer": settings.OTP_TOTP_ISSUER},
    )


def _typed(key: bytes) -> str:
    """The key as authenticators take it when typed: base32 in groups of four."""
    written = base64.b32encode(key).decode().rstrip("=")
    return " ".join(written[at : at + 4] for at in range(0, len(written), 4))


def _qr(text: str) -> str:
    """The address as an inline SVG; empty where the QR library is not installed (the key can be typed)."""
    try:
        import segno
    except ImportError:
        return ""
    stream = io.BytesIO()
    segno.make(text, micro=False).save(stream, kind="svg", scale=4, xmldecl=False, svgns=True, omitsize=False)
    return stream.getvalue().decode()
