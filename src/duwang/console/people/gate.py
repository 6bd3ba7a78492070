"""Nobody gets in without a login; a new password and a second factor come before anything else."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from duwang.console.people.roles import NEEDS_TOTP, Role

PUBLIC = {"login", "setup", "healthz"}
_BEFORE = {"logout", "password", "second-factor"}
_ALIVE = 300  # seconds: a session in use is written again so often, and ends that much earlier at most


class GateMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = _name(request)
        if name in PUBLIC or name == "static" or request.path.startswith(f"/{settings.STATIC_URL.strip('/')}/"):
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return self.get_response(request)  # tokens are checked by the API itself
        user = request.user
        if not user.is_authenticated:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        _keep_alive(request)
        if name not in _BEFORE:
            if user.must_change_password:
                return redirect("password")
            if Role(user.role) in NEEDS_TOTP and settings.TOTP_REQUIRED and not user.is_verified():  # type: ignore[attr-defined]
                return redirect("second-factor")
        return self.get_response(request)


def _keep_alive(request: HttpRequest) -> None:
    """A session ends so long after its last use, to within _ALIVE."""
    now = int(time.time())
    if not 0 <= now - request.session.get("used", 0) < _ALIVE:
        request.session["used"] = now


def _name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).url_name or ""
    except Resolver404:
        return ""
