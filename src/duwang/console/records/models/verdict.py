"""Verdicts of rounds."""

from __future__ import annotations

from django.db import models

from duwang.console.records.models.round import Round


class VerdictRow(models.Model):
    """One judged object of one round; `body` is the record of verdicts.json, `seen` its coverage share."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="verdicts")
    target = models.CharField("对象", max_length=200)
    kind = models.CharField(max_length=8)
    name = models.CharField("名称", max_length=200)
    org = models.CharField("主办单位", max_length=200)
    verdict = models.CharField("判定", max_length=4)
    seen = models.FloatField("读到比例", null=True)
    problems = models.PositiveIntegerField("问题数", default=0)
    open_questions = models.PositiveIntegerField("待核问题", default=0)
    body = models.JSONField(default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "判定"
        constraints = [models.UniqueConstraint(fields=["round", "target"], name="verdict_once_per_round")]
        indexes = [models.Index(fields=["round", "kind", "verdict"]), models.Index(fields=["round", "org"])]
        ordering = ("kind", "target")
