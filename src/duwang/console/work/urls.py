from __future__ import annotations

from django.urls import path

from duwang.console.work import watching

urlpatterns = [path("<int:pk>", watching.progress, name="job-progress")]
