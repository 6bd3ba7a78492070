"""Screens of a notice on a large round wait until it is composed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from duwang.console.bulletins.seeing import notice_for
from duwang.console.people.rights import person_of
from duwang.console.records import papers
from duwang.console.work import queue
from duwang.console.work.watching import DRAFTING, waiting

View = Callable[..., HttpResponse]


def composed(view: View) -> View:
    """Stands below `needs`: the view itself when the draft is there, else the page that waits for it."""

    @wraps(view)
    def drafted(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        notice = notice_for(person_of(request), pk)
        if papers.at_hand(notice):
            return view(request, pk, *args, **kwargs)
        again = request.GET.get("again") == "1"
        judged = notice.round.judged_at.isoformat() if notice.round.judged_at else ""
        job = queue.joined(
            DRAFTING, by=person_of(request), again=again, notice=pk, version=notice.version, judged=judged
        )
        return (
            waiting(request, job, title=notice.title) if request.method == "GET" else redirect("bulletins-edit", pk=pk)
        )

    return drafted
