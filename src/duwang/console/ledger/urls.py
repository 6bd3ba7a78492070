from __future__ import annotations

from django.urls import path

from duwang.console.ledger import editing, views

urlpatterns = [
    path("", views.browse, name="ledger"),
    path("import", views.upload, name="ledger-import"),
    path("import/<str:key>", views.confirm, name="ledger-confirm"),
    path("import/<str:key>/errors", views.errors, name="ledger-errors"),
    path("template", views.template, name="ledger-template"),
    path("export", views.export, name="ledger-export"),
    path("row/<int:pk>", views.row, name="ledger-row"),
    path("row/<int:pk>/edit", editing.edit, name="ledger-edit"),
    path("row/<int:pk>/remove", editing.remove, name="ledger-remove"),
    path("new", editing.add, name="ledger-new"),
]
