"""The round a person looks at: named in the address, else kept in the session, else the newest finished one."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest

from duwang.console.records.models import Round

FINISHED = (Round.State.DONE, Round.State.SEALED)
_HEAVY = ("summary", "run", "coverage")  # read when asked for: most pages name the round only


def current_round(request: HttpRequest) -> Round | None:
    """None while no round is finished."""
    named = request.GET.get("round") or request.POST.get("round") or ""
    if named.isdigit():
        found = finished().filter(pk=int(named)).first()
        if found:
            if request.session.get("round") != found.pk:  # what is written costs every reader time
                request.session["round"] = found.pk
            return found
    last = request.session.get("round")
    kept = finished().filter(pk=last).first() if last else None
    return kept or finished().first()


def finished() -> QuerySet[Round]:
    """The finished rounds, newest first, without what they weigh."""
    return Round.objects.filter(state__in=FINISHED).defer(*heavy())


def heavy(lead: str = "") -> tuple[str, ...]:
    """The fields of a round to leave out, by way of `lead` (`round__`)."""
    return tuple(lead + name for name in _HEAVY)
