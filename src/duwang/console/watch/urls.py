from __future__ import annotations

from django.urls import path

from duwang.console.watch import views

urlpatterns = [
    path("", views.watch, name="watch"),
    path("settings", views.asked, name="watch-settings"),
]
