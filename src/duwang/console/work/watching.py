"""A page that waits for a job: what it is doing now, and the page itself once it is done."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from duwang.console.people.rights import needs
from duwang.console.people.roles import Right
from duwang.console.records.models import Job

COUNTING, DRAFTING = "统计", "起草"  # their logs name steps and nothing else: whoever may look at the page may watch


def waiting(request: HttpRequest, job: Job, *, title: str) -> HttpResponse:
    """In place of a page whose content is still being counted; it loads itself again when the job is done."""
    return render(request, "console/work/waiting.html", {"job": job, "title": title})


@require_GET
@needs(Right.SEE)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The job's log alone, asked for again until it is done."""
    job = get_object_or_404(Job, pk=pk)
    if job.kind not in (COUNTING, DRAFTING):
        raise Http404
    answer = render(request, "console/work/progress.html", {"job": job})
    if job.state in (Job.State.DONE, Job.State.FAILED):
        answer["HX-Refresh"] = "true"
    return answer
