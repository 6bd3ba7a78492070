"""Which pictures of an article are worth being read: by name, size and place, before anything is fetched."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from duwang.model.material import Image

_SUFFIX = re.compile(r"\.(jpe?g|png|bmp|webp|tiff?)$")
_DRESSING = re.compile(
    r"(?:^|[^a-z])(icon|logo|banner|btn|button|bg|arrow|line|dot|blank|loading|spacer|avatar|share|play|top|close|more|new|hot|prev|next|"
    r"left|right|search|menu|nav|foot|head|title|wechat|weibo|print|fileicon|icon_\w+)(?![a-z])"
)
_TELLING = re.compile(
    r"公示|公告|名单|名册|花名册|登记|人员|补助|补贴|救助|低保|资助|录用|招聘|聘用|选调|考试|成绩|处罚|判决|证书|证件|身份证|扫描|申请表|汇总表|"
    r"一览表|明细|二维码|扫码|qrcode|qr|ewm|scan|gongshi|mingdan"
)
_SMALLEST = 60
_LONGEST = 12.0
_FEW_CHARS = 200


def worth(image: Image, *, title: str, chars: int) -> int:
    """0 = not worth fetching; else the more the better: a telling name or title 3, an article that is little but pictures 2, any 1."""
    path = unquote(urlsplit(image.url).path).lower()
    name = path.rpartition("/")[2]
    if not _SUFFIX.search(name) and "." in name:
        return 0
    if image.size and (min(image.size) < _SMALLEST or max(image.size) > _LONGEST * min(image.size)):
        return 0
    telling = bool(_TELLING.search(f"{image.alt} {name}".lower()))
    if _DRESSING.search(name) and not telling:
        return 0
    return 1 + 3 * (telling or bool(_TELLING.search(title))) + 2 * (chars < _FEW_CHARS)
