"""interact/reply-perfunctory: 答复敷衍推诿."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from duwang.checks.check import check
from duwang.checks.interact.letters import MESSAGES, about, answered, letters_of
from duwang.model.findings import Findings
from duwang.model.material import SiteView
from duwang.model.registry import Letter

_COURTESY = re.compile(
    r"(尊敬的|亲爱的)?[\u4e00-\u9fff*某]{0,6}(网友|市民|群众|先生|女士|同志|朋友)[，,：:！!]?|(您|你)好[，,：:！!。]?"
    r"|(感谢|谢谢)(您|你)?(对[^，。！!]{0,20}的)?(来信|留言|关注|支持|理解|反映|监督|配合|信任|和|与|及|、)*[。！!，,]?|此复[。]?"
    r"|(您|你)(的)?(来信|留言|信件|反映的问题|诉求)(已)?(收悉|收到)[，,。]?|(现|经)?(将)?(有关情况)?(答复|回复)如下[：:，,。]?|特此(答复|回复)[。]?"
)
_PASSED_ON = re.compile(
    r"^[^。；;]{0,12}已?(转(交|办|至|发|达)?|移交|交办)[^。；;]{0,24}(处理|办理|研究|核实|阅处|部门|单位)?[。]?$"
)
_NOTED = re.compile(
    r"^(我们|我局|本单位|我单位|相关部门)?(将|会)?(已|已经)?(收到|知悉|知晓|阅|阅处|记录|关注|重视|研究|办结|处理|回复|答复)[^。]{0,10}[。]?$"
)
_ELSEWHERE = re.compile(
    r"^[^。；;]{0,10}(请|建议)(您|你)?(自行)?(到|向|去|前往|致电|咨询|联系|拨打)[^。；;]{2,30}(咨询|反映|了解|查询|办理|处理|解决|联系)?[。]?$"
)
_NOT_OURS = re.compile(
    r"^[^。；;]{0,12}(不属于|不归|不在)(我|本)[^。；;]{1,14}(职责|管辖|职权|管理|范围)[^。；;]{0,6}[。]?$"
)
_CONTACT = re.compile(r"\d{7,}|0\d{2,3}[-—－]\d{7,8}|12345")


@check("interact/reply-perfunctory", on=SiteView, title="答复敷衍推诿")
def reply_perfunctory(site: SiteView, *, as_of: date, least_chars: int = 8, alike: int = 3) -> Findings:
    """
    查什么：留言、信箱、找错的答复是不是敷衍、推诿，是不是几封不同的来信用同一段话答复。

    依据：国办秘函〔2019〕19号，互动交流“办理答复”、功能设计“‘我为政府网站找错’答复”：答复质量不高、推诿。
    是否敷衍由人确认。

    会报：去掉客套话没有内容的；只说已转交、已收到的；只让来信人另找别处、没有说明也没有电话的；
    只说不属于职责而不指明归谁的；不同来信的答复一字不差、达到3封的。

    不报：有事实、有结果、有办理时间的答复；写明应找哪个单位和电话的；同一问题多人来信、答复相同的。

    怎么改：核实情况后重新答复，写明办理结果或者办理时限。

    设置：least_chars 去掉客套话后至少多少字；alike 几封不同来信答复相同才报。
    """
    letters = [
        letter for letter in letters_of(site, *MESSAGES, "找错") if letter.reply.strip() and answered(letter, as_of)
    ]
    same = _repeated(letters, alike)
    for letter in letters:
        content = substance(letter.reply)
        if len(content) < least_chars:
            yield about(site, letter, "的答复没有实际内容", kind="空泛")
        elif _NOTED.match(content) or _PASSED_ON.match(content):
            yield about(site, letter, "的答复只说已收到或已转交，没有办理结果", kind="空泛")
        elif (_ELSEWHERE.match(content) and not _CONTACT.search(content)) or _NOT_OURS.match(content):
            yield about(site, letter, "的答复推给别处，没有说明情况", kind="推诿")
        elif letter.number in same:
            yield about(site, letter, f"的答复与另外{same[letter.number] - 1}封不同来信的答复完全相同", kind="雷同")


def substance(reply: str) -> str:
    """The answer without salutations, thanks and formulas, white space dropped."""
    return _COURTESY.sub("", re.sub(r"\s", "", reply)).strip("，,。.！!；;：:")


def _repeated(letters: Iterable[Letter], alike: int) -> dict[str, int]:
    """Letter number → how many letters with different questions got the very same answer."""
    groups: dict[str, list[Letter]] = defaultdict(list)
    for letter in letters:
        groups[substance(letter.reply)].append(letter)
    found = {}
    for group in groups.values():
        questions = {re.sub(r"\W", "", letter.text or letter.title) for letter in group}
        if len(questions) >= alike:
            found.update({letter.number: len(group) for letter in group})
    return found
