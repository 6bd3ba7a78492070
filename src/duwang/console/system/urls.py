from __future__ import annotations

from django.urls import path

from duwang.console.system import tokens, upkeep, views

urlpatterns = [
    path("", views.people, name="system"),
    path("people/new", views.person_new, name="system-person-new"),
    path("people/<int:pk>", views.person_edit, name="system-person"),
    path("people/<int:pk>/reset", views.person_reset, name="system-person-reset"),
    path("audit", views.audit, name="system-audit"),
    path("jobs", views.jobs, name="system-jobs"),
    path("tokens", tokens.listed, name="system-tokens"),
    path("tokens/<int:pk>/revoke", tokens.revoke, name="system-token-revoke"),
    path("calendars", upkeep.calendars, name="system-calendars"),
    path("backups", upkeep.backups, name="system-backups"),
    path("backups/new", upkeep.back_up, name="system-backup-new"),
    path("backups/<str:name>", upkeep.backup_file, name="system-backup"),
    path("sessions", upkeep.sessions, name="system-sessions"),
    path("sessions/<str:handle>/end", upkeep.end_session, name="system-session-end"),
    path("limits", upkeep.limits, name="system-limits"),
    path("limits/<int:pk>/unlock", upkeep.unlock, name="system-unlock"),
]
