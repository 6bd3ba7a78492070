"""media/advertising: 商业广告."""

from __future__ import annotations

import re

from duwang.checks.check import check, finding
from duwang.model.findings import Findings
from duwang.model.material import Document

_SELLING = re.compile(
    r"限时(?:优惠|抢购|特惠|秒杀)|立即(?:抢购|下单|购买)|点击(?:购买|下单)|扫码(?:购买|下单|抢购)|(?:抢购|团购|促销|特卖)(?:价|热线|电话)|(?:原价|市场价)\s*\d+\s*元?[^。\n]{0,8}(?:现价|仅售|特价|优惠价)"
    r"|(?:加|添加)(?:我的?)?(?:微信|V信)(?:号)?\s*[:：]?\s*(?:[A-Za-z][\w-]{5,})?[^。\n]{0,12}(?:购买|订购|咨询价格|下单)|招商加盟热线|全场\s*\d(?:\.\d)?\s*折|(?:火热|盛大)(?:开盘|预售|促销)|(?:贷款|借款)(?:秒批|无抵押|当天放款)"
)
_HINTS = (
    "限时",
    "立即",
    "点击",
    "扫码",
    "抢购",
    "团购",
    "促销",
    "特卖",
    "原价",
    "市场价",
    "微信",
    "信号",
    "招商",
    "全场",
    "开盘",
    "预售",
    "秒批",
    "无抵押",
    "当天放款",
)
_PUBLIC = re.compile(
    r"消费券|惠民|助农|以案|警惕|谨防|骗局|诈骗|提醒|曝光|打击|查处|虚假|非法|整治|典型案例|违法广告|防骗"
)


@check("media/advertising", on=Document, title="发布商业广告", places=("account", "site"))
def advertising(page: Document, *, least: int = 2) -> Findings:
    """
    查什么：政务新媒体、网站发布的内容是不是商业广告。

    依据：国办发〔2018〕123号：不得发布商业广告或链接商业广告页面。是否属于商业广告由人确认。

    会报：有两处以上推销用语（限时抢购、扫码下单、原价……现价……、添加微信购买等）的。

    不报：只有一处的；消费券、助农、防骗提醒、曝光虚假广告一类的公共信息。

    怎么改：撤下商业广告；与企业的合作推广另行处理，不在政务新媒体发布。

    设置：least 至少几处推销用语才报。
    """
    if page.kind in ("list", "home") or page.medium == "attachment" or len(page.body) < 12:
        return
    if sum(page.body.count(hint) for hint in _HINTS if hint in page.body) < least:
        return
    found = list(_SELLING.finditer(page.body))
    if len(found) >= least and not _PUBLIC.search(page.title + page.body):
        words = "、".join(dict.fromkeys(f"“{match[0][:16]}”" for match in found[:3]))
        yield finding(
            page, quote=found[0][0], start=found[0].start(), end=found[0].end(), certainty=0.7,
            message=f"有推销用语{words}，像商业广告", facts={"words": [match[0] for match in found[:5]]},
        )  # fmt: skip
