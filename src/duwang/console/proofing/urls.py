from __future__ import annotations

from django.urls import path

from duwang.console.proofing import views

urlpatterns = [
    path("", views.listed, name="proofing"),
    path("new", views.new, name="proofing-new"),
    path("<int:pk>", views.detail, name="proofing-detail"),
    path("<int:pk>/text", views.change, name="proofing-text"),
    path("<int:pk>/accept", views.accept, name="proofing-accept"),
    path("<int:pk>/ignore", views.ignore, name="proofing-ignore"),
    path("<int:pk>/sign", views.sign, name="proofing-sign"),
    path("<int:pk>/interpretation", views.interpretation, name="proofing-interpretation"),
    path("<int:pk>/verify", views.verify, name="proofing-verify"),
    path("<int:pk>/docx", views.docx, name="proofing-docx"),
]
