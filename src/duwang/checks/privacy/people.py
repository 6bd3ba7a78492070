"""Names of persons where they stand beside a number (编者: surnames by frequency; a name alone is never reported)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
    "顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童"
    "欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵇窦苟穆佟虞仇占蔺楼冀阙沙巴冷晏雍应由敖"
    "岑尚宣蒲幸慕诸靖褚郁闫肖付代邝麦於姬明鹿谈喻党宗卓练娄荆仲揭全原奚芮蓝木买仁才力邸刚凤句艾满帅练"
)
_DOUBLE = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|夏侯|轩辕|宇文|长孙|端木|独孤|南宫|西门"
NAME = rf"(?:(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]{{2,8}}·[\u4e00-\u9fff]{{2,8}})"
_TITLES = (
    "姓名|名字|申请人|申请救助人|户主|当事人|被处罚人|被申请人|法定代表人|负责人|经营者|联系人|车主|驾驶人|驾驶员|学生|考生|家长|患者|死者|村民|居民|业主|"
    "受助人|收款人|户名|持卡人|本人|被执行人|原告|被告|证人|投诉人|举报人|信访人|来信人|获奖者|监护人|代理人|委托人|受托人|承租人|购房人|社员"
)
_LABELLED = re.compile(rf"(?:{_TITLES})[ \u3000]*[：:为是]?[ \u3000]*({NAME})(?![\u4e00-\u9fff])")
_LABELLED_TIGHT = re.compile(rf"(?:{_TITLES})[：:]?({NAME})(?=[，,、（(；;。 \u3000]|$|的?(?:身份证|电话|手机))")
_BESIDE = re.compile(
    rf"(?:^|[，,。；;、：:\s\u3000（(\d.])({NAME})[ \u3000，,、；;（(]*(?:[男女][，, ]?|汉族[，, ]?)*[\u4e00-\u9fff]{{0,10}}[：:为是]?[ \u3000]*$"
)
_CELL = re.compile(rf"(?:^|[\t|])[ \u3000]*({NAME})(?=[ \u3000]*(?:[\t|]|$))", re.MULTILINE)
_CELL_NAME = re.compile(rf"[ \u3000]*({NAME})[ \u3000]*")
_NAME_COLUMN = re.compile(r"姓[ \u3000]*名|户主|申请人|学生|名字|人员|驾驶人|车主|持卡人|收款人|监护人|家长")
_NO_NAME = re.compile(
    r"(?:身份|证件|号码|电话|手机|联系|地址|住址|单位|部门|公司|街道|合计|总计|小计|姓名|性别|男|女|备注|金额|银行|时间|日期|编号|序号|方式|项目|区|县|镇|村|局|所|处|科)$"
    r"|^(?:车牌|车辆|车型|单位|时间|于|金额|任务|项目|常务|应急|全国|全县|全市|古|安全|安置|方式|方案|程序|成员|成绩|成立|时|文件|文号|明细|明确|万元|石油|向|由|原|来|应)"
)


def mask_name(name: str) -> str:
    """张三 → 张*."""
    return name[0] + "*" * (len(name) - 1)


def name_before(text: str) -> str:
    """The person named right before the place that a number follows; empty when none is."""
    for pattern in (_BESIDE, _LABELLED, _LABELLED_TIGHT):
        found = None
        for found in pattern.finditer(text):  # noqa: B007  the last one counts
            pass
        if found is not None and not _NO_NAME.search(found[1]):
            return found[1]
    return ""


def name_in_row(cells: list[str], heading: list[str]) -> str:
    """The name in a table's row: under a heading that asks for one, else the first cell that is a name and nothing else."""
    for cell, above in zip(cells, heading, strict=False):
        if _NAME_COLUMN.search(above) and re.fullmatch(r"[ \u3000]*[\u4e00-\u9fff·]{2,8}[ \u3000]*", cell):
            return cell.strip(" \u3000")
    for cell in cells:
        if (found := _CELL_NAME.fullmatch(cell)) and not _NO_NAME.search(found[1]):
            return found[1]
    return ""


def names_in(text: str) -> Iterator[tuple[int, int]]:
    """Places of labelled names and of cells that hold a name, so that a context can hide them."""
    for pattern in (_LABELLED, _LABELLED_TIGHT, _CELL):
        for found in pattern.finditer(text):
            yield found.span(1)
