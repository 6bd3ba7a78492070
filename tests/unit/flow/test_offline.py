"""Whether it is the links or our own line: a server on an intranet resolves no outside name at all."""

from __future__ import annotations

import pytest

from duwang.flow.linking import _offline

BADGE, REPORT = "http://bszs.conac.cn/x", "https://zfwzgl.www.gov.cn/exposure/jiucuo.html"


@pytest.mark.parametrize(
    ("asked", "offline"),
    [
        ({BADGE: "dns"}, True),
        ({BADGE: "dns", REPORT: "dns", "http://127.0.0.1:8001/a": ""}, True),
        ({BADGE: "dns", "http://www.yunling.gov.cn/": ""}, False),
        ({"http://www.yunling.gov.cn/": "dns"}, False),
        ({f"http://www{n}.yunling.gov.cn/": "dns" for n in range(4)}, False),
        ({f"http://www{n}.yunling.gov.cn/": "dns" for n in range(5)}, True),
        ({"http://no-such-host.invalid/": "dns"}, False),
        ({}, False),
    ],
)
def test_no_name_resolves(asked: dict[str, str], offline: bool) -> None:
    assert _offline({url: {"failure": failure} for url, failure in asked.items()}) is offline
