from __future__ import annotations

from django.urls import path

from duwang.console.rectification import views

urlpatterns = [
    path("", views.listed, name="cases"),
    path("recheck", views.recheck, name="cases-recheck"),
    path("slip/<str:org>", views.slip, name="cases-slip"),
    path("slip/<str:org>/docx", views.slip_document, name="cases-slip-document"),
    path("<int:pk>", views.detail, name="cases-detail"),
    path("<int:pk>/act", views.act, name="cases-act"),
    path("proof/<int:pk>", views.proof, name="cases-proof"),
]
