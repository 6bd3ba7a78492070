"""Every article of every site, made once: which day, which text, which fault; rounds only decide what of it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from duwang.demo.county import AS_OF, SINCE, Place, Shelf, county
from duwang.demo.plants import Plant, plants
from duwang.demo.prose import UNITS, Writer, letter_of

_FIRST, _LAST = date(2026, 1, 6), date(2026, 9, 29)
_POLICY = "关于{策}的通知"
_REPOSTED = ("新华社", "中国政府网", "人民日报")
_REPOSTS = 0.15  # of the news of the portal


@dataclass(frozen=True, slots=True)
class Article:
    """One page of a column. `number` is unique in its site; `org`/`by` say whose it is; `plant` what was planted in it."""

    site: str
    shelf: str
    title: str
    on: date
    kind: str
    paragraphs: tuple[str, ...]
    source: str = ""
    org: str = ""
    by: str = ""
    doc_no: str = ""
    label: str = ""
    number: int = 0
    plant: Plant | None = None
    partner: str = ""
    copy: bool = False
    later: tuple[str, ...] = ()
    rewritten: int = 9
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.shelf}/{self.title}/{self.on}"

    def visible(self, round_: int) -> bool:
        """Published by then (or printed with a date that lies in the future all along); what was filled in later shows only then."""
        if self.plant is not None and round_ < self.plant.appears:
            return False
        return self.on <= AS_OF[round_] or "future" in self.extra

    def text(self, round_: int) -> tuple[str, ...]:
        """The paragraphs as they stand in that round."""
        if self.plant is None:
            return (
                self.later
                if self.later and round_ >= self.rewritten and self.on <= AS_OF[self.rewritten - 1]
                else self.paragraphs
            )
        stands = self.plant.near or round_ in self.plant.rounds
        added = self.plant.text if stands else self.plant.clean
        if self.plant.extra.get("alone") and stands:
            return (self.plant.text,)
        middle = len(self.paragraphs) // 2
        first = (self.plant.first,) if self.plant.first and stands else ()
        return (*first, *self.paragraphs[:middle], *((added,) if added else ()), *self.paragraphs[middle:])


@lru_cache(maxsize=1)
def all_articles() -> tuple[Article, ...]:
    """Sorted by site, day and column; numbered from 1000 in each site."""
    made: list[Article] = []
    for place in county().places:
        taken: set[str] = set()
        own = [article for shelf in county().shelves_of(place.key) for article in _of_shelf(place, shelf, taken)]
        own.sort(key=lambda article: (article.on, article.shelf, article.title))
        made += [replace(article, number=1000 + n) for n, article in enumerate(own)]
    return tuple(made)


def _of_shelf(place: Place, shelf: Shelf, taken: set[str]) -> Iterator[Article]:
    if shelf.kind in ("intro", "guides"):
        return
    if shelf.follows:
        yield from _interpretations(place, shelf)
        return
    planted = [plant for plant in plants() if plant.where == shelf.key]
    taken |= {plant.title for plant in planted if plant.title} | {plant.again for plant in planted}
    for n, on in enumerate(_days(shelf)):
        yield _written(place, shelf, on, seed=f"{shelf.key}/{n}/{on}", taken=taken)
    if shelf.future:
        one = _written(place, shelf, date.fromisoformat(shelf.future), seed=f"{shelf.key}/future", taken=taken)
        yield replace(one, extra={"future": shelf.future})
    for plant in planted:
        yield from _planted(place, shelf, plant, taken)


def _days(shelf: Shelf) -> list[date]:
    """The days on which the column got an article: its rhythm without its gaps, and the days written down."""
    days = {date.fromisoformat(day) for day in shelf.dates}
    at, random = _FIRST, Random(shelf.key)
    while shelf.step and at <= _LAST:
        day = min(at + timedelta(days=random.randint(0, 1)), _LAST)
        if not any(date.fromisoformat(start) <= day <= date.fromisoformat(end) for start, end in shelf.gaps):
            days.add(day)
        at += timedelta(days=shelf.step)
    return sorted(days)


def _written(place: Place, shelf: Shelf, on: date, *, seed: str, taken: set[str], title: str = "") -> Article:
    random = Random(seed)
    theme = random.choice(shelf.themes)
    writer = Writer(theme, on, seed)
    paragraphs = _paragraphs(shelf, theme, on, seed, writer)
    if not title:
        title = _title(shelf, writer, seed, on, taken)
    taken.add(title)
    source, org, by = _source(place, shelf, theme, random, _repost(place, shelf, seed))
    article = Article(place.key, shelf.key, title, on, shelf.kind, tuple(paragraphs), source, org, by)
    if place.rewritten in AS_OF and random.random() < 0.7:
        other = Writer(theme, on, f"{seed}/later")
        article = replace(
            article, rewritten=place.rewritten, later=tuple(_paragraphs(shelf, theme, on, f"{seed}/later", other))
        )
    if shelf.kind == "policy":
        number = 20 + (on - date(2025, 12, 31)).days // 8
        return replace(
            article, doc_no=f"仿政办发〔{on.year}〕{number}号", label="（此件公开发布）", org=place.owner, by="printed"
        )
    return article


def _title(shelf: Shelf, writer: Writer, seed: str, on: date, taken: set[str]) -> str:
    if shelf.kind == "letterbox":
        title = letter_of(seed)[0]
        return title if title not in taken else f"{title}（{on.month}月{on.day}日）"
    for attempt in range(40):
        title = _try_title(shelf, writer, f"{seed}/{attempt}", on)
        if title not in taken:
            return title
    return f"{title}（{on.month}月{on.day}日）"


def _try_title(shelf: Shelf, writer: Writer, seed: str, on: date) -> str:
    random = Random(seed)
    match shelf.kind:
        case "notice":
            return Writer("通知", on, seed).title()
        case "policy":
            return "仿真县人民政府办公室" + Writer("通知", on, seed).said(_POLICY)
        case "person":
            return f"仿真县{on.year}年第{random.choice('一二三四')}批公开招聘工作人员公告（{on.month}月）"
        case "plan":
            return f"{county().place(shelf.site).title}{on.year}年工作计划（{on.month}月发布）"
        case "data":
            about = shelf.name if shelf.name == "办件统计" else "主要指标完成情况"
            return f"{on.year}年{on.month}月{about}（{on.day}日公布）"
        case "report":
            return f"{county().place(shelf.site).owner}{on.year - 1}年政府信息公开工作年度报告"
        case _:
            return writer.title()


def _paragraphs(shelf: Shelf, theme: str, on: date, seed: str, writer: Writer) -> Sequence[str]:
    if shelf.kind == "letterbox":
        _, asked, answered = letter_of(seed)
        return (f"留言内容：{asked}", f"答复内容：{answered}")
    if shelf.kind == "notice":
        notice = Writer("通知", on, seed)
        return [*notice.paragraphs(least=4, most=6, general=0)[:-1], *writer.sentences(4), notice.paragraphs()[-1]]
    if shelf.kind == "policy":
        heads = ("一、明确工作目标。", "二、落实主要任务。", "三、加强组织实施。")
        said = writer.sentences(9)
        parts = [head + "".join(said[n::3]) for n, head in enumerate(heads)]
        return [
            "各乡镇人民政府，街道办事处，县政府各部门：",
            "为进一步做好有关工作，经县政府同意，现将有关事项通知如下：",
            *parts,
        ]
    return writer.paragraphs()


def _repost(place: Place, shelf: Shelf, seed: str) -> str:
    """Whose news this is when it was taken from a higher or central medium; empty for the county's own."""
    pick = Random(f"{seed}/repost")
    own = place.key != "门户" or shelf.kind != "news" or seed.startswith("plant/")
    return "" if own or pick.random() >= _REPOSTS else pick.choice(_REPOSTED)


