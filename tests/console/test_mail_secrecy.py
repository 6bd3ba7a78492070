"""Mail over TLS to a server with a certificate of its own: taken when the certificate is trusted, refused in words when it is not."""

from __future__ import annotations

import shutil
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from duwang.console.notices import postman
from duwang.console.notices.models import Channel, Message, Posting
from duwang.console.people.roles import Role
from kit.sinks import mail_sink, self_signed

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(shutil.which("openssl") is None, reason="没有 openssl，做不出自签证书，跳过"),
]
MONDAY = datetime(2024, 10, 14, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def letter(people):
    """One message that is due."""
    Posting.objects.create(pk=1, active=True, smtp_host="127.0.0.1", sender="duwang@yunling.example")
    channel = Channel.objects.create(kind="邮件", address="jiaoyu@yunling.example", by=people[Role.ADMIN])
    return Message.objects.create(channel=channel, org="教育局", subject="提醒", body="有新工单", next_at=MONDAY)


@pytest.mark.parametrize(("security", "from_the_start"), [("STARTTLS", False), ("SSL", True)])
def test_a_trusted_certificate_carries_the_letter(letter, tmp_path, monkeypatch, security, from_the_start):
    context, certificate = self_signed(tmp_path)
    monkeypatch.setenv("DUWANG_SMTP_CA", str(certificate))
    with mail_sink(context, from_the_start=from_the_start) as (port, letters):
        Posting.objects.update(smtp_port=port, smtp_security=security)
        assert postman.deliver(MONDAY) == 1, Message.objects.get().error
    (kept,) = letters
    assert kept["secret"] is True
    assert b"Subject:" in kept["data"]


@pytest.mark.parametrize(("security", "from_the_start"), [("STARTTLS", False), ("SSL", True)])
@pytest.mark.parametrize("why", ["unknown", "other name"])
def test_a_certificate_that_is_not_trusted_is_refused(letter, tmp_path, monkeypatch, security, from_the_start, why):
    context, certificate = self_signed(tmp_path, name="IP:127.0.0.1" if why == "unknown" else "IP:127.0.0.2")
    if why == "other name":
        monkeypatch.setenv("DUWANG_SMTP_CA", str(certificate))
    with mail_sink(context, from_the_start=from_the_start) as (port, letters):
        Posting.objects.update(smtp_port=port, smtp_security=security)
        assert postman.deliver(MONDAY) == 0
    assert letters == []
    assert "证书不受信任" in Message.objects.get().error


def test_a_server_without_starttls_gets_nothing_in_the_clear(letter):
    with mail_sink() as (port, letters):
        Posting.objects.update(smtp_port=port, smtp_security="STARTTLS")
        assert postman.deliver(MONDAY) == 0
    assert letters == []
    assert "不支持所选的加密" in Message.objects.get().error
