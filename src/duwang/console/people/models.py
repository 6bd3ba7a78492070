"""Who uses the system."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from duwang.console.people.roles import Role


class Person(AbstractUser):
    """A person with one role. `unit` is the unit they work for, `scope` the unit whose tree they see (empty = their own
    unit's tree); `sees_all` is for the office that runs the system. `raw_allowed`: may open unmasked evidence, logged each time."""

    full_name = models.CharField("姓名", max_length=40)
    role = models.CharField(
        "角色", max_length=12, choices=[(role.value, role.value) for role in Role], default=Role.READER
    )
    unit = models.CharField("单位", max_length=200, blank=True)
    scope = models.CharField("管理范围", max_length=200, blank=True)
    sees_all = models.BooleanField("可见全部单位", default=False)
    raw_allowed = models.BooleanField("可查看未遮掩的原始证据", default=False)
    phone = models.CharField("电话", max_length=40, blank=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "人员"

    def __str__(self) -> str:
        return self.full_name or self.username
