"""Versions of a notice: every change makes one, each keeps its paragraphs, any two can be held against each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from duwang.bulletin.editing import passages
from duwang.bulletin.faults import BulletinFault
from duwang.console.bulletins.models import NoticeVersion
from duwang.console.bulletins.seeing import notice_for
from duwang.console.people.models import Person
from duwang.console.people.rights import needs, person_of
from duwang.console.people.roles import Right
from duwang.console.records import papers
from duwang.console.records.models import Notice


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph that differs: its place and the pieces, each (`same`, `gone` or `new`, text)."""

    heading: str
    pieces: tuple[tuple[str, str], ...]


@transaction.atomic
def save(notice: Notice, *, by: Person, what: str, **asked: Any) -> Notice:
    """Keep a change as the next version; the notice is a draft again and its papers have to be made anew."""
    locked = Notice.objects.select_for_update().select_related("round", "created_by").get(pk=notice.pk)
    if locked.state == Notice.State.PUBLISHED:
        raise Http404
    locked.asked = {**locked.asked, **asked}
    locked.style = locked.asked.get("style") or locked.style
    locked.version, locked.state = locked.version + 1, Notice.State.DRAFT
    locked.save()
    keep(locked, by=by, what=what)
    return locked


def keep(notice: Notice, *, by: Person, what: str) -> None:
    """Note down the version as it is now."""
    NoticeVersion.objects.update_or_create(
        notice=notice,
        version=notice.version,
        defaults={
            "what": what[:200],
            "style": notice.style,
            "asked": notice.asked,
            "texts": _texts(notice) if papers.at_hand(notice) else [],
            "by": by,
        },
    )


def fill(notice: Notice) -> None:
    """The paragraphs of a version that was noted down before it was composed."""
    notice.versions.filter(version=notice.version, texts=[]).update(texts=_texts(notice))


@require_GET
@needs(Right.SEE)
def listed(request: HttpRequest, pk: int) -> HttpResponse:
    """All versions; the chosen one against the one before it or against `against`."""
    notice = notice_for(person_of(request), pk)
    versions = list(notice.versions.select_related("by"))
    shown = _chosen(versions, request.GET.get("version", ""), 0)
    before = _chosen(versions, request.GET.get("against", ""), versions.index(shown) + 1) if shown else None
    changes = tuple(differences(before.texts if before else [], shown.texts)) if shown else ()
    known = {
        "notice": notice,
        "here": "versions",
        "versions": versions,
        "shown": shown,
        "before": before,
        "changes": changes,
    }
    return render(request, "console/bulletins/versions.html", known)


def differences(before: list[list[str]], after: list[list[str]]) -> Iterator[Change]:
    """Paragraphs that were changed, added or taken out, by their keys."""
    old, new = _by_key(before), _by_key(after)
    for key in (*new, *(key for key in old if key not in new)):
        was, now = old.get(key, ""), new.get(key, "")
        if was != now:
            yield Change(key.rpartition("#")[0].strip("/").replace("/", " · "), tuple(_pieces(was, now)))


def _by_key(texts: list[list[str]]) -> dict[str, str]:
    return {one[0]: one[1] for one in texts}


def _pieces(was: str, now: str) -> Iterator[tuple[str, str]]:
    for kind, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", was[a:b]
            continue
        if was[a:b]:
            yield "gone", was[a:b]
        if now[c:d]:
            yield "new", now[c:d]


def _texts(notice: Notice) -> list[list[str]]:
    try:
        return [[one.key, one.text] for one in passages(papers.compose_notice(notice))]
    except BulletinFault:
        return []


def _chosen(versions: list[NoticeVersion], written: str, default: int) -> NoticeVersion | None:
    named = next((one for one in versions if written.isdigit() and one.version == int(written)), None)
    return named or (versions[default] if default < len(versions) else None)
