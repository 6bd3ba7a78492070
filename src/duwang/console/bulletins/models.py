"""What a notice was at every step of its making."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from duwang.console.records.models import Notice


class NoticeVersion(models.Model):
    """One version of a notice: what was asked for and the paragraphs it then had, as `[[key, text], …]`."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField("版本")
    what = models.CharField("改动", max_length=200)
    style = models.CharField("样式", max_length=60)
    asked = models.JSONField(default=dict)
    texts = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "通报版本"
        constraints = [models.UniqueConstraint(fields=["notice", "version"], name="notice_version_once")]
        ordering = ("-version",)
