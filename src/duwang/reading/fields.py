"""Labelled fields of a page's head: 来源, 文号, 索引号, 发布机构 … An empty label is followed by the next label, not by a value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from duwang.reading.dates import compact_date, first_date, two_digit_date

_NAMES: Mapping[str, tuple[str, ...]] = {
    "source": ("信息来源", "文章来源", "稿件来源", "新闻来源", "消息来源", "稿源", "来源"),
    "author": ("文章作者", "作者", "撰稿", "供稿", "记者"),
    "doc_no": ("发文字号", "发文文号", "公文文号", "文件编号", "文号"),
    "index_no": ("信息索引号", "索引号", "索引"),
    "issuer": ("信息公开机构", "信息发布机构", "发布机构", "发文机关", "发文机构", "发文单位", "发布单位", "公开主体", "公开机构", "制发机关", "责任单位"),
    "written": ("成文日期", "成文时间", "发文日期", "生成日期", "生成时间", "制发日期"),
    "published": ("发布时间", "发布日期", "发布于", "发表于", "发表时间", "发表日期", "公开日期", "公开时间", "公布日期", "更新时间", "更新日期", "发稿时间", "录入时间", "上传时间",
                  "日期", "时间"),
    "validity": ("有效性", "时效性", "效力状态", "是否有效", "有效状态"),
    "disclosure": ("公开属性", "公开形式", "公开方式"),
    "title": ("信息名称", "标题", "名称"),
}  # fmt: skip
_META_DATES = (
    "pubdate", "firstpublishedtime", "publishdate", "publish-date", "publish_date", "publishtime", "article:published_time", "og:published_time",
    "og:release_date", "datepublished", "dc.date", "createdate",
)  # fmt: skip
_ENDERS = (
    "信息分类", "主题分类", "体裁分类", "组配分类", "分类", "主题词", "关键词", "内容概述", "内容摘要", "生效时间", "生效日期", "终止时间", "失效日期",
    "废止日期", "浏览次数", "浏览量", "访问量", "阅读次数", "阅读量", "阅读", "点击量", "点击次数", "点击", "字体", "字号", "打印", "分享到", "分享", "责任编辑",
    "编辑", "审核", "审签", "公开目录", "公开时限", "公开范围", "公开程序", "责任部门", "浏览", "访问", "人气", "附件", "服务对象", "政策咨询机关", "政策咨询电话", "附件下载", "保护视力色", "视力保护色",
    "收藏", "语音播报", "扫一扫", "初审", "终审", "校对", "摄影", "公开责任部门", "施行日期", "实施日期", "适用范围", "信息所属单位",
)  # fmt: skip


def _spaced(word: str) -> str:
    return r"[\s\u3000]{0,6}".join(re.escape(c) for c in word)


def _any_of(words: Iterable[str]) -> str:
    """A pattern for the longest of these words, spaces between their characters allowed; gathered by first character, which
    a search then looks at once."""
    heads: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        heads.setdefault(word[0], []).append(rf"[\s\u3000]{{0,6}}{_spaced(word[1:])}")
    branches = "|".join(f"{head}(?:{'|'.join(tails)})" for head, tails in heads.items())
    return rf"(?=[{''.join(heads)}])(?:{branches})"


_KEY = {word: key for key, words in _NAMES.items() for word in words}
_ALL = {*_KEY, *_ENDERS}
_WORDS = _any_of(_ALL)
_BEGINS = "".join(sorted({word[0] for word in _ALL}))
_LABEL = re.compile(
    rf"(?=[【\[（({_BEGINS}])(?<![\u4e00-\u9fff])(?:[【\[（(][\s\u3000]?)?({_WORDS})(?:[\s\u3000]?[】\])）])?[\s\u3000]{{0,4}}"
    r"(?:[:：][\s\u3000|]*|(?<=[】\]])[\s\u3000]*|(?=(?:19|20)\d{2}[-/.年]))"
)
_ALONE = re.compile(rf"(?<![^\n\t])[ \u3000]*[【\[]?[ \u3000]*({_WORDS})[ \u3000]*[】\]]?[ \u3000]*(?![^\n\t])")
_BREAK = re.compile(r"[\n|\t]|[ \u3000]{2,}|\s[-–—]\s|】|\]$|[;；]\s|\(?更多")
_GLUED = re.compile(r"\s*(?:作者|责任编辑|编辑|记者|发布时间|发布日期|时间|日期|点击|浏览|字号)\s*[:：]")
_TRAILING = re.compile(r"\s+(?:举报|分享|打印|收藏|关闭|评论|浏览|阅读|字号|字体)\S{0,6}$")
_BYLINE = re.compile(r"作者[:：]\s*([\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])")
_SPACES = re.compile(r"[\s\u3000]+")
_BRACKETED_YEAR = r"[〔﹝\[（(【]\s*(?:19|20)\d{2}\s*[〕﹞\]）)】]"
_YEAR = re.compile(_BRACKETED_YEAR)
_DOC_NO = re.compile(
    rf"[\u4e00-\u9fff]{{2,14}}{_BRACKETED_YEAR}\s*(?:第)?\s*\d{{1,5}}\s*号|[\u4e00-\u9fff]{{1,8}}令第\s*\d{{1,4}}\s*号"
)
_OWN_DOC_NO = re.compile(
    rf"(?m)(?:^|(?<=[ \u3000\t]))[\u4e00-\u9fff]{{2,14}}{_BRACKETED_YEAR}\s*(?:第)?\s*\d{{1,5}}\s*号(?=[ \u3000\t]*(?:$|(?:19|20)\d\d年))"
)
_TOOLS = re.compile(
    r"^(?:打印|关闭|字体|字号|分享|浏览|阅读|大\s*中\s*小|收藏|返回|扫一扫|正文|无障碍|\d+$)|[。；！？]"
)
_DISCLOSURE = re.compile(
    r"此件[^\n（）()，。]{0,4}?(?:公开发布|主动公开|删减公开|删减后公开|依申请公开|不公开|不予公开)|(?<=公开方式：)主动公开"
)
_EXPIRED_TITLE = re.compile(r"[（(【\[]已?(?:废止|失效)[)）】\]]")
_EXPIRED = re.compile(r"(?:已|现已|已经)?(?:废止|失效|作废)")
_VALUE_JUNK = " \u3000|:：-—–\t\n"


def labelled(text: str) -> dict[str, str]:
    """Key → value as printed, for the first non-empty occurrence of each label."""
    text = _ALONE.sub(lambda mark: mark[0].rstrip() + "：", text)
    found: dict[str, str] = {}
    marks = list(_LABEL.finditer(text))
    for n, mark in enumerate(marks):
        key = _KEY.get(_SPACES.sub("", mark[1]))
        if key is None or key in found:
            continue
        end = marks[n + 1].start() if n + 1 < len(marks) else min(len(text), mark.end() + 120)
        if value := _value(text[mark.end() : end], key):
            found[key] = value
    if "author" not in found and (byline := _BYLINE.search(text)):
        found["author"] = byline[1]
    return found


def meta_date(meta: Mapping[str, str]) -> date | None:
    """The day of the first meta tag for the publishing time that holds one."""
    for name in _META_DATES:
        if (value := meta.get(name)) and (printed := first_date(value) or compact_date(value)):
            return printed.on
    return None


def document_number(text: str) -> str:
    """The first 文号 such as 云政发〔2024〕7号; empty when there is none."""
    found = _DOC_NO.search(text) if "号" in text else None
    return _SPACES.sub("", found[0]) if found else ""


def own_number(text: str) -> str:
    """A 文号 that stands on a line of its own or at a line's end, not one cited in a sentence."""
    found = _OWN_DOC_NO.search(text) if _YEAR.search(text) else None
    return _SPACES.sub("", found[0]) if found else ""


