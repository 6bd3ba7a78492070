from __future__ import annotations

from django.urls import path

from duwang.console.accounts import views

urlpatterns = [path("", views.listed, name="accounts"), path("<int:pk>", views.detail, name="accounts-detail")]
