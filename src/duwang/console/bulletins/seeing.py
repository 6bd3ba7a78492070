"""Who sees which notice: drafts the office that writes or signs them, issued ones the units under that office, too."""

from __future__ import annotations

from django.http import Http404

from duwang.console.people.models import Person
from duwang.console.people.roles import Right, Role, may
from duwang.console.people.seeing import sees, units_of
from duwang.console.records.models import Notice


def readable(person: Person, notice: Notice) -> bool:
    """The author's office (writers, approvers, administrators); once issued everybody whose unit the author answers for."""
    author = notice.created_by
    if may(person.role, Right.BULLETIN_EDIT) or may(person.role, Right.BULLETIN_PUBLISH) or person.role == Role.ADMIN:
        return sees(person, author.unit)
    if notice.state != Notice.State.PUBLISHED:
        return False
    answered = units_of(author)
    return answered is None or person.unit in answered or sees(person, author.unit)


def notice_for(person: Person, pk: int) -> Notice:
    """The notice, or 404 for those who must not see it."""
    notice = Notice.objects.select_related("round", "created_by").filter(pk=pk).first()
    if notice is None or not readable(person, notice):
        raise Http404
    return notice
