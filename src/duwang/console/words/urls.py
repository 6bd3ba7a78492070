from __future__ import annotations

from django.urls import path

from duwang.console.words import views

urlpatterns = [
    path("", views.rules, name="words"),
    path("rule/<path:check>", views.rule, name="words-rule"),
    path("lexicon", views.lexicon, name="words-lexicon"),
    path("permitted", views.permitted, name="words-permitted"),
    path("permitted/<int:pk>/remove", views.remove, name="words-remove"),
]
