"""The subjects of specs, built from Chinese keys: one page, column, site, account or letter with its ledger.

`页面` → Document, `栏目` → Listing, `网站` → SiteView, `账号` → AccountView, `信件` → LetterView; `名录` holds rows of the
ledger's sheets with the sheets' own headings. Values of ledger rows are read as in a real ledger.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from duwang.checks.check import Subject
from duwang.flow.registry.cells import value_of
from duwang.flow.registry.sheets import sheet_named
from duwang.model.calendar import BEIJING
from duwang.model.capturing import Failure
from duwang.model.material import (
    AccountView,
    AxeFault,
    AxePage,
    Document,
    Image,
    Item,
    LetterView,
    Link,
    LinkState,
    Listing,
    PageDigest,
    Probe,
    SearchTry,
    SiteView,
    Table,
)
from duwang.model.refs import page_ref, site_ref
from duwang.model.registry import Registry
from duwang.reading.page import read_page
from duwang.reading.sketch import sketch

CODE = "5399210001"
HOME = "http://www.fangzhen.gov.cn/"
OWNER = site_ref(CODE)
_DEFAULTS: dict[str, dict[str, Any]] = {
    "网站": {"网站标识码": CODE, "名称": "仿真县人民政府", "首页网址": HOME, "主办单位": "仿真县人民政府办公室"},
    "栏目": {"网站标识码": CODE, "栏目名称": "某栏目", "栏目网址": HOME + "lanmu/"},
    "新媒体": {"备案单号": "70743", "平台": "微信公众号", "名称": "仿真发布", "主办单位": "仿真县人民政府办公室"},
    "信件": {"编号": "1", "来源": "网民留言"},
    "单位": {},
    "报备": {},
    "任务": {},
}
_SHEET_FIELDS = {
    "单位": "orgs",
    "网站": "sites",
    "栏目": "columns",
    "新媒体": "accounts",
    "报备": "declarations",
    "信件": "letters",
    "任务": "tasks",
}
_PAGE = {
    "网址": "url", "正文": "body", "类型": "kind", "标题": "title", "载体": "medium", "所在页面": "page_url", "发布日期": "published",
    "印出的日期": "published_raw", "发布时间": "published_at", "来源": "source", "作者": "author", "文号": "doc_no", "索引号": "index_no",
    "发布机构": "issuer", "成文日期": "written", "公开属性": "disclosure", "失效标记": "expired_mark", "页脚": "footer", "栏目": "column",
    "乱码": "garbled", "可点的": "controls", "标签日期": "meta_date", "网址日期": "url_date", "首次见到": "first_seen", "上次没有": "absent_on",
}  # fmt: skip
_KINDS = {
    "稿件": "article",
    "栏目页": "list",
    "首页": "home",
    "办事指南": "guide",
    "信件": "letter",
    "附件": "attachment",
    "帖文": "post",
    "其他": "other",
}
_MEDIA = {"网页": "page", "附件": "attachment", "帖文": "post", "文稿": "text"}
_VERDICTS = {
    "能打开": "ok", "打不开": "dead", "假页面": "soft-404", "拒绝访问": "blocked", "要求登录": "needs-login", "访问过频": "rate-limited",
    "响应慢": "slow", "时好时坏": "unstable", "不知道": "unknown",
}  # fmt: skip
_LINKS = {"页面": "page", "图片": "image", "附件": "attachment", "样式": "style", "站外": "outbound"}


class SubjectFault(Exception):
    """A sample that is written wrong."""


def subject_of(given: Mapping[str, Any], *, text: str | None, html: str | None) -> Subject:
    """The subject a sample stands for. A text or HTML may come with `页面` for what it does not say itself."""
    given = dict(given)
    registry = registry_of(given.pop("名录", {}))
    if text is not None:
        page = {"载体": "文稿", "网址": "", "正文": text, **given.pop("页面", {})}
        return _only(given, document_of(page))
    if html is not None:
        page = given.pop("页面", {})
        read = read_page(
            html.encode(), url=page.get("网址", HOME + "content/1.html"), content_type="text/html; charset=utf-8"
        )
        return _only(given, document_of(page, read.document()))
    if len(given) != 1:
        raise SubjectFault(f"材料应写明页面、栏目、网站、账号、信件中的一种，写了{'、'.join(given) or '空'}")
    kind, content = given.popitem()
    content = dict(content or {})
    if kind == "页面":
        return document_of(content)
    if kind == "栏目":
        return listing_of(content)
    if kind == "网站":
        return site_view_of(content, registry)
    if kind == "账号":
        return account_view_of(content, registry)
    if kind == "信件":
        return LetterView(record("信件", content), registry)
    raise SubjectFault(f"不认识材料“{kind}”")


def _only(rest: Mapping[str, Any], page: Document) -> Document:
    if rest:
        raise SubjectFault(f"除页面、设置、监测时间点外，不应再写{'、'.join(rest)}")
    return page


def registry_of(sheets: Mapping[str, Sequence[Mapping[str, Any]]]) -> Registry:
    """A ledger from rows by sheet."""
    return Registry(**{_SHEET_FIELDS[name]: tuple(record(name, row) for row in rows) for name, rows in sheets.items()})


def record(sheet: str, row: Mapping[str, Any]) -> Any:
    """One row of the ledger with the sheet's own headings; what a spec leaves out has an invented value."""
    one = sheet_named(sheet)
    values = {}
    for name, cell in {**_DEFAULTS[sheet], **row}.items():
        heading = one.heading(name)
        if heading is None:
            raise SubjectFault(f"“{sheet}”表没有“{name}”列")
        if (value := value_of(cell, heading)) is not None:
            values[heading.field] = value
        elif heading.field == "filing_no":
            values[heading.field] = ""
    return one.record(**values)


