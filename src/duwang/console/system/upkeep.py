"""Upkeep: backups as a job, the calendars at hand, sessions to end, and the limits that are in force."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from duwang.console.api.tokens import PER_MINUTE
from duwang.console.audit.chain import record
from duwang.console.backing import BACKUPS
from duwang.console.people.models import Person
from duwang.console.people.rights import needs, person_of
from duwang.console.people.roles import Right
from duwang.console.records.models import Job
from duwang.console.rectification.proofs import MOST
from duwang.console.work import queue
from duwang.model.calendar import known_years

_BACKUP = re.compile(r"备份-[0-9]{8}-[0-9]{6}\.tar\.gz")
_SESSIONS = 2000


@dataclass(frozen=True, slots=True)
class Sitting:
    """One logged-in browser. `handle` stands for the session in addresses: its key is never shown."""

    handle: str
    person: Person
    address: str
    until: datetime
    own: bool


@require_GET
@needs(Right.SYSTEM)
def calendars(request: HttpRequest) -> HttpResponse:
    years, this = known_years(), timezone.localdate().year
    missing = [year for year in (this, this + 1) if year not in years]
    return render(
        request,
        "console/system/calendars.html",
        {"years": [years[year] for year in sorted(years, reverse=True)], "missing": missing},
    )


@require_GET
@needs(Right.SYSTEM)
def backups(request: HttpRequest) -> HttpResponse:
    jobs = Job.objects.filter(kind="备份")[:5]
    busy = any(job.state in (Job.State.WAITING, Job.State.RUNNING) for job in jobs)
    return render(request, "console/system/backups.html", {"files": _files(), "jobs": jobs, "busy": busy})


@require_POST
@needs(Right.SYSTEM)
def back_up(request: HttpRequest) -> HttpResponse:
    queue.ask("备份", by=person_of(request))
    record("要求备份", request=request)
    messages.success(request, "正在备份，完成后本页会列出")
    return redirect("system-backups")


@require_GET
@needs(Right.SYSTEM)
def backup_file(request: HttpRequest, name: str) -> HttpResponse:
    """One backup as a download; it holds everything, so that fetching it is noted."""
    path = _places() / name
    if not _BACKUP.fullmatch(name) or not path.is_file():
        raise Http404
    record("下载备份", request=request, target=name)
    answer: Any = FileResponse(path.open("rb"), content_type="application/octet-stream")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer  # type: ignore[no-any-return]


@require_GET
@needs(Right.SYSTEM)
def sessions(request: HttpRequest) -> HttpResponse:
    return render(request, "console/system/sessions.html", {"sittings": sittings(request)})


@require_POST
@needs(Right.SYSTEM)
def end_session(request: HttpRequest, handle: str) -> HttpResponse:
    found = next(
        (one for one in Session.objects.filter(expire_date__gt=timezone.now()) if _handle(one) == handle), None
    )
    if found is None:
        raise Http404
    who = found.get_decoded().get("_auth_user_id", "")
    found.delete()
    record("结束会话", request=request, target=str(Person.objects.filter(pk=who or 0).first() or ""))
    messages.success(request, "会话已结束，对方须重新登录")
    return redirect("system-sessions")


def sittings(request: HttpRequest) -> list[Sitting]:
    """Everybody who is logged in, the newest first."""
    people = {str(one.pk): one for one in Person.objects.all()}
    made = []
    for one in Session.objects.filter(expire_date__gt=timezone.now()).order_by("-expire_date")[:_SESSIONS]:
        content = one.get_decoded()
        person = people.get(str(content.get("_auth_user_id", "")))
        if person is not None:
            own = one.session_key == request.session.session_key
            made.append(Sitting(_handle(one), person, str(content.get("address", "")), one.expire_date, own))
    return made


@require_GET
@needs(Right.SYSTEM)
def limits(request: HttpRequest) -> HttpResponse:
    """What is limited and who is locked out."""
    known = {
        "attempts": AccessAttempt.objects.order_by("-attempt_time")[:200], "most_tries": settings.AXES_FAILURE_LIMIT,
        "cooling": round(settings.AXES_COOLOFF_TIME * 60), "hours": settings.SESSION_COOKIE_AGE // 3600, "api": PER_MINUTE,
        "proof": MOST // 1024 // 1024, "upload": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024, "https": settings.HTTPS,
        "hosts": settings.ALLOWED_HOSTS, "totp": settings.TOTP_REQUIRED,
    }  # fmt: skip
    return render(request, "console/system/limits.html", known)


@require_POST
@needs(Right.SYSTEM)
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(AccessAttempt, pk=pk)
    AccessAttempt.objects.filter(username=found.username, ip_address=found.ip_address).delete()
    record("解除锁定", request=request, target=found.username or "")
    messages.success(request, f"已解除“{found.username}”的锁定")
    return redirect("system-limits")


def _files() -> list[dict[str, Any]]:
    paths = sorted((path for path in _places().glob("*.tar.gz") if _BACKUP.fullmatch(path.name)), reverse=True)
    zone = timezone.get_current_timezone()
    return [
        {"name": path.name, "size": path.stat().st_size, "at": datetime.fromtimestamp(path.stat().st_mtime, zone)}
        for path in paths
    ]


def _places() -> Path:
    return Path(settings.DATA) / BACKUPS


def _handle(session: Session) -> str:
    return hashlib.sha256(f"session:{session.session_key}".encode()).hexdigest()[:24]
