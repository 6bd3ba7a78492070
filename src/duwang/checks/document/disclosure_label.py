"""公文公开属性标识."""

from __future__ import annotations

import re
from dataclasses import dataclass

from duwang.checks.check import check, finding
from duwang.model.findings import CannotTell, Draft, Findings, NotApplicable, Severity
from duwang.model.material import Document

_KINDS = "公开发布|主动公开|删减后?公开|部分公开|依申请公开|不公开|不予公开"
_LABEL = re.compile(rf"此件({_KINDS})")
_IN_PLACE = re.compile(
    rf"^[ \u3000\t]*[（(][ \u3000]*此件(?:{_KINDS})[^）)\n]{{0,20}}(?:[（(][^）)\n]{{0,12}}[）)])?[^）)\n]{{0,6}}[）)][ \u3000\t]*$"
)
_DATE = re.compile(
    r"^[ \u3000\t]*(?:[\u4e00-\u9fff（）()、]{2,40}[ \u3000\t]{1,})?(?:[12][0-9]{3}[ ]?年[ ]?[0-9]{1,2}[ ]?月[ ]?[0-9]{1,2}[ ]?日"
    r"|[二一][〇○零OО0一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)[ \u3000\t]*$"
)
_ELSEWHERE = re.compile(
    r"公开(?:属性|方式|选项|类别|形式|范围)[ \u3000]*[：:][ \u3000]*(?:主动|依申请|不予|不)公开|^[ \u3000]*[（(](?:主动公开|依申请公开|不予公开|不公开)[）)][ \u3000]*$",
    re.MULTILINE,
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,14}[〔\[［【（(][12][0-9]{3}[〕\]］】）)]第?[0-9]{1,4}号")
_POLICY_TITLE = re.compile(
    r"关于.{2,}(?:通知|意见|办法|规定|决定|方案|细则|规划|批复|通报|公告|通告|函)[）)]?$|印发.{2,}通知"
)
_PARTY = re.compile(
    r"^(?:关于印发)?[《“]?(?:中共|中国共产党)|党组(?!织)|党委(?!农办)|党工委|党支部|支部委员会|机关党委|总支"
)
_JOINT = re.compile(r"政府|政办|党政")
_PARTY_NUMBER = re.compile(r"党(?:组|委|工委|支|总支)?(?:发|字|办|函|政)?〔|委发〔|委办发〔")
_HIGHER_NUMBER = re.compile(r"^(?:国发|国办发|国函|国办函|国令|中发|中办发|厅字)")
_CLOSED = frozenset({"依申请公开", "不公开", "不予公开"})
_CUT = re.compile(r"本文有删[减节]|有删[减节]|[（(]略[）)]|……[（(]略|此处(?:略|删)")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@check("document/disclosure-label", on=Document, title="政策文件公开属性标识问题", places=("site", "text"))
def disclosure_label(document: Document) -> Findings:
    """
    查什么：行政机关政策文件有没有按要求标识政府信息公开属性，位置和内容对不对。

    依据：《党政机关公文格式》（GB/T 9704-2012）附注位置：成文日期下一行，居左空二字，加圆括号；昌宁县2024年一季度检查情况通报
    关于“此件公开发布”“此件删减公开”“此件依申请公开”“此件不公开”四种属性、党组文件不需标识的要求。

    会报：有发文字号的通知、意见、办法等没有标识；标识不在成文日期下一行或没有加括号；党组、党委、支部文件作了标识；标明
    依申请公开、不公开的文件却全文发布；标明删减公开但没有注明“本文有删减”（提示）。

    不报：没有发文字号的一般信息；转载国务院等上级文件没有标识；页面信息栏已写明公开属性的（不作为没有标识）。

    怎么改：在成文日期下一行居左空二字加括号标识，如“（此件公开发布）”；不应公开的文件立即撤下。
    """
    if document.kind not in ("article", "attachment", "other") or not document.body.strip():
        raise NotApplicable("不是文件正文")
    if document.garbled:
        raise CannotTell("文字乱码，无法检查")
    if "此件" not in document.body and not _POLICY_TITLE.search(re.sub(r"\s", "", document.title)):
        return
    lines = _lines(document.body)
    labels = [(line, found) for line in lines if (found := _LABEL.search(line.text)) and _is_label(line, found)]
    title = re.sub(r"\s", "", document.title)
    number = document.doc_no or _own_number(lines)
    party = _is_party(title, number, document.issuer)
    if labels:
        yield from _judge_label(document, lines, *labels[-1], party=party)
    elif document.disclosure in _CLOSED and _is_policy(title, number):
        yield finding(
            document,
            quote=document.disclosure,
            message=f"公开属性为“{document.disclosure}”的文件全文发布在网上",
            certainty=0.8,
        )
    elif not party and _is_policy(title, number) and not _reprinted(number) and not document.disclosure:
        yield from _missing(document, lines)


