"""News and posts are not written like laws: what is good prose there is not reported."""

from __future__ import annotations

from datetime import date

import pytest

from duwang.checks.check import all_checks
from duwang.flow.looking import look_once
from duwang.model.material import Document


def reported(text: str, medium: str) -> list[tuple[str, str | None]]:
    document = Document("", body=text, medium=medium, ref="document/x", owner="document/x")
    found = [
        draft
        for check in all_checks().values()
        if check.family == "text" and check.on is Document
        for draft in look_once(check, document, settings={}, as_of=date(2024, 9, 30)).drafts
    ]
    return [(draft.quote, draft.suggestion) for draft in found if draft.severity.value != "提示"]


@pytest.mark.parametrize("medium", ["page", "text"])
@pytest.mark.parametrize(
    "text",
    [
        "作业写完了，老师让她到讲台上来，把答案讲给同学们听。",
        "那时候村里没有通电，手机上的电是靠去镇上充的。",
        "午饭后孩子们要回教室，值守的老师已经等在那里。",
        "这是面料非常舒适的一款校服，家长们都说好。",
        "违约金像一把达摩克利斯之剑，悬在他们头上。",
        "座位不固定，大家想往哪坐往哪坐。",
        "代表们希望对这一议题的进一步关注能带来变化。",
        "两项政策结合起来，也许是一个更好的解决方案。",
        "专项行动中共查处占道经营四十起、乱停乱放三十起。",
        "把群众的急难愁盼一件一件办好，一项一项抓落实。",
        "“不说了不说了，事情解决好了就行。”老人笑着摆摆手。",
        "孩子们齐声朗诵了《祖国祖国我们爱你》。",
        "村民安分守己有口皆碑，推己及人有目共睹。",
    ],
)
def test_nothing_is_reported(text: str, medium: str) -> None:
    assert reported(text, medium) == []
