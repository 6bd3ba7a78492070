"""过了有效期的文件没有标注失效."""

from __future__ import annotations

import re
from datetime import date

from duwang.checks.check import check, finding
from duwang.model.clocks import months_after
from duwang.model.findings import Findings, NotApplicable, Severity
from duwang.model.material import Document
from duwang.reading.normal import normal

_DAY = r"([12][0-9]{3})年([0-9]{1,2})月([0-9]{1,2})日"
_UNTIL = re.compile(
    rf"(?:有效期(?:限)?(?:截止|延长|延续)?(?:至|到|为?自[^。；]{{4,20}}(?:至|到))|(?:施行|实施|执行)(?:至|到)|有效期[^。；]{{0,24}}?(?:至|到)){_DAY}(?:止|失效|废止)?"
)
_FROM = re.compile(rf"自{_DAY}起(?:施行|实施|执行|生效)")
_FROM_ISSUE = re.compile(r"自(?:印发|发布|公布|颁布)之日起(?:[0-9]+日后)?(?:施行|实施|执行|生效)")
_YEARS = re.compile(r"有效期(?:限)?为?[ ]?(?P<years>[0-9一二三四五六七八九十两]{1,2})年")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_POLICY = re.compile(r"办法|规定|细则|意见|通知|方案|措施|规则|决定|条例")


@check("document/void-unmarked", on=Document, title="失效文件未标注")
def void_unmarked(document: Document, *, as_of: date) -> Findings:
    """
    查什么：正文写明有效期的政策文件，过了有效期有没有标注“已失效”“已废止”。

    依据：《政府网站发展指引》（国办发〔2017〕47号）：对已修改、废止、失效的文件应及时作出标注。

    会报：写明“有效期至某年某月某日”“自某日起施行，有效期五年”，监测时间点已经超过，而页面没有标注失效的。信息栏仍写“有效”的按一般问题，
    没有效力栏的按提示（可能已经延期，要核对）。

    不报：还在有效期内的（最后一天仍有效）；没有写有效期的；已标注失效、废止的；解读、问答、新闻。

    怎么改：在原文标题或信息栏标注“已失效”及日期；已延期的，链接延期文件并更新效力栏。
    """
    if document.kind not in ("article", "other") or document.medium == "text" or not _POLICY.search(document.title):
        raise NotApplicable("不是政策文件")
    if re.search(r"解读|问答|图解|一图读懂|新闻|会议|征求", document.title):
        raise NotApplicable("不是政策文件")
    if document.expired_mark:
        return
    read = normal(document.body)
    ended = _ended(read.text, document)
    if ended is None or ended[0] >= as_of:
        return
    last, start, end = ended
    at, stop = read.span(start, end)
    claimed = bool(
        re.search(
            r"(?:有效性|时效性|效力状态|是否有效)[：: \u3000]*(?:现行)?有效|(?:^|[ \t])现行有效",
            f"{document.meta.get('validity', '')} {document.body[:400]}",
        )
    )
    yield finding(
        document,
        quote=document.body[at:stop],
        message=f"文件有效期到{last.year}年{last.month}月{last.day}日，已经失效，没有标注",
        start=at,
        end=stop,
        severity=Severity.ORDINARY if claimed else Severity.HINT,
        certainty=0.8 if claimed else 0.6,
        facts={"last": last.isoformat()},
    )


def _ended(text: str, document: Document) -> tuple[date, int, int] | None:
    """The last day of force and where the text says so; None when it does not."""
    if found := _last(_UNTIL, text):
        day = _date(found.groups()[-3:])
        return (day, *found.span()) if day else None
    years = _last(_YEARS, text)
    if years is None:
        return None
    near = text[max(0, years.start() - 60) : years.end() + 60]
    since = _date(from_day.groups()) if (from_day := _FROM.search(near)) else None
    if since is None and _FROM_ISSUE.search(near):
        since = document.written or document.published
    if since is None:
        return None
    first_after = months_after(since, 12 * _number(years["years"]))
    return date.fromordinal(first_after.toordinal() - 1), *years.span()


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007
        pass
    return found


def _date(parts: tuple[str, ...]) -> date | None:
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def _number(written: str) -> int:
    return int(written) if written.isdigit() else sum(_DIGITS[c] for c in written) if written != "十" else 10
