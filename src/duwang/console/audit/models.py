"""The audit log."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One act. `digest` = SHA-256 of the previous digest and this entry's fields, so that nothing can be changed unnoticed."""

    at = models.DateTimeField("时间", db_index=True)
    who = models.CharField("人员", max_length=150)
    address = models.CharField("来源地址", max_length=64, blank=True)
    act = models.CharField("操作", max_length=40, db_index=True)
    target = models.CharField("对象", max_length=300, blank=True)
    detail = models.JSONField("说明", default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "审计记录"
        ordering = ("id",)
