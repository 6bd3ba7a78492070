"""How units are told, what they were told, and what is on its way."""

from __future__ import annotations

from datetime import time

from django.conf import settings
from django.db import models

from duwang.console.records.models import CaseRow


class Topic(models.TextChoices):
    """What is worth a message."""

    NEW = "新工单", "新工单"
    SOON = "即将到期", "即将到期"
    OVERDUE = "已逾期", "已逾期"
    RULED = "申辩裁定", "申辩裁定"
    WATCH = "值守", "值守（网站打不开、恢复、即将超期、新问题）"


class Posting(models.Model):
    """The one row of settings. The mail password is no setting: it stands in DUWANG_SMTP_PASSWORD."""

    class Security(models.TextChoices):
        NONE = "不加密", "不加密"
        STARTTLS = "STARTTLS", "STARTTLS"
        SSL = "SSL", "SSL"

    active = models.BooleanField("发送提醒", default=False)
    site = models.URLField("控制台网址", max_length=200, blank=True)
    smtp_host = models.CharField("邮件服务器", max_length=200, blank=True)
    smtp_port = models.PositiveIntegerField("端口", default=25)
    smtp_security = models.CharField("加密", max_length=10, choices=Security, default=Security.NONE)
    smtp_user = models.CharField("登录名", max_length=200, blank=True)
    sender = models.EmailField("发件地址", blank=True)
    quiet_from = models.TimeField("几点以后不发", default=time(18, 0))
    quiet_until = models.TimeField("几点以前不发", default=time(8, 30))
    working_days = models.BooleanField("只在工作日发", default=True)
    soon_days = models.PositiveIntegerField("到期前几个工作日提醒", default=3)
    gap_minutes = models.PositiveIntegerField("同一单位两次提醒至少相隔（分钟）", default=120)

    class Meta:
        verbose_name = verbose_name_plural = "提醒设置"

    @classmethod
    def load(cls) -> Posting:
        return cls.objects.get_or_create(pk=1)[0]


class Channel(models.Model):
    """An address that an administrator entered; `org` empty = for every unit. A webhook's key is derived, never stored:
    `generation` makes a new one."""

    class Kind(models.TextChoices):
        MAIL = "邮件", "邮件"
        WEBHOOK = "回调", "回调"

    kind = models.CharField("方式", max_length=4, choices=Kind, default=Kind.MAIL)
    org = models.CharField("单位", max_length=200, blank=True, db_index=True)
    address = models.CharField("地址", max_length=400)
    topics = models.JSONField("事项", default=list)
    active = models.BooleanField("启用", default=True)
    generation = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "提醒渠道"
        constraints = [models.UniqueConstraint(fields=["kind", "org", "address"], name="channel_once")]
        ordering = ("org", "kind", "address")


class Told(models.Model):
    """A case was told of once for this topic; `mark` tells one occasion from the next (a new deadline, another ruling)."""

    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, related_name="told")
    topic = models.CharField(max_length=4)
    mark = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "topic", "mark"], name="told_once")]


class Message(models.Model):
    """One message to one address in the outbox."""

    class State(models.TextChoices):
        WAITING = "待发", "待发"
        SENDING = "发送中", "发送中"
        SENT = "已发", "已发"
        HELD = "不能发", "不能发"
        GIVEN_UP = "已放弃", "已放弃"

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="messages")
    org = models.CharField("单位", max_length=200, db_index=True)
    subject = models.CharField("标题", max_length=200)
    body = models.TextField("内容")
    payload = models.JSONField(default=dict)
    state = models.CharField("状态", max_length=4, choices=State, default=State.WAITING, db_index=True)
    tries = models.PositiveSmallIntegerField("次数", default=0)
    next_at = models.DateTimeField("下次发送", db_index=True)
    error = models.CharField("原因", max_length=400, blank=True)
    created_at = models.DateTimeField("生成", auto_now_add=True)
    sent_at = models.DateTimeField("发出", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "提醒"
        ordering = ("-id",)
