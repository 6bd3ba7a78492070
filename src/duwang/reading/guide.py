"""办事指南: which of its elements a page gives, and in what words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from duwang.model.material import Document, Link

TEN = (
    "事项名称",
    "设定依据",
    "申请条件",
    "办理材料",
    "办理地点",
    "办理机构",
    "收费标准",
    "办理时间",
    "联系电话",
    "办理流程",
)
EIGHT = tuple(name for name in TEN if name not in ("办理机构", "收费标准"))  # 2015年普查时的八类

_LABELS: Mapping[str, str] = {
    "事项名称": r"事项名称|办理事项|服务事项|项目名称|业务名称|事项",
    "设定依据": r"(?:设定|办理|政策|法律|法定|实施|审批|受理|办事)依据|依据",
    "申请条件": r"(?:申请|申报|办理|受理|申办|准予批准的?)条件|申请(?:人)?资格|申办(?:主体)?条件|条件",
    "办理材料": r"(?:办理|申请|申报|所需|提交|申办|受理|需提交的?|应提交的?)(?:材料|资料)(?:清单|目录)?|材料(?:清单|目录)|需要(?:的)?材料|材料",
    "办理地点": r"(?:办理|办事|受理|申请|申办|窗口|办公)(?:地点|地址)(?:和窗口)?|办理(?:窗口|场所)|地点|地址|去哪办",
    "办理机构": r"(?:办理|实施|受理|承办|负责|审批|决定|办事|责任)(?:机构|主体|部门|单位|机关)|办理(?:处室|科室)",
    "收费标准": r"收费(?:标准|依据|情况|项目)?(?:及(?:标准|依据))?|是否收费|收费标准及依据|费用",
    "办理时间": r"(?:办理|办公|受理|工作|服务|办事|窗口|接待|对外)时间|上班时间|时间",
    "联系电话": r"(?:联系|咨询|办理|办公|服务|查询|受理|业务)(?:电话|方式|途径)(?:和方式)?|电话|咨询(?:方式|途径|查询)|咨询及?投诉电话",
    "办理流程": r"(?:办理|办事|申请|申办|审批|业务|服务|受理|工作)(?:流程|程序|步骤)(?:图)?|流程(?:图)?|程序|怎么办",
}
_LABEL = re.compile(
    r"(?:(?<=[\n\t。；/|])|^)[ \u3000]*(?P<number>[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．]|[【\[■●◆•])?[ \u3000]*(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items())
    + r")(?P<more>(?:[和及与、/][\u4e00-\u9fff]{2,6})?)[】\]]?[ \u3000]*(?:[（(][^）)\n]{0,20}[）)])?[ \u3000]*(?P<stop>[：:\n\t/|]|$|(?(number)|(?!)))"
)
_GLUED = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _LABELS.items()))
_OTHER_LABEL = re.compile(
    r"(?:(?<=[\n\t。；/|])|^)[ \u3000]*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．])?[ \u3000]*"
    r"(?:(?:法定|承诺)?(?:办理|办结|承诺)(?:时限|期限)|送达方式|监督(?:投诉)?(?:渠道|电话|方式)|投诉(?:渠道|电话|方式)|(?:常见)?问题(?:解答)?|备注|办件类型|事项类型|服务对象|"
    r"办理形式|结果(?:名称|送达|样本)|表格下载|特殊环节|基本信息|发布(?:时间|日期)|补助标准|行使层级|权力来源|数量限制|附件|相关(?:表格|附件))[ \u3000]*(?:[：:\n\t/|]|$)"
)
_EMPTY = re.compile(r"^[\s\-—/、。，：:*]*$|^(?:无|暂无|略|待定|待补充|详见附件|null|undefined)[。]?$", re.IGNORECASE)
_FEE_SAID = re.compile(r"免费|不收(?:取)?(?:任何)?费|无收费|无偿")
_SPREAD: Mapping[str, re.Pattern[str]] = {
    "设定依据": re.compile(r"(?:根据|依据|按照|依照)[^。\n]{0,10}《[^》\n]{3,60}》"),
    "申请条件": re.compile(
        r"(?:符合|具备|满足)(?:下列|以下|[^。\n]{2,30})条件|凡[^。\n]{2,40}(?:可以|均可|可)[^。\n]{0,6}申(?:请|领|办)"
    ),
    "办理材料": re.compile(
        r"(?:提交|提供|携带|持|出具|填写)[^。\n]{0,30}(?:身份证|户口[簿本薄]|申请书|申请表|证明|照片|材料：)"
    ),
    "办理地点": re.compile(
        r"(?:政务(?:服务)?|便民服务|行政审批|办事)(?:大厅|中心)|\d+号窗口|[^。\n，]{2,12}(?:路|街|大道)\d+号"
    ),
    "收费标准": _FEE_SAID,
    "办理时间": re.compile(
        r"(?:上午|下午|工作日|周一至周[五日]|星期一至星期[五日])[^。\n]{0,24}\d{1,2}\s*[:：点时]\s*\d{0,2}"
    ),
    "联系电话": re.compile(
        r"(?<!\d)0\d{2,3}\s*[-－—]?\s*\d{7,8}(?!\d)|电话[^。\n\d]{0,8}(?:1[3-9]\d{9}|\d{3,4}[-－—]?\d{3,8})|12345"
    ),
    "办理流程": re.compile(
        r"申[请报领][^。\n]{0,40}(?:受理|审[核查批]|初审|核实)[\s\S]{0,160}?(?:审[核批]|决定|办结|送达|发[证放]|公示|评残)"
    ),
}
VAGUE = re.compile(
    r"[\u4e00-\u9fff]{0,10}(?:规定|要求|认为)(?:应当|需要|须|必须|应)?(?:提交|提供|出具|报送)?的?其他(?:相关|有关|必要)?(?:的)?(?:材料|资料|文件|证明|证件)"
    r"|其他(?:相关|有关|需要(?:提交|提供)?的?|应当(?:提交|提供)的?|必要的?)(?:的)?(?:材料|资料|证明材料|证明文件|证件)"
    r"|(?:按|按照)(?:有关)?规定(?:应当|应)?(?:提交|提供)(?:的)?(?:相关|有关)材料"
)
FORMAT_SAID = re.compile(
    r"原件|复印件|复印|电子(?:版|件|文档|材料)|纸质|扫描件|\d+\s*[份张套]|[一二两三四]份|盖章|彩色照片|寸"
)
_FORM_NAMED = re.compile(
    r"《?([\u4e00-\u9fff（）()]{2,30}?(?:申请表|申报表|登记表|审批表|备案表|申请书|承诺书|推荐表))》?"
)
_FORM_FILE = re.compile(r"(?:表|书|样本|样表|模板|范本)|\.(?:docx?|xlsx?|wps|et|pdf)$", re.IGNORECASE)
_FEW, _MANY = 3, 5


@dataclass(frozen=True, slots=True)
class Guide:
    """`elements`: name of an element → its value as printed, "" where a label stands without value; `labelled`: with a label of
    their own. `forms`: names of forms that the materials ask for."""

    name: str
    elements: Mapping[str, str]
    labelled: frozenset[str]
    forms: tuple[str, ...] = ()

    def missing(self, wanted: tuple[str, ...] = TEN) -> tuple[str, ...]:
        """Elements that are not given, in the order of the indicators."""
        return tuple(name for name in wanted if not self.elements.get(name))


def guide_of(document: Document) -> Guide:
    """The guide that a page is. Elements are looked for under labels, then as what the sentences say."""
    return guide_in(document.body, title=document.title)


def guide_in(text: str, *, title: str = "") -> Guide:
    """The guide in a text; an element with a label but no value is missing whatever else the text says."""
    elements: dict[str, str] = {}
    for name, value in _labelled(text):
        if value or name not in elements:
            elements[name] = elements.get(name) or value
    labelled = frozenset(elements)
    for name, pattern in _SPREAD.items():
        if name not in elements and (found := pattern.search(text)):
            elements[name] = found[0]
    if "事项名称" not in elements and len(title) >= 4:
        elements["事项名称"] = title
    forms = tuple(dict.fromkeys(_FORM_NAMED.findall(elements.get("办理材料", ""))))
    return Guide(elements.get("事项名称") or title, elements, labelled, forms)


def offers_form(document: Document) -> bool:
    """Whether the page gives a form or a sample: an attachment, or a link that names one."""
    links: tuple[Link, ...] = (*document.attachments, *document.links)
    return any(_FORM_FILE.search(link.text) or (link.role == "attachment" and link.url) for link in links)


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """(element, value) for every label, the value reaching to the next label."""
    found = list(_LABEL.finditer(text))
    if len({_element(match) for match in found}) < _FEW:
        yield from _run_together(text)
    ends = sorted({m.start() for m in found} | {m.start() for m in _OTHER_LABEL.finditer(text)} | {len(text)})
    for match in found:
        name = _element(match)
        end = next((place for place in ends if place >= match.end()), len(text))
        value = text[match.end() : end].strip(" \u3000\n\t：:|/")
        if match["more"] and match["stop"] in ("：", ":", "\n", "\t"):
            for other, words in _LABELS.items():
                if other != name and re.search(words, match["more"]):
                    yield other, _plain(other, value)
        yield name, _plain(name, value)


def _element(match: re.Match[str]) -> str:
    return next(name for name in _LABELS if match[name])


def _run_together(text: str) -> Iterator[tuple[str, str]]:
    """A table pressed into one line: labels of four characters and more, the value reaching to the next one."""
    found = [match for match in _GLUED.finditer(text) if len(match[0]) >= 4]
    if len({_element(match) for match in found}) < _MANY:
        return
    for n, match in enumerate(found):
        end = found[n + 1].start() if n + 1 < len(found) else len(text)
        name = _element(match)
        yield name, _plain(name, text[match.end() : end].strip(" \u3000\n\t：:|/"))


def _plain(name: str, value: str) -> str:
    if name == "收费标准" and value and (_FEE_SAID.search(value) or value.startswith(("否", "无"))):
        return value
    return "" if _EMPTY.match(value) else value