def _source(place: Place, shelf: Shelf, theme: str, random: Random, reposted: str) -> tuple[str, str, str]:
    """(printed source, unit, how it is known). Some pages print no source: the column's unit, else the site's, answers."""
    if shelf.org:
        return "", shelf.org, "column"
    if reposted:
        return reposted, place.owner, "site"
    if place.key == "文旅":
        return "", place.owner, "site"
    name = UNITS[theme] if place.key == "门户" else place.owner
    unit = next(unit for unit in county().units if unit.name == name)
    return (unit.short if random.random() < 0.5 else unit.name), unit.name, "printed"


def _planted(place: Place, shelf: Shelf, plant: Plant, taken: set[str]) -> Iterator[Article]:
    on = date.fromisoformat(plant.on) if plant.on else _day_for(plant, shelf)
    article = _written(place, shelf, on, seed=f"plant/{plant.id}", taken=taken, title=plant.title)
    if plant.source:
        article = replace(article, source=plant.source, org=county().unit_named(plant.source), by="printed")
    if plant.org:
        article = replace(article, org=plant.org, by=plant.by or article.by)
    article = replace(article, plant=plant, doc_no=plant.doc_no or article.doc_no)
    if plant.label is not None:
        article = replace(article, label=plant.label)
    yield article
    if plant.again:
        yield replace(article, title=plant.again, on=on + timedelta(days=3), copy=True)


