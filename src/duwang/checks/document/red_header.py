"""红头红章文件."""

from __future__ import annotations

import re

from duwang.checks.check import check, finding
from duwang.model.findings import CannotTell, Draft, Findings, NotApplicable, Severity
from duwang.model.material import Document, Image

_OFFICIAL = re.compile(
    r"关于.{2,}的?(?:通知|意见|决定|批复|通报|公告|通告|函|请示|报告|方案|办法|规定|细则)[）)]?$|印发.{2,}通知|(?:任免|任职|免职)通知"
)
_HEADER = re.compile(
    r"^[ \u3000\t]*(?P<mark>(?:中共)?[\u4e00-\u9fff]{2,24}(?:人民政府|办公室|委员会|[局委办厅院]|镇|乡|街道办事处|指挥部|领导小组|中心|公司|大队|站|所)[ \u3000]*文[ \u3000]*件)[ \u3000\t]*$",
    re.MULTILINE,
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,14}[〔\[［【（(][12][0-9]{3}[〕\]］】）)]第?[0-9]{1,4}号")
_ICON = re.compile(
    r"icon|logo|qr|ewm|erweima|weixin|wechat|share|arrow|btn|button|ico\b|spacer|dot|doc\.|pdf\.|xls\.", re.IGNORECASE
)
_TOLD = {"red-header": "红头", "seal": "红章"}
_LITTLE, _SOME = 60, 300


@check("document/red-header", on=Document, title="发布红头红章文件")
def red_header(document: Document) -> Findings:
    """
    查什么：公文是不是以红头、盖章的扫描图片发布，而不是以文字发布。

    依据：昌宁县2024年一季度检查情况通报“发布信息仍然存在红头红章文件”“严禁公开……红头红章文件信息”；各地可以另行规定。

    会报：图片、扫描附件上认出红头（红色发文机关标志和红色分隔线）或圆形红章的；公文页面没有文字、只有图片的；正文照登“某某人民政府文件”
    红头文字的（提示）。

    不报：新闻照片、证书、图标；文字完整、另附盖章扫描件供下载而附件未读到的。公文页面文字很少又有图片没有看过的，不下结论。

    怎么改：把公文转为文字发布，去掉红头、红章；确需提供原件的，按当地规定处理。
    """
    if document.kind not in ("article", "attachment", "other") or document.medium == "text":
        raise NotApplicable("不是公文")
    shown = [image for image in document.images if image.marks]
    for image in shown:
        yield _marked(document, image)
    if shown:
        return
    pictures = [image for image in document.images if not _ICON.search(image.url)]
    official = bool(_OFFICIAL.search(re.sub(r"\s", "", document.title)) or document.doc_no)
    words = len(re.sub(r"\s", "", document.body)) if official and pictures else 0
    if document.medium == "page" and official and pictures and words < _LITTLE and not document.attachments:
        yield finding(
            document,
            quote=document.title,
            message=f"公文没有文字正文，只有{len(pictures)}张图片，疑似以红头红章扫描件发布",
            certainty=0.75,
            facts={"places": [image.url for image in pictures]},
        )
        return
    yield from _in_text(document)
    if official and words < _SOME and any(image.marks is None for image in pictures):
        raise CannotTell("公文页面文字很少而有图片，图片没有识别，不能判断是不是红头红章文件")


def _marked(document: Document, image: Image) -> Draft:
    what = "、".join(_TOLD[mark] for mark in image.marks or ())
    facts = {"marks": list(image.marks or ()), "places": [image.url]}
    return finding(
        document, quote=document.title or image.alt, message=f"以{what}扫描件发布文件", certainty=0.85,
        facts=facts | ({"page": document.page_url} if document.page_url else {}),
    )  # fmt: skip


def _in_text(document: Document) -> Findings:
    """The red head as text: the mark on a line of its own, the number of the document within the next lines."""
    head = document.body[:600]
    for found in _HEADER.finditer(head) if "文" in head and "件" in head else ():
        if _NUMBER.search("\n".join(head[found.end() :].split("\n")[:4])):
            mark = re.sub(r"\s", "", found["mark"])
            yield finding(
                document, quote=found["mark"], message=f"正文照登了红头“{mark}”", start=found.start("mark"), end=found.end("mark"),
                severity=Severity.HINT, certainty=0.7,
            )  # fmt: skip
            return
