"""The pages for what is forbidden, missing or broken."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _said(request, 403, "没有权限", str(exception or "") or "您不能打开这个页面")


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _said(request, 404, "没有找到", "要看的内容不存在，或者不在您的管理范围内")


def broken(request: HttpRequest) -> HttpResponse:
    return _said(request, 500, "系统出错", "请稍后再试；如反复出现，请联系系统管理员")


def _said(request: HttpRequest, status: int, title: str, why: str) -> HttpResponse:
    return render(request, "console/answer.html", {"title": title, "why": why, "status": status}, status=status)