def _day_for(plant: Plant, shelf: Shelf) -> date:
    """A day in the quarter of the round in which the fault first stands, outside the column's gaps."""
    first = 1 if plant.near else plant.rounds[0]
    day = SINCE[first] + timedelta(days=5 + Random(f"day/{plant.id}").randint(0, 58))
    while any(date.fromisoformat(start) <= day <= date.fromisoformat(end) for start, end in shelf.gaps):
        day -= timedelta(days=1)
    return day


def _interpretations(place: Place, shelf: Shelf) -> Iterator[Article]:
    """One for every policy document, published the same day; a fault's document may stay without."""
    for policy in _of_shelf(place, county().shelf(f"{place.key}/{shelf.follows}"), set()):
        if policy.plant is not None and policy.plant.extra.get("interpreted") is False:
            continue
        about = policy.title.partition("关于")[2].removesuffix("的通知")
        random = Random(f"interpretation/{policy.title}")
        if policy.plant is not None and policy.plant.extra.get("copied"):
            yield Article(
                place.key,
                shelf.key,
                f"《{policy.title}》政策解读",
                policy.on,
                "interpretation",
                policy.text(2)[1:],
                "县政府办公室",
                place.owner,
                "printed",
                partner=policy.title,
            )
            continue
        paragraphs = [
            f"近日，县政府办公室印发《{policy.title}》（以下简称《通知》），现就有关内容解读如下：",
            f"一、起草背景。为{about.removeprefix('进一步')}，县政府办公室会同有关部门深入调研，听取了{random.randint(8, 40)}个单位和群众代表的意见，起草了《通知》。",
            "二、主要内容。《通知》明确了工作目标、主要任务和组织实施三个方面的要求，列出了责任单位和完成时间，便于群众了解和监督。",
            f"三、群众关心的问题。《通知》施行后，群众可以到所在镇便民服务中心咨询办理，全县设立咨询窗口{random.randint(6, 18)}个，工作日全天受理。",
            "四、新旧政策的区别。与以前的规定相比，办理环节减少，责任更加清楚，监督方式更加多样。",
        ]  # fmt: skip
        title = f"《{policy.title}》政策解读"
        yield Article(
            place.key,
            shelf.key,
            title,
            policy.on,
            "interpretation",
            tuple(paragraphs),
            "县政府办公室",
            place.owner,
            "printed",
            partner=policy.title,
        )
