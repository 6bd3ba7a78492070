from __future__ import annotations

from django.urls import path

from duwang.console.statistics import views

urlpatterns = [path("", views.shown, name="statistics"), path("export", views.export, name="statistics-export")]
