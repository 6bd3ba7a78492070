from __future__ import annotations

from django.urls import path

from duwang.console.verdicts import views

urlpatterns = [
    path("", views.listed, name="verdicts"),
    path("<int:pk>", views.detail, name="verdicts-detail"),
    path("<int:pk>/answer", views.answer, name="verdicts-answer"),
]
