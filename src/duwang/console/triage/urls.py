from __future__ import annotations

from django.urls import path

from duwang.console.triage import views

urlpatterns = [
    path("", views.board, name="findings"),
    path("rows", views.rows, name="findings-rows"),
    path("decide", views.decide, name="findings-decide"),
    path("undo/<str:batch>", views.undo, name="findings-undo"),
    path("views", views.save_view, name="findings-save"),
    path("decisions", views.decisions, name="findings-decisions"),
    path("export", views.export, name="findings-export"),
    path("<int:pk>", views.detail, name="findings-detail"),
    path("<int:pk>/evidence", views.evidence, name="findings-evidence"),
    path("<int:pk>/raw", views.raw, name="findings-raw"),
]