def _judge_label(document: Document, lines: list[_Line], line: _Line, found: re.Match[str], *, party: bool) -> Findings:
    kind = found[1]

    def draft(message: str, severity: Severity = Severity.ORDINARY, certainty: float = 0.9) -> Draft:
        start, end = line.start + found.start(), line.start + found.end()
        return finding(
            document, quote=found[0], message=message, start=start, end=end, severity=severity, certainty=certainty
        )

    if party:
        yield draft("党组织文件不需要标识政府信息公开属性")
        return
    if kind in _CLOSED:
        yield draft(f"标识为“此件{kind}”的文件全文发布在网上")
    elif "删减" in kind and not _CUT.search(document.body):
        yield draft("标识为删减公开，但没有注明“本文有删减”", Severity.HINT, 0.6)
    if not _IN_PLACE.match(line.text):
        yield draft("公开属性标识没有单独成行并加圆括号，应写在成文日期下一行，如“（此件公开发布）”")
    elif not _after_date(lines, line):
        yield draft("公开属性标识位置不对，应在成文日期下一行")


def _missing(document: Document, lines: list[_Line]) -> Findings:
    dated = [line for line in lines if _DATE.match(line.text)]
    if not dated or _ELSEWHERE.search(document.body):
        return
    line = dated[-1]
    yield finding(
        document,
        quote=line.text.strip(),
        message="政策文件没有标识政府信息公开属性，应在成文日期下一行加括号标识，如“（此件公开发布）”",
        start=line.end - len(line.text.lstrip()),
        end=line.start + len(line.text.rstrip()),
        certainty=0.85,
    )


def _lines(text: str) -> list[_Line]:
    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(_Line(at, line))
        at += len(line) + 1
    return lines


def _is_label(line: _Line, found: re.Match[str]) -> bool:
    """A label of this document, not a sentence that speaks of labels."""
    quoted = line.text[: found.start()].endswith(("“", '"', "‘", "《", "「"))
    return not quoted and len(line.text.strip()) <= 40


def _after_date(lines: list[_Line], label: _Line) -> bool:
    before = [line for line in lines if line.start < label.start]
    return bool(before) and bool(_DATE.match(before[-1].text))


def _own_number(lines: list[_Line]) -> str:
    """The number printed on a line of its own near the top."""
    for line in lines[:12]:
        bare = re.sub(r"^(?:发文字号|文号|文件编号)[：:]", "", re.sub(r"\s", "", line.text))
        if _NUMBER.fullmatch(bare):
            return bare
    return ""


def _is_policy(title: str, number: str) -> bool:
    return bool(_NUMBER.search(number)) and bool(_POLICY_TITLE.search(title))


def _is_party(title: str, number: str, issuer: str) -> bool:
    if _JOINT.search(title.split("关于")[0]) and not re.match(r"中共[^政]*(?:党组|支部|总支)", title):
        return False
    return bool(
        _PARTY.search(title.split("关于")[0])
        or _PARTY_NUMBER.search(number)
        or re.search(r"党组|党委|支部|党工委", issuer)
    )


def _reprinted(number: str) -> bool:
    return bool(_HIGHER_NUMBER.match(number))
