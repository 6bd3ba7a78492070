from __future__ import annotations

from django.urls import path

from duwang.console.bulletins import composing, previews, versions, views

urlpatterns = [
    path("", views.listed, name="bulletins"),
    path("new", views.new, name="bulletins-new"),
    path("<int:pk>", views.edit, name="bulletins-edit"),
    path("<int:pk>/text", views.text, name="bulletins-text"),
    path("<int:pk>/papers", views.make, name="bulletins-papers"),
    path("<int:pk>/state", views.advance, name="bulletins-advance"),
    path("<int:pk>/texts", composing.texts, name="bulletins-texts"),
    path("<int:pk>/texts/edit", composing.edit_text, name="bulletins-texts-edit"),
    path("<int:pk>/texts/move", composing.move, name="bulletins-texts-move"),
    path("<int:pk>/problems", composing.problems, name="bulletins-problems"),
    path("<int:pk>/problems/leave-out", composing.leave_out, name="bulletins-problems-leave-out"),
    path("<int:pk>/versions", versions.listed, name="bulletins-versions"),
    path("<int:pk>/preview", previews.preview, name="bulletins-preview"),
    path("paper/<int:pk>", previews.paper, name="bulletins-paper"),
    path("paper/<int:pk>/page/<int:number>", previews.page, name="bulletins-page"),
]