def disclosure_label(text: str) -> str:
    """The printed 公开属性 (此件公开发布 …), the last one: it stands at the end. Empty when there is none."""
    found = ""
    for match in _DISCLOSURE.finditer(text) if "此件" in text or "公开方式：" in text else ():
        found = match[0]
    return found


def expired_mark(title: str, validity: str) -> str:
    """A mark that the document is no longer in force, from its validity field or its title."""
    for text in (validity, title if _EXPIRED_TITLE.search(title) else ""):
        if text and (found := _EXPIRED.search(text)) and not text.strip().startswith(("未", "否")):
            return found[0]
    return ""


def _value(raw: str, key: str) -> str:
    pieces = [piece.strip(_VALUE_JUNK) for piece in _BREAK.split(raw)]
    value = next((piece for piece in pieces if piece), "")
    if key in ("published", "written"):
        printed = first_date(raw[:60]) or two_digit_date(raw[:30])
        return printed.raw if printed else ""
    if key in ("source", "author", "issuer") and value:
        if raw.startswith("\n") or "\n" in raw.partition(value)[0]:
            value = value if len(value) <= 25 and "，" not in value else ""
        if (printed := first_date(value)) is not None:
            value = value[: printed.start]
        value = _TRAILING.sub("", _GLUED.split(value)[0])
        value = _DOC_NO.sub("", value).strip(_VALUE_JUNK).strip("（）()[]【】")
        return value if len(value) <= 40 and not _TOOLS.search(value) else ""
    if key == "disclosure":
        return value if value in ("主动公开", "依申请公开", "不予公开", "不公开", "主动公布") else ""
    if key == "index_no":
        return value.split(" ")[0]
    if key == "doc_no":
        return value if re.search(r"\d", value) else ""
    return value
