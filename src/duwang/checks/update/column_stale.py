"""update/column-stale: 栏目应更新未更新."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from duwang.checks.check import check, finding
from duwang.checks.update.ages import LIMITS, in_words, newest, period_of
from duwang.model.findings import CannotTell, Findings, NotApplicable
from duwang.model.material import Listing


@check("update/column-stale", on=Listing, title="栏目应更新未更新")
def column_stale(column: Listing, *, as_of: date, limit: Mapping[str, str] = LIMITS) -> Findings:
    """
    查什么：栏目最近一条信息印出的日期，离监测时间点是否超过更新期限。名录写明更新期限的按名录，没有写明的按类别。

    依据：国办秘函〔2019〕19号，单项否决指标“首页不更新、栏目不更新”；稿件页面没有印出日期的视为未更新。

    会报：栏目有信息，但期限内没有更新；信息都没有印出日期。

    不报：恰好等于期限的（14天、6个月、1年整）；名录写明不要求更新的；空白栏目（另行计算）；只有正文、没有列表的栏目。
    栏目打不开、稿件没有读到的，记为不能判断。晚于监测时间点的日期不算更新。

    怎么改：补充更新；确无更新内容的，办理报备；栏目不再需要的，归并或撤销。

    设置：limit 各类别的更新期限，写成14天、6个月、1年或不要求；没有写到的类别按本项检查的规定。
    """
    period = period_of(column.column, limit)
    if period is None:
        raise NotApplicable("该栏目不要求定期更新")
    if column.failure:
        raise CannotTell(f"栏目没有读到：{column.failure}")
    if not column.items:
        if column.chars:
            raise NotApplicable("栏目没有信息列表，不按更新期限检查")
        return
    last = newest(column.items, as_of=as_of)
    if last is not None and not period.passed(since=last, at=as_of):
        return
    if not column.articles_read:
        raise CannotTell("栏目里的稿件没有读到，不知道最近一次更新的日期")
    name = f"“{column.column.name}”栏目"
    if last is None:
        told = f"{name}的信息都没有印出发布日期，视为未更新"
    else:
        told = f"{name}最近一条信息发布于{in_words(last)}，超过{period.written}未更新"
    yield finding(
        column,
        quote=column.column.name,
        context="",
        message=told,
        facts={
            "last": last.isoformat() if last else None,
            "limit": period.written,
            "days": (as_of - last).days if last else None,
            "category": column.column.category,
            "first_level": column.column.first_level,
        },
    )
