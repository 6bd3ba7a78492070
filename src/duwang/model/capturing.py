"""What is asked of the network and what came back; failures are values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Failure(StrEnum):
    """Why nothing usable came back. `in_words` is for people."""

    DNS = "dns"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    TLS = "tls"
    STATUS = "status"
    TOO_LARGE = "too-large"
    LOOP = "loop"
    BLOCKED = "blocked"
    ROBOTS = "robots"
    DISCONNECTED = "disconnected"
    BAD_CONTENT = "bad-content"
    BAD_ADDRESS = "bad-address"
    BUDGET = "budget"
    SILENT = "silent"

    @property
    def in_words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Failure.DNS: "域名无法解析",
    Failure.REFUSED: "连接被拒绝",
    Failure.TIMEOUT: "15秒内没有打开",
    Failure.TLS: "证书或加密连接有问题",
    Failure.STATUS: "服务器返回错误状态",
    Failure.TOO_LARGE: "内容超过大小上限",
    Failure.LOOP: "跳转次数过多或循环跳转",
    Failure.BLOCKED: "地址指向本机或内网，未获准访问",
    Failure.ROBOTS: "网站的robots规则不允许读取",
    Failure.DISCONNECTED: "连接中途断开",
    Failure.BAD_CONTENT: "内容损坏，无法解码",
    Failure.BAD_ADDRESS: "地址写法不对",
    Failure.BUDGET: "达到页数上限，没有读取",
    Failure.SILENT: "主机连续没有响应，没有再访问",
}


class Role(StrEnum):
    """Why a request is made."""

    HOME = "home"
    LIST = "list"
    ARTICLE = "article"
    ATTACHMENT = "attachment"
    PICTURE = "picture"
    LINK = "link"
    FEED = "feed"
    ROBOTS = "robots"
    PROBE = "probe"


@dataclass(frozen=True, slots=True)
class Request:
    """One address to read. `owner` is a site or account ref; `column` a column ref; `page` the list page number from 1.
    `most_bytes` cuts the body there instead of refusing it (0 = whole); `etag` and `modified` are what an earlier answer
    said, so that the server may answer 304."""

    url: str
    role: Role
    owner: str = ""
    column: str = ""
    page: int = 1
    method: str = "GET"
    referer: str = ""
    most_bytes: int = 0
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Capture:
    """The answer. `status` is None when no HTTP answer came; `ms` is wall time; `body` decompressed bytes."""

    url: str
    final_url: str
    status: int | None
    headers: tuple[tuple[str, str], ...]
    body: bytes
    failure: Failure | None
    detail: str
    at: datetime
    ms: int
    sha256: str = ""
    redirects: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return self.failure is None and self.status is not None and 200 <= self.status < 300

    def header(self, name: str) -> str:
        """First value of a header, empty when absent."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")

    @property
    def content_type(self) -> str:
        return self.header("content-type")

    @property
    def reason(self) -> str:
        """One Chinese phrase why it failed; empty when ok."""
        if self.ok:
            return ""
        if self.failure in (None, Failure.STATUS):
            return f"服务器返回{self.status}"
        return self.failure.in_words
