"""密级标志和内部资料标志."""

from __future__ import annotations

import re

from duwang.checks.check import check, finding
from duwang.model.findings import CannotTell, Findings, Severity
from duwang.model.material import Document
from duwang.reading.normal import normal

_STAR = "★☆✩✭✮⭐*＊"
_TERM = r"(?:[0-9一二三四五六七八九十]{1,3}[年个月日]{1,2}|长期|启用前|解密前)"
_MARK = re.compile(
    rf"(?P<level>绝[ \u3000]?密|机[ \u3000]?密|秘[ \u3000]?密)[ \u3000]?(?P<star>[{_STAR}])[ \u3000]?(?P<term>{_TERM})?"
)
_FIELD = re.compile(
    r"(?:^|[\n\t|（(\u3000 ])密[ \u3000]*级[ \u3000]*[：:][ \u3000]*(?P<level>绝密|机密|秘密)(?![\u4e00-\u9fff])"
)
_INTERNAL = re.compile(
    r"^[ \u3000\t（(【\[]*(?:内部(?:资料|文件|材料|情况|刊物)[ \u3000，,（(]*(?:注意保存|请勿外传|严禁外传|不得外传|不得翻印|妥善保管|仅供参考|请勿公开|严禁公开)|"
    r"(?:内部(?:资料|文件|材料)|仅供内部(?:参考|使用)|内部使用[，, ]?(?:不得|请勿|严禁)外传|注意保密|请勿外传|不得外传|严禁外传|会后收回|阅后收回))[）)】\]！!。 \u3000\t]*$",
    re.MULTILINE,
)
_WORDS = ("内部", "注意保密", "外传", "收回")  # every mark of that kind holds one of them
_QUOTED = re.compile(r"[“\"‘《「『][^”\"’》」』\n]{0,12}$")
_SPOKEN = re.compile(
    r"(?:标注|标明|标有|注明|加盖|印有|字样|标志|标识|分为|属于|定为|确定为|标密|如|例如|是否)[^\n，。；]{0,6}$"
)
_SPOKEN_AFTER = re.compile(
    r"^[ \u3000]*(?:[”\"’》」』]|等?字样|标[志识注]|级(?:事项|文件|国家)|的(?:文件|材料)|[、，或和及])"
)
_OPENED = re.compile(r"已?解密|解除密级|撤销密级")
_EXAM = re.compile(r"试[卷题]|考试|真题|模拟|答题|科目|高考|中考")
_SHORT = 26


@check("document/secret-mark", on=Document, title="带有密级或内部资料标志", places=("site", "account", "text"))
def secret_mark(document: Document) -> Findings:
    """
    查什么：公开的文件、附件上有没有“秘密★”“机密★”“绝密★”等密级标志，有没有“内部资料”“不得外传”等标志。

    依据：《中华人民共和国保守国家秘密法》关于国家秘密载体作出国家秘密标志、不得在互联网发布的规定；《党政机关公文格式》（GB/T 9704-2012）
    密级和保密期限的标注；政府网站与政务新媒体检查指标“泄露国家秘密”。

    会报：单独成行或行首行末的密级加五角星（严重）；“密级：秘密”一类信息项（严重）；单独成行的“内部资料 注意保存”“不得外传”（一般）；
    试卷上的“绝密★启用前”（提示）。

    不报：说明怎样标注密级的句子；“商业秘密”“工作秘密”；法规里“绝密、机密、秘密三级”；内部资料性出版物；已写明解密的。

    怎么改：立即撤下并报告保密行政管理部门核实；确已解密的，去掉标志并注明解密依据。
    """
    if document.garbled:
        raise CannotTell("文字乱码，无法检查")
    read = normal(document.body, join_lines=False)
    text = read.text
    marks = (*_MARK.finditer(text), *_FIELD.finditer(text)) if "密" in text else ()
    for found in sorted(marks, key=lambda m: m.start()):
        if not _is_mark(text, found):
            continue
        start, end = read.span(found.start("level"), found.end())
        exam = found.re is _MARK and found["term"] == "启用前" and bool(_EXAM.search(document.title + text[:400]))
        yield finding(
            document,
            quote=document.body[start:end],
            message="试卷上留有保密标志，请核对是否已经启用"
            if exam
            else f"带有密级标志“{document.body[start:end].strip()}”，疑似涉密文件",
            start=start,
            end=end,
            severity=Severity.HINT if exam else Severity.SERIOUS,
            certainty=0.5 if exam else 0.95,
            facts={"level": re.sub(r"[ \u3000]", "", found["level"])},
        )
    for found in _INTERNAL.finditer(text) if any(word in text for word in _WORDS) else ():
        if "出版物" in found[0]:
            continue
        start, end = read.span(*found.span())
        quote = document.body[start:end].strip(" \u3000\t\n（()）【】[]！!。")
        at = document.body.find(quote, start)
        yield finding(
            document,
            quote=quote,
            message=f"带有内部资料标志“{quote}”，不应公开",
            start=at,
            end=at + len(quote),
            certainty=0.85,
        )


def _is_mark(text: str, found: re.Match[str]) -> bool:
    """A mark of this document: at an edge of its line, or on a short line; not spoken of."""
    begin = found.start("level")
    left = text.rfind("\n", 0, begin) + 1
    right = text.find("\n", found.end())
    line = text[left : right if right >= 0 else len(text)]
    before, after = text[left:begin], text[found.end() : found.end() + 10].partition("\n")[0]
    if _QUOTED.search(before) or _SPOKEN.search(before) or _SPOKEN_AFTER.match(after) or _OPENED.search(line):
        return False
    if re.search(r"(?:商业|工作|国家|个人|通信|技术)$", before):
        return False
    alone = len(line.strip()) <= _SHORT and not re.search("[，。；]", line)
    edge = not before.strip(" \u3000\t（(【[") or (
        not after.strip(" \u3000\t）)】]") and bool(re.search(r"[ \u3000\t]$", before))
    )
    return alone or edge
