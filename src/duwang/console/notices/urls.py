from __future__ import annotations

from django.urls import path

from duwang.console.notices import views

urlpatterns = [
    path("", views.outbox, name="system-notices"),
    path("settings", views.posting, name="system-notices-settings"),
    path("channels", views.channels, name="system-channels"),
    path("channels/<int:pk>", views.channel, name="system-channel"),
    path("channels/<int:pk>/try", views.try_out, name="system-channel-try"),
    path("channels/<int:pk>/key", views.key, name="system-channel-key"),
    path("<int:pk>", views.message, name="system-notice"),
    path("<int:pk>/again", views.again, name="system-notice-again"),
]
