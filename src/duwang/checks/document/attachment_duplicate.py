"""同一附件上传两次."""

from __future__ import annotations

from collections import defaultdict

from duwang.checks.check import check, finding
from duwang.checks.document.attachment_names import key, suffix
from duwang.model.findings import Findings, NotApplicable
from duwang.model.material import Document, Link


@check("document/attachment-duplicate", on=Document, title="同一附件重复上传")
def attachment_duplicate(document: Document) -> Findings:
    """
    查什么：一篇稿件里同一个附件是不是传了两次。

    依据：昌宁县2024年一季度检查情况通报“同一附件上传两次”；《政府网站发展指引》（国办发〔2017〕47号）关于附件的要求。

    会报：名称、格式都相同而地址不同的附件，包括名称末尾带“(1)”“副本”的。

    不报：同名的Word版和PDF版；正文和文末链接到同一个文件；名称只有“附件1”“下载”的。

    怎么改：删去多传的一个，检查留下的是不是最终稿。
    """
    if len(document.attachments) < 2:
        raise NotApplicable("没有两个以上的附件")
    groups: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in document.attachments:
        if (name := key(link.text)) and link.url not in {one.url for one in groups[name, suffix(link.text, link.url)]}:
            groups[name, suffix(link.text, link.url)].append(link)
    for (name, _), links in groups.items():
        if len(links) > 1:
            yield finding(
                document,
                quote=links[0].text,
                message=f"同一附件“{name}”上传了{len(links)}次",
                certainty=0.85,
                facts={"places": [link.url for link in links]},
            )
