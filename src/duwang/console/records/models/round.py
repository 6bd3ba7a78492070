"""Rounds (检查批次)."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models


class Round(models.Model):
    """One inspection. Its folder holds everything of interfaces §3; the rows here are an index of it."""

    class State(models.TextChoices):
        WAITING = "等待"
        RUNNING = "进行中"
        DONE = "已完成"
        FAILED = "未完成"
        SEALED = "已归档"

    name = models.CharField("名称", max_length=100)
    period = models.CharField("检查期", max_length=40, blank=True)
    as_of = models.DateField("监测时间点")
    edition = models.CharField("指标版本", max_length=60, default="national-2019")
    overlays = models.JSONField("地方规则", default=list)
    options = models.JSONField("范围和设置", default=dict)
    previous = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, verbose_name="上一轮")
    state = models.CharField("状态", max_length=6, choices=State, default=State.WAITING)
    stale = models.BooleanField("有未计入的复核", default=False)
    summary = models.JSONField("汇总", default=dict)
    run = models.JSONField("运行记录", default=dict)
    coverage = models.JSONField("覆盖", default=dict)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    judged_at = models.DateTimeField("判定时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "检查批次"
        ordering = ("-as_of", "-id")

    def __str__(self) -> str:
        return self.name

    @property
    def folder(self) -> Path:
        return Path(settings.ROUNDS) / str(self.pk)
