"""Texts checked before publication and who signed them."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Manuscript(models.Model):
    """A text under 发布前审校. `sha256` of the checked text is what signatures are bound to; `kind` 普通 or 政策文件 (needs 解读)."""

    class State(models.TextChoices):
        DRAFT = "拟稿"
        HANDLING = "承办"
        LEADING = "分管"
        CHIEF = "主要领导"
        CLEARED = "可发布"
        VERIFIED = "已核实"
        RETURNED = "退回"

    title = models.CharField("标题", max_length=300)
    kind = models.CharField("类型", max_length=10, default="普通")
    org = models.CharField("单位", max_length=200, db_index=True)
    text = models.TextField("正文")
    sha256 = models.CharField(max_length=64)
    findings = models.JSONField(default=list)
    ignored = models.JSONField(default=dict)
    state = models.CharField("状态", max_length=6, choices=State, default=State.DRAFT)
    interpretation = models.JSONField("解读方案和解读材料", default=dict)
    url = models.URLField("发布网址", max_length=500, blank=True)
    verification = models.JSONField("前台核实", default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "文稿"
        ordering = ("-id",)


class Signature(models.Model):
    """One step of 三审三校: who said yes or no to which text."""

    manuscript = models.ForeignKey(Manuscript, on_delete=models.CASCADE, related_name="signatures")
    step = models.CharField("环节", max_length=6)
    agreed = models.BooleanField("同意")
    remark = models.CharField("意见", max_length=500, blank=True)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("id",)
