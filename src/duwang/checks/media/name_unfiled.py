"""media/name-unfiled: 账号名称、认证主体与备案不一致."""

from __future__ import annotations

import re
from collections import Counter

from duwang.checks.check import check, finding
from duwang.checks.media.walked import running
from duwang.model.findings import Findings, NotApplicable
from duwang.model.material import AccountView

_APART = re.compile(r"[、，,；;/\s]+")


@check("media/name-unfiled", on=AccountView, title="账号名称或认证主体与备案不一致", places=("account",))
def name_unfiled(account: AccountView, *, least_posts: int = 3) -> Findings:
    """
    查什么：账号在平台上显示的名称，与名录登记的名称是不是一致；认证主体是不是主办单位。

    依据：国办发〔2018〕123号：账号名称变更应备案，账号应在公开认证信息中标明主办单位名称；湖北省要求变更后5个工作日内备案。

    会报：显示的名称（走查记录“显示名称”，或者读到的内容署名一致的名称）与名录不同的，写明是曾用名还是没有登记过的名称；
    认证主体不是主办单位、也不含主办单位简称的。

    不报：只有空格、标点不同的；署名各不相同的（多半是作者）；名录没有认证主体、也没有看到显示名称的，记为不适用。

    怎么改：向主管单位备案变更，在报送系统更新名称；按主办单位重新认证。

    设置：least_posts 至少几条内容署名一致才当作显示名称。
    """
    one = running(account)
    shown = account.walked.get("显示名称", "").strip() or _signed(account, least_posts)
    if not shown and not one.verified_as:
        raise NotApplicable("没有看到显示名称，名录也没有填写认证主体")
    if shown and _bare(shown) != _bare(one.name):
        former = _bare(shown) in {_bare(name) for name in _APART.split(one.former_names)}
        told = "是名录登记的曾用名" if former else "没有备案"
        yield finding(
            account, quote=shown, context="名称", message=f"名录登记为“{one.name}”的{one.platform}显示名称为“{shown}”，{told}",
            facts={"shown": shown, "filed": one.name, "former": former},
        )  # fmt: skip
    if one.verified_as and not _is_owner(account, one.verified_as, one.owner):
        yield finding(
            account, quote=one.verified_as, context="认证", message=f"“{one.name}”（{one.platform}）的认证主体是“{one.verified_as}”，主办单位是“{one.owner}”",
            certainty=0.8, facts={"verified_as": one.verified_as, "owner": one.owner},
        )  # fmt: skip


def _signed(account: AccountView, least: int) -> str:
    """The name that all posts are signed with; empty when they differ or are few."""
    names = Counter(post.source or post.author for post in account.posts or ())
    (name, times), *rest = names.most_common() or [("", 0)]
    return name if name and times >= least and not rest else ""


def _is_owner(account: AccountView, verified: str, owner: str) -> bool:
    org = next((one for one in account.registry.orgs if owner in (one.name, one.short)), None)
    names = {owner} | ({org.name, org.short} - {""} if org else set())
    return any(_bare(name) in _bare(verified) or _bare(verified) in _bare(name) for name in names if name)


def _bare(name: str) -> str:
    return re.sub(r"[\s\W_]+", "", name)
