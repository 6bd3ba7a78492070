"""The round a person looks at: named in the address, else kept in the session, else the newest finished one."""

from __future__ import annotations

from django.http import HttpRequest

from duwang.console.records.models import Round

FINISHED = (Round.State.DONE, Round.State.SEALED)


def current_round(request: HttpRequest) -> Round | None:
    """None while no round is finished."""
    named = request.GET.get("round") or request.POST.get("round") or ""
    if named.isdigit():
        found = Round.objects.filter(pk=int(named), state__in=FINISHED).first()
        if found:
            if request.session.get("round") != found.pk:  # what is written costs every reader time
                request.session["round"] = found.pk
            return found
    kept = Round.objects.filter(pk=request.session.get("round") or 0, state__in=FINISHED).first()
    return kept or Round.objects.filter(state__in=FINISHED).first()
