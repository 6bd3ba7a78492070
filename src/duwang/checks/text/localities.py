"""Names of places that exist in another form: nationalities of an autonomous place in another order, a city behind a province that is not
its own, a name one alike character off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from duwang.checks.text.language import official
from duwang.checks.text.places import Misplaced, divisions
from duwang.checks.text.vocabulary import BOTH, confusable, words
from duwang.checks.text.wording import quoted
from duwang.model.findings import Severity

_NATIONS = (
    "蒙古族|回族|藏族|维吾尔族|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|傣族|黎族|傈僳族|佤族|畲族|高山族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|"
    "土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|阿昌族|普米族|塔吉克族|怒族|乌孜别克族|俄罗斯族|鄂温克族|德昂族|保安族|裕固族|京族|塔塔尔族|独龙族|鄂伦春族|赫哲族|门巴族|珞巴族|"
    "基诺族|哈萨克|柯尔克孜|塔吉克|蒙古|锡伯"
)
_NATION = re.compile(_NATIONS)
_AUTONOMOUS = re.compile(rf"([\u4e00-\u9fff]{{1,5}}?)((?:{_NATIONS})+)(自治[县州旗区])")
_WHOLE = re.compile(rf"([\u4e00-\u9fff]+?)((?:{_NATIONS}){{1,5}})(自治[县州旗区])")


def misnamed(text: str) -> Iterator[Misplaced]:
    """Faults in reading order of each kind."""
    if "自治" in text:
        yield from _nations(text)
    yield from _cities(text)
    yield from _alike(text)


@lru_cache(maxsize=1)
def _autonomous() -> dict[tuple[str, str], tuple[str, ...]]:
    """(name without nationalities, level) → the nationalities in their order."""
    made = {}
    for name in divisions():
        found = _WHOLE.fullmatch(name)
        if found:
            made[found[1], found[3]] = tuple(_NATION.findall(found[2]))
    return made


def _nations(text: str) -> Iterator[Misplaced]:
    known = _autonomous()
    for found in _AUTONOMOUS.finditer(text):
        said = tuple(_NATION.findall(found[2]))
        for cut in range(len(found[1])):
            name = found[1][cut:]
            right = known.get((name, found[3]))
            if right is None:
                continue
            if right != said:
                whole = name + "".join(right) + found[3]
                start = found.start() + cut
                order = "民族的先后不对" if sorted(right) == sorted(said) else "民族不对"
                message = f"地名有误：{quoted(text[start : found.end()])}应为{quoted(whole)}（{order}）"
                yield Misplaced(start, found.end(), whole, message, Severity.ORDINARY)
            break


_PROVINCES = "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆"
# Cities whose short name is a common word or the name of other places too.
_WORDS = frozenset(
    "吉林 海南 白银 朝阳 东方 大同 安康 平凉 三明 保山 平顶 和田 玉树 金昌 黄石 长治 通化 白山 松原 本溪 中山 黄山 来宾 山南 阿里 海东 海西 海北 黄南 中卫 塔城 安顺 安庆".split()  # noqa: SIM905
)
_PLACED = re.compile(rf"(?<![\u4e00-\u9fff]、)({_PROVINCES})省?([\u4e00-\u9fff]{{2,4}})")
_PROVINCE = re.compile(_PROVINCES)
_STREET = re.compile("[路街道巷桥村镇乡站港籍菜人商帮会馆饭酒面牌话]|(?:大道|高速|铁路|公路)")


@lru_cache(maxsize=1)
def _capitals() -> dict[str, str]:
    """Short name of a prefecture → short name of its province; names that two provinces have are left out."""
    made: dict[str, set[str]] = {}
    for name, above in divisions().items():
        found = _PROVINCE.match(next(iter(above - {""}), ""))
        if name.endswith("市") and 3 <= len(name) <= 4 and len(above - {""}) == 1 and found:
            made.setdefault(name[:-1], set()).add(found[0])
    return {name: next(iter(of)) for name, of in made.items() if len(of) == 1 and name not in _WORDS}


def _cities(text: str) -> Iterator[Misplaced]:
    """“甘肃银川”: a province directly before a prefecture of another one, outside lists."""
    capitals = _capitals()
    for found in _PLACED.finditer(text):
        name = next((found[2][:n] for n in (3, 2) if found[2][:n] in capitals), "")
        if not name or capitals[name] == found[1] or _PROVINCE.search(text[max(0, found.start() - 4) : found.start()]):
            continue
        end = found.start(2) + len(name)
        if _STREET.match(text, end) or _PROVINCE.match(text, end):
            continue
        said = text[found.start() : end]
        right = capitals[name] + said[len(found[1]) :]
        message = f"隶属关系有误：{quoted(name)}属{capitals[name]}，不属{found[1]}"
        yield Misplaced(found.start(), end, right, message, Severity.HINT)


_SUFFIX = re.compile("[市县区旗](?![\u4e00-\u9fff]?[民级域直属辖场])")


@lru_cache(maxsize=1)
def _gaps() -> dict[str, tuple[str, ...]]:
    """Names of three characters with one of the first two left open → the names."""
    made: dict[str, list[str]] = {}
    for name in divisions():
        if len(name) == 3:
            for at in (0, 1):
                made.setdefault(f"{name[:at]}?{name[at + 1 :]}", []).append(name)
    return {gap: tuple(names) for gap, names in made.items()}


def _alike(text: str) -> Iterator[Misplaced]:
    """“六按市”: two characters that official texts never put side by side before a level, one alike character away from a place."""
    language, gaps = official(), _gaps()
    for found in _SUFFIX.finditer(text):
        start, end = found.start() - 2, found.end()
        said = text[start:end] if start >= 0 else ""
        if len(said) < 3 or not all("\u4e00" <= c <= "\u9fff" for c in said) or said in divisions():
            continue
        ids = language.ids(said[:2])
        if language.pairs[ids[0], ids[1]] or words().code(said[:2]) or words().code(said[1:]):
            continue
        if start and words().code(text[start - 1 : start + 1]):
            continue
        near = [
            name
            for at in (0, 1)
            for name in gaps.get(f"{said[:at]}?{said[at + 1 :]}", ())
            if confusable().why(said[at], name[at])
        ]
        best = [n for n in near if any(a != b and confusable().why(a, b) == BOTH for a, b in zip(said, n, strict=True))]
        chosen = best or near
        if len(chosen) == 1:
            message = f"疑似地名误写：{quoted(said)}可能应为{quoted(chosen[0])}"
            yield Misplaced(start, end, chosen[0], message, Severity.HINT)
