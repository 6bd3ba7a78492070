"""One line for each area."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from duwang.console.api.routes import api

handler403 = "duwang.console.answers.forbidden"
handler404 = "duwang.console.answers.missing"
handler500 = "duwang.console.answers.broken"


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("duwang.console.people.urls")),
    path("", include("duwang.console.overview.urls")),
    path("ledger/", include("duwang.console.ledger.urls")),
    path("watch/", include("duwang.console.watch.urls")),
    path("rounds/", include("duwang.console.rounds.urls")),
    path("findings/", include("duwang.console.triage.urls")),
    path("verdicts/", include("duwang.console.verdicts.urls")),
    path("cases/", include("duwang.console.rectification.urls")),
    path("bulletins/", include("duwang.console.bulletins.urls")),
    path("statistics/", include("duwang.console.statistics.urls")),
    path("letters/", include("duwang.console.letters.urls")),
    path("accounts/", include("duwang.console.accounts.urls")),
    path("words/", include("duwang.console.words.urls")),
    path("proofing/", include("duwang.console.proofing.urls")),
    path("api/", api.urls),
    path("jobs/", include("duwang.console.work.urls")),
    path("system/notices/", include("duwang.console.notices.urls")),
    path("system/", include("duwang.console.system.urls")),
]
