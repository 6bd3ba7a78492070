"""The sheets of a ledger: headings, what each holds, which must be filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from duwang.model.registry import Account, Column, Declaration, Letter, Org, Route, Site, Task

Kind = Literal["text", "code", "site-code", "name", "choice", "yes", "date", "url", "limit", "count", "object"]


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a sheet. `field` is the attribute it fills; `hint` is printed in the template."""

    name: str
    field: str
    kind: Kind = "text"
    required: bool = False
    allowed: tuple[str, ...] = ()
    hint: str = ""

    @property
    def as_text(self) -> bool:
        """True where a spreadsheet must keep the cell as text."""
        return self.kind in ("code", "site-code", "object", "name")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, its headings, and the type a record becomes."""

    name: str
    record: type[Any]
    headings: tuple[Heading, ...]

    def heading(self, name: str) -> Heading | None:
        return next((heading for heading in self.headings if heading.name == name), None)


YES_NO = ("是", "否")
CATEGORIES = (
    "动态要闻", "通知公告", "政策文件", "政策解读", "人事", "规划计划", "数据", "概况", "机构职能", "领导信息", "公开指南", "公开制度",
    "公开目录", "公开年报", "重点领域", "办事指南", "互动", "依申请", "专题", "其他",
)  # fmt: skip
DECLARED = ("确无更新", "停机", "临时下线", "停更")
LETTER_SOURCES = ("领导信箱", "网民留言", "找错", "曝光台", "依申请公开")
NAMED_BY = "网站标识码、网站标识码/栏目名称、栏目网址、备案单号、平台/名称、单位名称或简称"
NO_LIMIT = "不要求"

_CODE = "10位网站标识码，单元格设为文本"

SHEETS = (
    Sheet("单位", Org, (
        Heading("名称", "name", required=True, hint="规范全称"),
        Heading("简称", "short"),
        Heading("上级单位", "parent"),
        Heading("行政区划", "region"),
        Heading("类型", "kind", "choice", allowed=("政府", "部门", "乡镇", "街道", "开发区", "直属单位", "垂管")),
        Heading("联系人", "contact"),
        Heading("联系电话", "phone"),
        Heading("曾用名", "former", hint="改名、合并前的名称，多个用、分开；旧稿件上的署名按它归到本单位"),
    )),
    Sheet("网站", Site, (
        Heading("网站标识码", "code", "site-code", required=True, hint=_CODE),
        Heading("名称", "name", required=True),
        Heading("首页网址", "home", "url", required=True, hint="完整网址，以http://或https://开头"),
        Heading("类型", "kind", "choice", allowed=("门户", "部门", "专项")),
        Heading("主办单位", "owner", required=True),
        Heading("主管单位", "supervisor"),
        Heading("对外服务", "serves_public", "yes", allowed=YES_NO),
        Heading("状态", "state", "choice", allowed=("正常", "例行维护", "临时下线", "关停")),
        Heading("全国系统登记", "registered", "yes", allowed=YES_NO),
        Heading("遵守robots", "obeys_robots", "yes", allowed=YES_NO, hint="空着按“否”：照常读取，并在覆盖情况里写明"),
    )),
    Sheet("栏目", Column, (
        Heading("网站标识码", "site_code", "site-code", required=True, hint=_CODE),
        Heading("栏目名称", "name", required=True),
        Heading("栏目网址", "url", "url", required=True, hint="完整网址，以http://或https://开头"),
        Heading("类别", "category", "choice", allowed=CATEGORIES),
        Heading("领域", "field", hint="类别为重点领域时填写"),
        Heading("一级", "first_level", "yes", allowed=YES_NO, hint="是否一级栏目，空着按“是”"),
        Heading("更新期限", "limit", "limit", hint="14天、6个月、1年或不要求，空着按类别"),
        Heading("责任单位", "org"),
    )),
    Sheet("新媒体", Account, (
        Heading("备案单号", "filing_no", "code", hint="全国系统的备案单号，单元格设为文本"),
        Heading("平台", "platform", "name", required=True, hint="微信公众号、微博、抖音等"),
        Heading("名称", "name", required=True),
        Heading("账号", "handle", "name"),
        Heading("主办单位", "owner", required=True),
        Heading("主管单位", "supervisor"),
        Heading("状态", "state", "choice", allowed=("正常", "拟关停", "已注销")),
        Heading("全国系统登记", "registered", "yes", allowed=YES_NO),
        Heading("省级平台登记", "registered_province", "yes", allowed=YES_NO),
        Heading("开设日期", "opened", "date"),
        Heading("备案日期", "filed", "date"),
        Heading("注销日期", "cancelled", "date"),
        Heading("认证主体", "verified_as"),
        Heading("曾用名", "former_names"),
        Heading("采集方式", "route", "choice", allowed=tuple(route.value for route in Route)),
        Heading("采集地址", "address", hint="网址，或相对名录所在文件夹的路径"),
    )),
    Sheet("报备", Declaration, (
        Heading("对象", "target", "object", required=True, hint=NAMED_BY),
        Heading("类型", "kind", "choice", required=True, allowed=DECLARED),
        Heading("起", "start", "date", required=True),
        Heading("止", "end", "date", required=True),
        Heading("理由", "reason"),
        Heading("依据", "basis"),
    )),
    Sheet("信件", Letter, (
        Heading("编号", "number", "code", required=True, hint="单元格设为文本"),
        Heading("来源", "source", "choice", required=True, allowed=LETTER_SOURCES),
        Heading("信箱", "mailbox", hint="区长信箱、市长信箱等"),
        Heading("有效", "valid", "yes", allowed=YES_NO, hint="空着按“是”"),
        Heading("补正通知", "correction_asked", "date"),
        Heading("补正收到", "correction_received", "date"),
        Heading("延期至", "extended_to", "date"),
        Heading("征求第三方", "third_party_asked", "date"),
        Heading("第三方答复", "third_party_answered", "date"),
        Heading("对象", "target", "object", hint=NAMED_BY),
        Heading("标题", "title"),
        Heading("正文", "text"),
        Heading("收到时间", "received", "date"),
        Heading("答复时间", "replied", "date"),
        Heading("答复单位", "replier"),
        Heading("答复内容", "reply"),
        Heading("类别", "category"),
    )),
    Sheet("任务", Task, (
        Heading("类型", "kind", "choice", required=True, allowed=("转发", "发布量")),
        Heading("对象", "target", "object", required=True, hint=NAMED_BY),
        Heading("名称或栏目", "name", hint="转发：要转发的标题；发布量：栏目名称"),
        Heading("期限", "due", "date"),
        Heading("数量", "count", "count"),
    )),
)  # fmt: skip

SHEET_NAMES = tuple(sheet.name for sheet in SHEETS)


def sheet_named(name: str) -> Sheet:
    """The sheet of that name; KeyError when there is none."""
    return next(sheet for sheet in SHEETS if sheet.name == name)
