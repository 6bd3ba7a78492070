"""整改通知单: one for every unit, with all its problems, the form to answer on, and the round-up for the superior."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from duwang.bulletin.figures import counted
from duwang.bulletin.gathering import Gathered, Subject, veto_in_words
from duwang.bulletin.tree import Annex, Bulletin, Column, Contact, Head, Paragraph, Run, day_in_words
from duwang.model.findings import Finding
from duwang.model.registry import Registry
from duwang.model.verdicts import Case

CLOSED = ("已整改", "已撤销")
_PLACES = 5
VETO, COMMON = "单项否决", "一般"
_SEAL = "填报单位（盖章）：　　　　　　　　　　主要负责人（签字）：\n填报人：　　　　　联系电话：　　　　　　填报日期：　　　年　月　日"


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a slip: a problem on one site or account, with the pages it is seen on."""

    org: str
    region: str
    label: str
    kind: str
    text: str
    places: tuple[str, ...]
    advice: str
    numbers: tuple[str, ...]
    states: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends the slips and by when they are to be answered."""

    issuer: str
    period: str
    day: date | None
    deadline: date | None
    contacts: tuple[Contact, ...] = ()


def items_of(gathered: Gathered, registry: Registry, cases: Iterable[Case]) -> tuple[Item, ...]:
    """Decided problems whose case is open, and the open cases that others reported, by unit in the ledger's order; vetoes first."""
    by_print = {case.fingerprint: case for case in cases}
    groups: dict[tuple[str, str, str, str], list[tuple[Subject, Finding]]] = {}
    for subject, finding in gathered.facts:
        case = by_print.get(finding.fingerprint)
        if case is None or case.state not in CLOSED:
            groups.setdefault((finding.org, subject.verdict.target, finding.check, finding.message), []).append(
                (subject, finding)
            )
    told = {finding.fingerprint for _, finding in gathered.facts}
    regions = {org.name: org.region for org in registry.orgs}
    place = {name: at for at, name in enumerate(regions)}
    found = [_item(group, by_print) for group in groups.values()]
    found += [
        _reported(case, regions) for case in by_print.values() if case.fingerprint not in told and _external(case)
    ]
    return tuple(
        sorted(
            found,
            key=lambda item: (place.get(item.org, len(place)), item.org, item.kind != VETO, item.label, item.text),
        )
    )


def slips(items: Sequence[Item], sender: Sender) -> Mapping[str, Bulletin]:
    """A slip for every unit."""
    units: dict[str, list[Item]] = {}
    for item in items:
        units.setdefault(item.org, []).append(item)
    return {org: _slip(org, own, sender) for org, own in units.items()}


def round_up(items: Sequence[Item], sender: Sender) -> Bulletin:
    """汇总表: how many problems every region has and how far they are, then one sheet a region to fill in and seal."""
    regions: dict[str, list[Item]] = {}
    for item in items:
        regions.setdefault(item.region or "未填行政区划", []).append(item)
    states = ("待整改", "已反馈", "已整改", "未整改", "申辩中", "不能判断")
    titles = ("序号", "地区", "涉及单位数", "问题数", *states)
    rows = [_region_row(str(n), region, own, states) for n, (region, own) in enumerate(regions.items(), 1)]
    if len(rows) > 1:
        rows.append(("", "合计", *(str(sum(int(row[at]) for row in rows)) for at in range(2, len(titles)))))
    overview = Annex("汇总", f"{sender.period}整改情况汇总表", _columns(titles, "地区"), tuple(rows), landscape=True)
    sheets = tuple(_region_sheet(region, own, sender) for region, own in regions.items())
    text = (
        f"{sender.period}检查发现的问题按地区汇总如下，各地区整改落实情况由地区统一汇总，填写附表并加盖公章后"
        f"{_by(sender)}报送{sender.issuer}。"
    )
    head = Head(
        sender.issuer, f"{sender.period}政府网站与政务新媒体\n问题整改情况汇总", sender.day, signature=sender.issuer
    )
    return Bulletin(
        head,
        (Paragraph((Run(text),)),),
        annexes=(overview, *sheets),
        contacts=sender.contacts,
        deadline=sender.deadline,
    )


def _item(group: Sequence[tuple[Subject, Finding]], cases: Mapping[str, Case]) -> Item:
    subject, first = group[0]
    vetoes = [
        hit for hit in subject.verdict.hits if any(finding.fingerprint in hit.fingerprints for _, finding in group)
    ]
    known = [cases[finding.fingerprint] for _, finding in group if finding.fingerprint in cases]
    reason = f"（{'、'.join(veto_in_words(hit) for hit in vetoes)}）" if vetoes else ""
    advice = first.suggestion
    return Item(
        org=first.org,
        region=subject.region,
        label=subject.label,
        kind=VETO if vetoes else COMMON,
        text=first.message.rstrip("。") + reason,
        places=tuple(dict.fromkeys(finding.url for _, finding in group if finding.url)),
        advice="" if advice is None else f"改为“{advice}”" if advice else "删去",
        numbers=tuple(case.id for case in known),
        states=tuple(case.state for case in known),
        count=sum(finding.count for _, finding in group),
    )


def _external(case: Case) -> bool:
    return bool(case.org) and case.state not in CLOSED and any(event.get("来源") for event in case.events[:1])


