from __future__ import annotations

from django.urls import path

from duwang.console.letters import views

urlpatterns = [path("", views.listed, name="letters"), path("<int:pk>", views.detail, name="letters-detail")]
