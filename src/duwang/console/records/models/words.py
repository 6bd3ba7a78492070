"""The white list."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Permitted(models.Model):
    """A phrase that is not to be reported: `scope` 全部, a site ref or a unit's name; past `until` it is reported again."""

    phrase = models.CharField("用语", max_length=200)
    scope = models.CharField("范围", max_length=200, default="全部")
    reason = models.CharField("理由", max_length=500)
    until = models.DateField("有效期至", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "白名单"
        ordering = ("-id",)
