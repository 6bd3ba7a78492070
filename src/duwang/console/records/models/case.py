"""Rectification."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from duwang.console.records.models.round import Round


class CaseRow(models.Model):
    """One case (整改工单); `body` is the record of cases.jsonl with its events."""

    number = models.CharField("工单号", max_length=40, unique=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="cases")
    fingerprint = models.CharField(max_length=20, db_index=True)
    org = models.CharField("责任单位", max_length=200, db_index=True)
    check_id = models.CharField(max_length=60, blank=True)
    problem = models.TextField("问题")
    state = models.CharField("状态", max_length=6)
    due = models.DateField("期限", null=True, db_index=True)
    issued = models.DateField("交办日期", null=True)
    relapsed = models.BooleanField("改了又犯", default=False)
    body = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "整改工单"
        indexes = [
            models.Index(fields=["round", "state", "due"]),
            models.Index(fields=["state", "due", "org", "number", "relapsed"], name="case_state"),
            models.Index(fields=["org", "state", "due", "number", "relapsed"], name="case_tally"),
            models.Index(fields=["due", "org", "number"], condition=models.Q(relapsed=True), name="case_relapsed"),
            models.Index(fields=["due", "org", "number", "state", "relapsed"], name="case_listed"),
        ]
        ordering = ("due", "org", "number")


class Proof(models.Model):
    """A file that a unit sent with an answer or an appeal. Stored under a name of our own, never served as it came."""

    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="proofs")
    name = models.CharField("文件名", max_length=200)
    file = models.FileField(upload_to="proofs/")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)