def document_of(given: Mapping[str, Any], base: Document | None = None) -> Document:
    """A page from its Chinese keys over `base`."""
    content = dict(given)
    fields: dict[str, Any] = {}
    for name, field in _PAGE.items():
        if name in content:
            fields[field] = content.pop(name)
    if "kind" in fields:
        fields["kind"] = _KINDS[fields["kind"]]
    if "medium" in fields:
        fields["medium"] = _MEDIA[fields["medium"]]
    if "链接" in content:
        fields["links"] = tuple(link_of(one, "content") for one in content.pop("链接"))
    if "附件" in content:
        fields["attachments"] = tuple(link_of(one, "attachment") for one in content.pop("附件"))
    if "页脚链接" in content:
        fields["footer_links"] = tuple(link_of(one, "footer") for one in content.pop("页脚链接"))
    for name, field in (("图片", "images"), ("页脚图片", "footer_images")):
        if name in content:
            fields[field] = tuple(image_of(one) for one in content.pop(name))
    if "表格" in content:
        fields["tables"] = tuple(Table(tuple(tuple(map(str, row)) for row in rows)) for rows in [content.pop("表格")])
    if "标签" in content:
        fields["meta"] = {str(k).lower(): str(v) for k, v in content.pop("标签").items()}
    if content:
        raise SubjectFault(f"页面没有“{'、'.join(content)}”这一项")
    base = base or Document(HOME + "content/1.html", owner=OWNER)
    page = replace(base, **fields)
    return replace(page, owner=page.owner or OWNER, ref=page.ref or page_ref(OWNER, page.url))


def link_of(one: Any, role: str) -> Link:
    """`网址` alone, or {网址, 文字, 角色, 隐藏}."""
    if isinstance(one, str):
        return Link(one, "", role)
    return Link(one["网址"], str(one.get("文字", "")), one.get("角色", role), one.get("隐藏", ""))


