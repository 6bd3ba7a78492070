"""Handing one message over: to the office's mail server, or to an address that takes JSON with a signature."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from django.conf import settings

from duwang.console.notices.models import Channel, Message, Posting

_PATIENCE = 15


class NotSent(Exception):
    """Why a message did not arrive, in one Chinese sentence; it may be tried again."""


def send(message: Message, posting: Posting, *, at: int) -> None:
    """Hand over; NotSent when it was not taken. `at` is the time in seconds that a webhook is signed with."""
    if message.channel.kind == Channel.Kind.MAIL:
        _mail(message, posting)
    else:
        _post(message, at=at)


def key_of(channel: Channel) -> str:
    """The webhook's key, as the receiver has to know it."""
    told = f"notices.webhook:{channel.pk}:{channel.generation}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()


def signature(key: str, *, at: int, body: bytes) -> str:
    """`sha256=…` over the time, a full stop and the body: the receiver computes the same and refuses old times."""
    return "sha256=" + hmac.new(key.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def _mail(message: Message, posting: Posting) -> None:
    if not posting.smtp_host or not posting.sender:
        raise NotSent("没有设置邮件服务器或发件地址")
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = message.subject, posting.sender, message.channel.address
    letter["Date"], letter["Message-ID"] = (
        formatdate(localtime=True),
        make_msgid(domain=posting.sender.rpartition("@")[2]),
    )
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.body)
    secure = posting.smtp_security
    try:
        if secure == Posting.Security.SSL:
            server: smtplib.SMTP = smtplib.SMTP_SSL(posting.smtp_host, posting.smtp_port, timeout=_PATIENCE, context=_trust())  # fmt: skip
        else:
            server = smtplib.SMTP(posting.smtp_host, posting.smtp_port, timeout=_PATIENCE)
        with server:
            if secure == Posting.Security.STARTTLS:
                server.starttls(context=_trust())
            if posting.smtp_user:
                server.login(posting.smtp_user, os.environ.get("DUWANG_SMTP_PASSWORD", ""))
            server.send_message(letter)
    except ssl.SSLCertVerificationError as fault:
        why = f"邮件服务器的证书不受信任（{fault.verify_message}）；自签的证书放进一个文件，用环境变量 DUWANG_SMTP_CA 指出"
        raise NotSent(why[:400]) from None
    except smtplib.SMTPNotSupportedError as fault:
        raise NotSent(f"邮件服务器不支持所选的加密或登录：{fault}"[:400]) from None
    except smtplib.SMTPException as fault:
        raise NotSent(f"邮件服务器没有接收：{type(fault).__name__} {fault}"[:400]) from None
    except OSError as fault:
        raise NotSent(f"连不上邮件服务器：{fault}"[:400]) from None


def _trust() -> ssl.SSLContext:
    """The system's authorities, or those of one file: an office's own mail server often has a certificate of its own."""
    return ssl.create_default_context(cafile=os.environ.get("DUWANG_SMTP_CA") or None)


def _post(message: Message, *, at: int) -> None:
    body = json.dumps({"id": message.pk, **message.payload}, ensure_ascii=False, sort_keys=True).encode()
    request = Request(message.channel.address, data=body, method="POST")
    for name, value in {
        "Content-Type": "application/json; charset=utf-8", "User-Agent": "duwang", "X-Duwang-Delivery": str(message.pk),
        "X-Duwang-Timestamp": str(at), "X-Duwang-Signature": signature(key_of(message.channel), at=at, body=body),
    }.items():  # fmt: skip
        request.add_header(name, value)
    try:
        with build_opener(_NoRedirect, ProxyHandler({})).open(request, timeout=_PATIENCE) as answer:
            answer.read(4096)
    except HTTPError as fault:
        raise NotSent(f"对方返回{fault.code}") from None
    except (URLError, OSError) as fault:
        raise NotSent(f"连不上对方：{getattr(fault, 'reason', fault)}"[:400]) from None


class _NoRedirect(HTTPRedirectHandler):
    """A signed message goes to the address that was entered, nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None
