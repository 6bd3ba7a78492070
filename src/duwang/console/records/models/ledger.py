"""The ledger: one row per line of a sheet, with its history."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class LedgerRow(models.Model):
    """One line of a sheet (interfaces §2). `key` identifies it within the sheet; `cells` maps headings to texts."""

    sheet = models.CharField("表", max_length=10)
    key = models.CharField("标识", max_length=300)
    name = models.CharField("名称", max_length=300)
    org = models.CharField("责任单位", max_length=200, blank=True)
    parent = models.CharField("上级", max_length=300, blank=True)
    kind = models.CharField("类型", max_length=40, blank=True)
    state = models.CharField("状态", max_length=20, blank=True)
    cells = models.JSONField("内容", default=dict)
    order = models.PositiveIntegerField("顺序", default=0)
    removed = models.BooleanField("已移出", default=False)
    changed_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "名录"
        constraints = [models.UniqueConstraint(fields=["sheet", "key"], name="ledger_row_once")]
        indexes = [models.Index(fields=["sheet", "removed", "order"]), models.Index(fields=["sheet", "org"])]
        ordering = ("sheet", "order", "id")

    def __str__(self) -> str:
        return self.name


class LedgerChange(models.Model):
    """What an import or an edit did to one line. `before` is null for a new line, `after` for a removed one."""

    row = models.ForeignKey(LedgerRow, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField("时间", auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    source = models.CharField("来源", max_length=200, blank=True)

    class Meta:
        ordering = ("-id",)