def _reported(case: Case, regions: Mapping[str, str]) -> Item:
    opened = case.events[0]
    return Item(
        org=case.org,
        region=regions.get(case.org, ""),
        label=str(opened.get("对象", "")),
        kind=str(opened["来源"]),
        text=str(opened.get("why", "")).rstrip("。"),
        places=tuple(str(opened[key]) for key in ("网址",) if opened.get(key)),
        advice="",
        numbers=(case.id,),
        states=(case.state,),
        count=1,
    )


def _slip(org: str, items: Sequence[Item], sender: Sender) -> Bulletin:
    titles = ("序号", "网站或政务新媒体", "存在的问题", "位置", "修改建议", "类型", "工单编号")
    rows = tuple(
        (str(n), i.label, _problem(i), _place(i), i.advice, i.kind, _number(i)) for n, i in enumerate(items, 1)
    )
    shares = (0.4, 1.3, 2.4, 2.2, 1.2, 0.7, 1.2)
    columns = tuple(
        Column(title, share, title in ("序号", "类型")) for title, share in zip(titles, shares, strict=True)
    )
    listed = Annex("问题清单", "存在问题清单", columns, rows, ("网站或政务新媒体",), landscape=True)
    count = counted("问题数", "问题清单", tuple(range(len(rows))))
    opening = (
        (Run(f"在{sender.period}政府网站与政务新媒体检查中，发现你单位存在"), Run(count.text, figure="问题数"),
         Run("项问题（见附件1）。请对照清单逐项整改、举一反三，并按下列要求办理：")),
        (Run(f"1.{_by(sender)}完成整改，填写《整改反馈表》（附件2），由主要负责人签字、加盖单位公章后报送{sender.issuer}。"),),
        (Run("2.涉及个人信息、严重表述错误的，收到本通知后立即处理；单项否决问题优先整改。"),),
        (Run("3.对检查结果有异议的，请在整改期限内书面提出申辩并附佐证材料；确无信息可更新、需要停机维护的，请及时报备。"),),
    )  # fmt: skip
    return Bulletin(
        head=Head(
            sender.issuer, "政府网站与政务新媒体\n问题整改通知单", sender.day, addressees=org, signature=sender.issuer
        ),
        opening=tuple(Paragraph(runs) for runs in opening),
        annexes=(listed, _answer(org, items)),
        contacts=sender.contacts,
        deadline=sender.deadline,
        figures={"问题数": count},
    )


def _answer(org: str, items: Sequence[Item]) -> Annex:
    """整改反馈表: to print, sign and seal."""
    titles = ("序号", "存在的问题", "整改措施和结果", "完成时间", "是否整改到位")
    shares = (0.4, 2.4, 2.4, 0.9, 0.9)
    columns = tuple(Column(title, share, title == "序号") for title, share in zip(titles, shares, strict=True))
    rows = tuple((str(n), f"{item.label}：{item.text}", "", "", "") for n, item in enumerate(items, 1))
    return Annex("反馈", f"{org}整改反馈表", columns, rows, note=_SEAL)


def _region_row(number: str, region: str, items: Sequence[Item], states: Sequence[str]) -> tuple[str, ...]:
    counts = [sum(1 for item in items if _state(item) == state) for state in states]
    return (number, region, str(len({item.org for item in items})), str(len(items)), *map(str, counts))


def _region_sheet(region: str, items: Sequence[Item], sender: Sender) -> Annex:
    titles = ("序号", "责任单位", "网站或政务新媒体", "存在的问题", "整改情况", "完成时间")
    shares = (0.4, 1.3, 1.3, 2.4, 1.8, 0.8)
    columns = tuple(Column(title, share, title == "序号") for title, share in zip(titles, shares, strict=True))
    rows = tuple((str(n), item.org, item.label, _problem(item), "", "") for n, item in enumerate(items, 1))
    return Annex(
        f"地区{region}", f"{region}问题整改情况表", columns, rows, ("责任单位", "网站或政务新媒体"), True, _SEAL
    )


def _columns(titles: Sequence[str], wide: str) -> tuple[Column, ...]:
    return tuple(Column(title, 2.0 if title == wide else 1.0, True) for title in titles)


def _state(item: Item) -> str:
    """The state of the group: the least settled of its cases."""
    order = ("未整改", "待整改", "不能判断", "申辩中", "已反馈", "已整改")
    return min(item.states, key=lambda state: order.index(state) if state in order else 0, default="待整改")


def _problem(item: Item) -> str:
    return f"{item.text}（共{item.count}处）" if item.count > 1 else item.text


def _place(item: Item) -> str:
    shown = list(item.places[:_PLACES])
    if len(item.places) > _PLACES:
        shown.append(f"等{len(item.places)}个页面")
    return "\n".join(shown)


def _number(item: Item) -> str:
    if len(item.numbers) > 1:
        return f"{item.numbers[0]}等{len(item.numbers)}件"
    return item.numbers[0] if item.numbers else ""


def _by(sender: Sender) -> str:
    return f"于{day_in_words(sender.deadline)}前" if sender.deadline else "在规定期限内"


def file_names(units: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Unit → a file name that every system takes."""
    taken: set[str] = set()
    for unit in units:
        plain = "".join("_" if char in '\\/:*?"<>|\n\r\t' else char for char in unit).strip(" .") or "未填单位"
        name, number = plain[:80], 2
        while name in taken or name == "汇总表":
            name, number = f"{plain[:76]}({number})", number + 1
        taken.add(name)
        yield unit, f"{name}.docx"
