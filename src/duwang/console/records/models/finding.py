"""Findings of rounds, and the tally that makes every count quick."""

from __future__ import annotations

from django.db import models

from duwang.console.records.models.round import Round


class Standing(models.TextChoices):
    """Where a finding stands in review."""

    PENDING = "待复核"
    CONFIRMED = "已确认"
    FALSE_ALARM = "误报"
    NO_EFFECT = "不影响判定"


class FindingRow(models.Model):
    """One finding of one round. `lead`: the first of its question in the round; `lead_in_org`: the first within its unit: lists
    show leads, so that equal findings are one card. `wording`: the same for findings of a check that say the same of whatever page.
    `rank`: smaller is more urgent (could flip a verdict, severity, certainty)."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="findings")
    fingerprint = models.CharField(max_length=20)
    question = models.CharField(max_length=16)
    check_id = models.CharField("检查项", max_length=60)
    family = models.CharField(max_length=20)
    target = models.CharField("位置", max_length=300)
    owner = models.CharField("对象", max_length=200)
    kind = models.CharField(max_length=8)
    org = models.CharField("责任单位", max_length=200)
    org_by = models.CharField(max_length=12)
    severity = models.CharField("等级", max_length=4)
    standing = models.CharField("复核", max_length=6, choices=Standing, default=Standing.PENDING)
    fate = models.CharField("与上轮比较", max_length=12, default="new")
    affects = models.BooleanField("可能影响判定", default=False)
    rank = models.PositiveIntegerField(default=0)
    lead = models.PositiveSmallIntegerField(
        default=0
    )  # 0 or 1: a number in the index, where a bare boolean would not use it
    lead_in_org = models.PositiveSmallIntegerField(default=0)
    alike = models.PositiveIntegerField("同类", default=1)
    title = models.CharField("页面标题", max_length=300, blank=True)
    quote = models.CharField("原文", max_length=300, blank=True)
    wording = models.CharField(max_length=16, default="")
    message = models.TextField("说明")
    body = models.JSONField(default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "问题"
        constraints = [models.UniqueConstraint(fields=["round", "fingerprint"], name="finding_once_per_round")]
        # what stands behind `id` decides nothing of the order: it lets a page's keys be found without touching the rows
        indexes = [
            models.Index(fields=["round", "lead", "standing", "rank", "id", "fate"], name="find_lead"),
            models.Index(fields=["round", "lead", "rank", "id"], name="find_all"),
            models.Index(
                fields=["round", "severity", "lead", "standing", "rank", "id", "fate", "kind"], name="find_severity"
            ),
            models.Index(fields=["round", "kind", "lead", "standing", "rank", "id", "fate"], name="find_kind"),
            models.Index(fields=["round", "severity", "lead", "rank", "id", "kind"], name="find_all_severity"),
            models.Index(fields=["round", "kind", "lead", "rank", "id"], name="find_all_kind"),
            models.Index(fields=["round", "check_id", "lead", "rank", "id", "severity", "kind"], name="find_all_check"),
            models.Index(
                fields=["round", "fate", "lead", "rank", "id", "check_id", "severity", "kind"], name="find_fate"
            ),
            models.Index(
                fields=["round", "check_id", "lead", "standing", "rank", "id", "fate", "severity", "kind"],
                name="find_check",
            ),
            models.Index(
                fields=[
                    "round",
                    "org",
                    "lead_in_org",
                    "standing",
                    "rank",
                    "id",
                    "fate",
                    "check_id",
                    "severity",
                    "kind",
                    "wording",
                ],
                name="find_org",
            ),
            models.Index(
                fields=["round", "owner", "standing", "rank", "id", "fate", "lead", "lead_in_org"], name="find_owner"
            ),
            models.Index(fields=["round", "question", "org", "id"], name="find_question"),
            models.Index(fields=["fingerprint"], name="find_print"),
            models.Index(
                fields=[
                    "round",
                    "check_id",
                    "wording",
                    "standing",
                    "lead",
                    "rank",
                    "org",
                    "fate",
                    "severity",
                    "kind",
                    "id",
                ],
                name="find_wording",
            ),
        ]


class Tally(models.Model):
    """How many findings (and leads) of one kind a round has: 1 M findings are a few thousand of these rows."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="tallies")
    org = models.CharField(max_length=200)
    kind = models.CharField(max_length=8)
    check_id = models.CharField(max_length=60)
    severity = models.CharField(max_length=4)
    fate = models.CharField(max_length=12)
    affects = models.BooleanField()
    standing = models.CharField(max_length=6)
    findings = models.IntegerField(default=0)
    leads = models.IntegerField(default=0)
    leads_in_org = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["round", "org", "check_id"], name="tally_round")]
