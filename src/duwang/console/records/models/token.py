"""Access of other systems."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ApiToken(models.Model):
    """A token of the API: only its SHA-256 is kept. It sees what its owner sees, within its scopes."""

    name = models.CharField("名称", max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField("范围", default=list)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField("有效期至", null=True)
    used_at = models.DateTimeField("最近使用", null=True)
    revoked = models.BooleanField("已停用", default=False)

    class Meta:
        ordering = ("-id",)
