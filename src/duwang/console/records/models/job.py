"""Work done in the background: inspections, judgements, documents, re-checks."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Job(models.Model):
    """One piece of background work. `beat` tells a living job from one whose process died; such a one is taken up again."""

    class State(models.TextChoices):
        WAITING = "等待"
        RUNNING = "进行中"
        DONE = "完成"
        FAILED = "失败"

    kind = models.CharField("事项", max_length=20)
    args = models.JSONField(default=dict)
    state = models.CharField("状态", max_length=4, choices=State, default=State.WAITING, db_index=True)
    log = models.JSONField("经过", default=list)
    error = models.TextField("原因", blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    beat = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"
        ordering = ("-id",)
