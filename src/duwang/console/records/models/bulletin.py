"""Bulletins under work and the papers made of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from duwang.console.records.models.round import Round


class Notice(models.Model):
    """A 通报 being composed from a round. `asked` holds style, issuer, number, dates, contacts, chosen and reordered problems and
    edited texts; figures are always counted anew."""

    class State(models.TextChoices):
        DRAFT = "起草"
        REVIEW = "送审"
        PUBLISHED = "已印发"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="notices")
    title = models.CharField("标题", max_length=200)
    style = models.CharField("样式", max_length=60, default="通用")
    state = models.CharField("状态", max_length=6, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField("版本", default=1)
    asked = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "通报"
        ordering = ("-id",)


class Paper(models.Model):
    """One file of one version of a notice, with its hash."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="papers")
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    path = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-version", "name")
