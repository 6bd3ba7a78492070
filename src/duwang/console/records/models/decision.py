"""What people decided: on equal findings, on one finding, or on an indicator that only people judge."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from duwang.console.records.models.round import Round


class Decided(models.Model):
    """A decision on a question (all equal findings) or on one fingerprint; it holds in later rounds until it is undone."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="decisions")
    question = models.CharField(max_length=16, blank=True, db_index=True)
    fingerprint = models.CharField(max_length=20, blank=True, db_index=True)
    check_id = models.CharField(max_length=60)
    quote = models.CharField(max_length=300, blank=True)
    decision = models.CharField("决定", max_length=6)
    reason = models.CharField("理由", max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField("时间", auto_now_add=True, db_index=True)
    batch = models.CharField("同一次操作", max_length=32, db_index=True)
    findings = models.PositiveIntegerField("涉及问题数", default=0)
    undone_at = models.DateTimeField("撤回时间", null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "复核决定"
        ordering = ("-id",)


class Answer(models.Model):
    """A person's answer for an indicator on an object; the latest one holds."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="answers")
    target = models.CharField("对象", max_length=200)
    indicator = models.CharField("指标", max_length=40)
    answer = models.CharField("回答", max_length=20)
    count = models.IntegerField("数量", null=True)
    reason = models.CharField("理由", max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "人工项"
        ordering = ("-id",)


class SavedView(models.Model):
    """A filter a person keeps: its name and the query string. With a `role` everybody of that role sees it, too."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    area = models.CharField(max_length=20)
    name = models.CharField("名称", max_length=40)
    query = models.CharField(max_length=500)
    role = models.CharField("同角色可见", max_length=10, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "area", "name"], name="view_once")]
        ordering = ("name",)