def image_of(one: Mapping[str, Any]) -> Image:
    """{网址, 说明, 识别}: what its pixels show; without 识别 they were not looked at."""
    marks = tuple({"红头": "red-header", "红章": "seal"}[mark] for mark in one["识别"]) if "识别" in one else None
    return Image(one["网址"], one.get("说明", ""), marks=marks)


def listing_of(given: Mapping[str, Any]) -> Listing:
    """A column as read: ledger headings, and 信息 (lines `日期 标题`, `标题`, or {日期, 标题, 网址}), 读不到, 稿件未读, 字数."""
    content = dict(given)
    lines = content.pop("信息", [])
    failure, unread = content.pop("读不到", ""), content.pop("稿件未读", False)
    chars = content.pop("字数", 0)
    column = record("栏目", content)
    items = tuple(item_of(one, n) for n, one in enumerate(lines, 1))
    undated = tuple(item.url for item in items if item.on is None)
    return Listing(column, items, 1, not unread, True, failure, None, "", () if unread else undated, chars)


def item_of(one: Any, n: int) -> Item:
    if isinstance(one, date):
        return Item(f"{HOME}content/{n}.html", f"第{n}条信息", one)
    if isinstance(one, Mapping):
        return Item(one.get("网址", f"{HOME}content/{n}.html"), one.get("标题", f"第{n}条信息"), one.get("日期"))
    try:
        return Item(f"{HOME}content/{n}.html", one[11:].strip(), date.fromisoformat(one[:10]))
    except ValueError:
        return Item(f"{HOME}content/{n}.html", one)


def axe_page_of(given: Mapping[str, Any]) -> AxePage:
    """A page as axe-core saw it: 网址, and 问题 as {规则, 程度, 处数}."""
    faults = tuple(AxeFault(one["规则"], one["程度"], one["规则"], one["处数"]) for one in given.get("问题", ()))
    return AxePage(given["网址"], faults)


def site_view_of(given: Mapping[str, Any], registry: Registry) -> SiteView:
    """A site as read: ledger headings, and 首页, 首页打不开, 首页毫秒, 栏目列表, 链接, 访问记录, 页面列表, 搜索, 域名解析, 上次页面, 离开提示, 无障碍抽查."""
    content = dict(given)
    home, why = content.pop("首页", {}), content.pop("首页打不开", "")
    milliseconds, listings = content.pop("首页毫秒", 0), content.pop("栏目列表", [])
    links, probes, pages = content.pop("链接", []), content.pop("访问记录", None), content.pop("页面列表", [])
    tries, resolves = content.pop("搜索", None), content.pop("域名解析", {})
    earlier, notice = content.pop("上次页面", []), content.pop("离开提示", None)
    axe = content.pop("无障碍抽查", None)
    site = record("网站", content)
    page = (
        None
        if why
        else replace(document_of({"类型": "首页", "网址": site.home, "标题": site.name, **home}), owner=site.ref)
    )
    columns = tuple(listing_of(one) for one in listings)
    refs = {listing.column.name: listing.column.ref for listing in columns}
    refs |= {column.name: column.ref for column in registry.columns}
    documents = {digest_of(one, n).url: page_within(one, n) for n, one in enumerate(pages, 1)}
    return SiteView(
        site, page, why, milliseconds, columns, tuple(link_state_of(one) for one in links),
        tuple(probes_of(probes, site.ref)) if probes else (),
        tuple(replace(digest_of(one, n), column=refs.get(one.get("栏目", ""), "")) for n, one in enumerate(pages, 1)), registry,
        known=len(pages) + 1, read=len(pages) + 1, reopen=lambda digest: documents.get(digest.url),
        searches=None if tries is None else tuple(search_of(one) for one in tries),
        resolves={kind: tuple(answers or ()) for kind, answers in resolves.items()},
        earlier=tuple(digest_of(one, n) for n, one in enumerate(earlier, 1)), leaves_with_notice=notice, axe=None if axe is None else tuple(axe_page_of(one) for one in axe), axe_seed="种子",
    )  # fmt: skip


