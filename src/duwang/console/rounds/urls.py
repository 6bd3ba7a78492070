from __future__ import annotations

from django.urls import path

from duwang.console.rounds import comparing, views

urlpatterns = [
    path("", views.listed, name="rounds"),
    path("new", views.new, name="rounds-new"),
    path("<int:pk>", views.detail, name="rounds-detail"),
    path("<int:pk>/progress", views.progress, name="rounds-progress"),
    path("<int:pk>/compare", comparing.compare, name="rounds-compare"),
    path("<int:pk>/judge", views.judge, name="rounds-judge"),
    path("<int:pk>/run", views.run, name="rounds-run"),
    path("<int:pk>/seal", views.seal, name="rounds-seal"),
]
