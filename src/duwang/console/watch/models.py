"""What the office asks of its watch. What the watch sees stands in its folder, as the command line leaves it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from duwang.flow.monitoring import PROBES


class Watching(models.Model):
    """The one row of settings."""

    active = models.BooleanField("开启值守", default=False)
    every = models.PositiveIntegerField(
        "多久访问一次首页（分钟）", default=60, validators=[MinValueValidator(1), MaxValueValidator(1440)],
        help_text="判断“站点无法访问”要求每天不少于20次，即不超过72分钟",
    )  # fmt: skip
    reading = models.PositiveIntegerField(
        "多久读取一遍全部网站和账号（小时）", default=24, validators=[MaxValueValidator(720)],
        help_text="只重读有变化的内容；0为只访问首页",
    )  # fmt: skip
    edition = models.CharField("指标版本", max_length=60, default="national-2019")
    overlays = models.JSONField("地方规则", default=list, blank=True)
    controls = models.TextField(
        "对照网址", blank=True,
        help_text="名录以外、平时总能打开的网址，一行一个。所有网站都连不上时访问它，分清是网站的问题还是本机断网",
    )  # fmt: skip
    delay = models.FloatField(
        "读取时同一主机访问间隔（秒）", default=0.5, validators=[MinValueValidator(0), MaxValueValidator(60)]
    )  # fmt: skip
    allow_loopback = models.BooleanField("允许访问本机和内网地址", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "值守设置"

    @classmethod
    def load(cls) -> Watching:
        return cls.objects.get_or_create(pk=1)[0]


def folder() -> Path:
    """Where the watch keeps its visits, events and readings."""
    return Path(settings.DATA) / "值守"


def visits_on_record() -> Path | None:
    """The watch's visits, as an inspection takes them; None while there are none."""
    path = folder() / PROBES
    return path if path.is_file() else None