def page_within(one: Mapping[str, Any], n: int) -> Document:
    """A page of 页面列表 as it is read again: the keys of `页面`, those of the digest apart."""
    content = {key: value for key, value in one.items() if key not in ("摘要", "字数", "栏目")}
    return document_of({"网址": f"{HOME}content/{n}.html", "标题": f"第{n}条信息", **content})


def search_of(one: Mapping[str, Any]) -> SearchTry:
    """{词, 有结果, 标题}."""
    return SearchTry(one["词"], one.get("有结果", True), tuple(one.get("标题", ())), one.get("网址", ""))


def link_state_of(one: Mapping[str, Any]) -> LinkState:
    places = tuple(one.get("所在页面", [HOME]))
    failure = next((f for f in Failure if f.in_words == one.get("原因")), None)
    return LinkState(
        one["网址"], _VERDICTS[one.get("结论", "能打开")], _LINKS[one.get("种类", "页面")], one.get("状态码"), failure, one.get("文字", ""),
        places[:20], one.get("页数", len(places)), hidden=one.get("隐藏", ""), domain=one.get("域名", ""),
        final_url=one.get("跳转到", ""), title=one.get("标题", ""), extract=one.get("摘录", ""),
    )  # fmt: skip


def probes_of(given: Mapping[str, Any], target: str) -> list[Probe]:
    """{止, 天数, 每天, 失败}: so many visits a day up to that day, the first `失败` of them not opening; 慢 = of `慢毫秒`."""
    last, days, a_day = given["止"], given["天数"], given["每天"]
    failed, slow = given.get("失败", 0), given.get("慢", 0)
    start = datetime(last.year, last.month, last.day, 0, 10, tzinfo=BEIJING) - timedelta(days=days - 1)
    made = []
    for n in range(days * a_day):
        at = start + timedelta(days=n // a_day, minutes=(n % a_day) * (1400 // a_day))
        ms = given.get("慢毫秒", 15000) if failed <= n < failed + slow else 300
        made.append(
            Probe(target, at, n >= failed, ms, 200 if n >= failed else None, "" if n >= failed else "15秒内没有打开")
        )
    return made


def digest_of(one: Mapping[str, Any], n: int) -> PageDigest:
    url = one.get("网址", f"{HOME}content/{n}.html")
    body = one.get("正文", "")
    return PageDigest(
        url, page_ref(OWNER, url), _KINDS[one.get("类型", "稿件")], one.get("标题", f"第{n}条信息"), one.get("栏目", ""), one.get("发布日期"),
        one.get("摘要", json.dumps(body)), one.get("字数", len(body)),
        tuple(one[key] for key in ("发布机构", "来源", "作者") if one.get(key)), sketch(body),
    )  # fmt: skip


def account_view_of(given: Mapping[str, Any], registry: Registry) -> AccountView:
    """An account as seen: ledger headings, and 发布 (dates, or {日期, 标题, 正文}) or 没有读到 with the reason; 走查 = a person's notes."""
    content = dict(given)
    lines, why, walked = content.pop("发布", None), content.pop("没有读到", ""), content.pop("走查", {})
    account = record("新媒体", content)
    posts = None if lines is None else tuple(_post(one, n, account.ref) for n, one in enumerate(lines, 1))
    if posts is None and not why:
        why = "名录没有填写采集方式，账号没有读取"
    return AccountView(account, posts, why, registry, {key: str(value) for key, value in walked.items()})


def _post(one: Any, n: int, owner: str) -> Document:
    given = (
        {"发布日期": one} if isinstance(one, date) else {("发布日期" if k == "日期" else k): v for k, v in one.items()}
    )
    post = document_of(
        {"类型": "帖文", "载体": "帖文", "标题": f"第{n}条", "网址": f"https://mp.example.com/s/{n}", **given}
    )
    return replace(post, owner=owner, ref=page_ref(owner, post.url))
