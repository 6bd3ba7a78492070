"""Papers as they will be seen: pages of the PDF as pictures, annexes as tables, files as downloads."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from duwang.bulletin.faults import BulletinFault
from duwang.console.bulletins.drafting import composed
from duwang.console.bulletins.seeing import notice_for
from duwang.console.people.rights import needs, person_of
from duwang.console.people.roles import Right, may
from duwang.console.records import papers
from duwang.console.records.models import Notice, Paper
from duwang.reading.office.drawing import NotDrawn, page_count, page_png

_ROWS = 300


@require_GET
@needs(Right.SEE)
@composed
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The pages of the PDF of this version, and the annexes as tables."""
    notice = notice_for(person_of(request), pk)
    pdf = notice.papers.filter(version=notice.version, name__endswith=".pdf").first()
    known: dict[str, Any] = {
        "notice": notice,
        "here": "preview",
        "pdf": pdf,
        "pages": range(1, _pages(pdf) + 1) if pdf else (),
    }
    try:
        made = papers.compose_notice(notice)
    except BulletinFault as fault:
        known["fault"] = str(fault)
    else:
        known["annexes"] = [(one, one.rows[:_ROWS], max(0, len(one.rows) - _ROWS)) for one in made.printed_annexes()]
    return render(request, "console/bulletins/preview.html", known)


@require_GET
@needs(Right.SEE)
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One page of a PDF as a picture."""
    kept = _paper(request, pk)
    if not kept.name.endswith(".pdf") or not 1 <= number <= _pages(kept):
        raise Http404
    content = page_png(_path(kept).read_bytes(), number)
    answer = HttpResponse(content, content_type="image/png")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


@require_GET
@needs(Right.SEE)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    kept = _paper(request, pk)
    answer: Any = FileResponse(_path(kept).open("rb"), content_type="application/octet-stream")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(kept.name)}"
    return answer  # type: ignore[no-any-return]


def _paper(request: HttpRequest, pk: int) -> Paper:
    """A paper of a notice the person may read; of an issued notice others than its writers get the issued version only."""
    kept = get_object_or_404(Paper.objects.select_related("notice"), pk=pk)
    person = person_of(request)
    notice = notice_for(person, kept.notice_id)
    writes = may(person.role, Right.BULLETIN_EDIT) or may(person.role, Right.BULLETIN_PUBLISH)
    if not writes and (
        notice.state != Notice.State.PUBLISHED or kept.version != notice.version or kept.name == papers.SLIPS
    ):
        raise Http404
    if not _path(kept).is_file():
        raise Http404
    return kept


def _path(kept: Paper) -> Path:
    return Path(settings.DATA) / kept.path


def _pages(kept: Paper) -> int:
    try:
        return page_count(_path(kept).read_bytes())
    except (NotDrawn, OSError):
        return 0
