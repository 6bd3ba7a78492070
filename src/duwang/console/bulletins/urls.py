from __future__ import annotations

from django.urls import path

from duwang.console.bulletins import views

urlpatterns = [
    path("", views.listed, name="bulletins"),
    path("new", views.new, name="bulletins-new"),
    path("<int:pk>", views.edit, name="bulletins-edit"),
    path("<int:pk>/text", views.text, name="bulletins-text"),
    path("<int:pk>/papers", views.make, name="bulletins-papers"),
    path("<int:pk>/state", views.advance, name="bulletins-advance"),
    path("paper/<int:pk>", views.paper, name="bulletins-paper"),
]
