from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from duwang.console.people import entrance

urlpatterns = [
    path("login", entrance.Login.as_view(), name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
    path("setup/<str:token>", entrance.setup, name="setup"),
    path("password", entrance.Password.as_view(), name="password"),
    path("second-factor", entrance.second_factor, name="second-factor"),
]
