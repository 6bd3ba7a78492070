"""disclosure/reply-form: 答复书要件不全."""

from __future__ import annotations

import re

from duwang.checks.check import check, finding
from duwang.checks.disclosure.applications import application, name_of, reply_text
from duwang.model.findings import Findings
from duwang.model.material import LetterView

_KINDS = (
    ("已主动公开", r"已(?:经)?(?:主动)?公开", r"https?://|网站|网址|查阅|登录|公报|地点|途径|栏目", "获取的方式和途径"),
    ("予以公开", r"予以公开|可以公开|现(?:将|提供)|提供给", r"附|如下|提供|：", "信息的内容"),
    ("不予公开", r"不予公开|不公开", r"根据|依据|按照|条例》?第|因|由于", "不予公开的理由和依据"),
    ("不存在", r"不存在|未(?:制作|获取|保存)|没有(?:制作|获取|检索)", r"检索|查找|查询|经查", "检索的情况"),
    (
        "不属于本机关",
        r"不(?:属于|由)(?:本|我)(?:机关|局|单位|委|厅|办)",
        r"建议|请向|咨询|联系",
        "负责公开的机关和联系方式",
    ),
    ("重复申请", r"重复(?:申请|提出)|不予重复处理", r"已(?:于|经)|此前|曾", "此前答复的情况"),
    ("另有规定", r"另有规定|特别规定|工商登记|不动产登记", r"按照|依照|规定", "适用的规定"),
    ("补正或其他", r"补正|不属于政府信息公开|信访|咨询|收费|延期", r".", ""),
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,12}[〔\[（(]20\d\d[〕\]）)](?:第)?\d+号")
_DATE = re.compile(r"20\d\d年\d{1,2}月\d{1,2}日|[二〇○]{1,4}[一二三四五六七八九〇○]+年")
_OLD_RULE = re.compile(r"(?:政府信息公开条例》?第(?:二十一条|二十四条第二款|十三条))|15个工作日内(?:予以)?答复")


@check("disclosure/reply-form", on=LetterView, title="答复书要件不全")
def reply_form(letter: LetterView) -> Findings:
    """
    查什么：政府信息公开申请答复书有没有文号、日期，是不是条例规定的答复种类，该种答复必须写的内容有没有写，有没有引用修订前的条文。

    依据：政府信息公开条例第三十六条（七种答复及必须告知的内容）、第三十三条；2019年5月15日修订施行前的条文序号不再适用。

    会报：没有文号的；没有日期的；看不出属于哪一种答复的；不予公开没有理由、不存在没有写明检索、已主动公开没有写明途径、
    不属于本机关没有写明向谁申请的；引用旧条例条文、仍写15个工作日的。

    不报：要件齐全的；没有登记答复书全文的、不是依申请公开的，记为不适用。

    怎么改：按条例第三十六条改写答复书，补上文号、日期、理由和途径；更正引用的条文。
    """
    text = reply_text(letter)
    one = application(letter)
    lacks = []
    if not _NUMBER.search(text):
        lacks.append("文号")
    if not _DATE.search(text):
        lacks.append("日期")
    if lacks:
        yield from _told(letter, f"没有{'、'.join(lacks)}", "要件", missing=lacks)
    kinds = [(name, needs, what) for name, words, needs, what in _KINDS if re.search(words, text)]
    if not kinds:
        yield from _told(letter, "看不出属于条例第三十六条的哪一种答复", "种类", certainty=0.7)
    for name, needs, what in kinds[:1]:
        if what and not re.search(needs, text):
            yield from _told(letter, f"是“{name}”的答复，没有写明{what}", "内容", certainty=0.75, answer=name)
    if (old := _OLD_RULE.search(text)) and (one.replied is None or one.replied.year >= 2020):
        yield from _told(letter, f"引用了修订前的规定“{old[0]}”", "旧规定", certainty=0.8)


def _told(letter: LetterView, told: str, kind: str, *, certainty: float = 0.85, **facts: object) -> Findings:
    yield finding(
        letter, quote=letter.title or letter.letter.number, context=f"{letter.letter.number}{kind}", certainty=certainty,
        message=f"{name_of(letter.letter)}的答复书{told}", facts={"kind": kind, **facts},
    )  # fmt: skip
