"""护照等出入境证件号码泄露."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duwang.checks.check import check
from duwang.checks.privacy.report import Wording, report
from duwang.checks.privacy.spot import Spot, placed
from duwang.model.findings import Findings, Severity
from duwang.model.masking import keep_ends
from duwang.model.material import Document
from duwang.reading.normal import normal

_NUMBER = re.compile(
    r"(?<![A-Za-z0-9*])(?:[Ee][A-HJ-NP-Za-hj-np-z]?[ ]?[0-9]{7}(?:(?<=[Ee][0-9]{7})[0-9]|(?<=[Ee] [0-9]{7})[0-9]|(?<=[A-Za-z]{2}[0-9]{7})|(?<=[A-Za-z]{2} [0-9]{7}))"
    r"|[GgPpDdSs][0-9]{8}|[PpDdSs][Ee]?[0-9]{7}|[CcWwKkMm][0-9]{8}|[Cc][A-HJ-NP-Za-hj-np-z][0-9]{7}|[Hh][0-9]{8}(?:[0-9]{2})?|1[45][0-9]{7})(?![A-Za-z0-9*])"
)
_NAMED = re.compile(r"护照|旅行证|通行证|回乡证|台胞证|(?<![A-Za-z])[Pp]assport|出入境证件")
_NEEDED = ("护照", "旅行证", "通行证", "回乡证", "台胞证", "assport", "出入境证件")
_SAMPLE = re.compile(r"样[本例式]|示例|例如|如[：:]|填写说明|式样|有效期|遗失|作废")


@check("privacy/passport", on=Document, title="泄露护照等证件号码", places=("site", "account", "text"))
def passport(document: Document) -> Findings:
    """
    查什么：正文、表格、附件、图片文字中完整的护照、港澳台通行证号码。

    依据：《中华人民共和国个人信息保护法》第二十五条、第二十八条。

    会报：写在“护照”“通行证”“回乡证”等字样之后或列在这类栏目下的证件号码（如E开头8位、EA开头7位、H开头8位）。表格、清单按行计数。

    不报：没有证件字样的字母数字编号；办证说明里的样例；已遮挡的号码。

    怎么改：删除号码，或只保留字母、首位和末两位，其余用星号遮挡。
    """
    yield from report(
        document,
        list(_found(document)),
        Wording(
            "公开了完整的护照或通行证号码",
            severity=lambda spot: Severity.ORDINARY,
            certainty=lambda spot: 0.9 if spot.name else 0.8,
        ),
    )


def _found(document: Document) -> Iterator[Spot]:
    read = normal(document.body, join_lines=False)
    if not any(word in read.text for word in _NEEDED) or not _NAMED.search(read.text):
        return
    for found in _NUMBER.finditer(read.text):
        number = found[0].replace(" ", "")
        letters = len(number) - len(number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))
        spot = placed(read, *found.span(), number[:letters] + keep_ends(number[letters:], 1, 2))
        near = f"{spot.label} {spot.before[-30:]}"
        if _NAMED.search(near) and not _SAMPLE.search(spot.before[-12:]):
            yield spot
