"""与个人写在一起的车牌号码."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duwang.checks.check import check
from duwang.checks.privacy.report import Wording, report
from duwang.checks.privacy.spot import Spot, placed
from duwang.model.findings import Findings, Severity
from duwang.model.material import Document
from duwang.reading.normal import normal

_PLATE = re.compile(
    r"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-HJ-NP-Z][·•. \-]?(?:[A-HJ-NP-Z0-9]{5}(?:[A-HJ-NP-Z0-9]|挂|学|警)?)(?![A-Za-z0-9*])"
)
_PERSON = re.compile(
    r"车主|我的|我家|驾驶人|驾驶员|司机|所有人|持有人|姓名|本人|当事人|身份证|驾驶证|住址|留言人|来信人|投诉人|申请人|户主|家长"
)
_COMPANY = re.compile(r"公司|单位|公务|校车|公交|出租|客运|货运|执法|消防|救护|环卫|车队|运输")
_LAWFUL = re.compile(r"违法|处罚|强制|报废|注销|吊销|公告|送达|拍卖|无主|认领|扣留|逾期|检验|曝光|终生禁驾")


@check("privacy/vehicle-plate", on=Document, title="泄露个人车牌号码", places=("site", "account", "text"))
def vehicle_plate(document: Document) -> Findings:
    """
    查什么：正文、表格、附件、图片文字中与车主、驾驶人、留言人等个人写在一起的车牌号码。

    依据：《中华人民共和国个人信息保护法》第四条、第二十五条（能与特定自然人对应的信息）。

    会报：同一句话或同一张表里既有个人姓名、车主等字样又有完整车牌号码的。表格、清单按行计数。

    不报：公务车、客货运车、校车等单位车辆；只有车牌没有个人信息的；已遮挡的号码。交通违法、报废、送达等依法公告的车牌只作提示。

    怎么改：删除车牌，或遮挡中间几位；依法公告的，核对公告依据和期限，期满撤下。
    """
    yield from report(
        document,
        list(_found(document)),
        Wording(
            "公开了与个人对应的车牌号码",
            severity=lambda spot: Severity.HINT if _lawful(document, spot) else Severity.ORDINARY,
            certainty=lambda spot: 0.5 if _lawful(document, spot) else 0.8,
        ),
    )


def _found(document: Document) -> Iterator[Spot]:
    read = normal(document.body, join_lines=False)
    for found in _PLATE.finditer(read.text):
        plate = found[0]
        if not re.search("[0-9]", plate):
            continue
        spot = placed(read, *found.span(), plate[:3] + "*" * max(1, len(plate) - 5) + plate[-2:])
        near = f"{spot.heading} {spot.before} {spot.after}"
        if (_PERSON.search(near) or (spot.table < 0 and spot.name)) and not _COMPANY.search(
            spot.heading or spot.before
        ):
            yield spot


def _lawful(document: Document, spot: Spot) -> bool:
    return bool(_LAWFUL.search(document.title) or _LAWFUL.search(spot.line) or _LAWFUL.search(spot.heading))
