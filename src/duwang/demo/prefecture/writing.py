"""Articles and posts with their faults, from faults.toml; which fault stands where is fixed by the names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from random import Random

from duwang.demo.accounts import Post
from duwang.demo.articles import Article
from duwang.demo.county import Place, Shelf, Voice, toml
from duwang.demo.numbers import filled
from duwang.demo.plants import Plant, TemplateFault
from duwang.demo.prefecture.places import prefecture
from duwang.demo.prose import Writer

ARTICLES, POSTS = 7, 5
_FAULTS_IN_ARTICLE = (0, 1, 1, 1, 2, 2, 3)
_FAULTS_IN_POST = (0, 0, 1, 1)


@dataclass(frozen=True, slots=True)
class Spread:
    """One kind of fault and how often it is met. `quote` is what a finding must overlap; empty where a number is masked."""

    check: str
    weight: int
    text: tuple[str, ...]
    quote: str = ""
    where: str = ""
    link: bool = False


@lru_cache(maxsize=1)
def spreads() -> tuple[Spread, ...]:
    return tuple(Spread(**row | {"text": tuple(row["text"])}) for row in toml("prefecture/faults.toml")["spread"])


def template_faults(place: Place) -> tuple[TemplateFault, ...]:
    """What the foot of a site lacks."""
    dice, drops = Random(f"foot/{place.key}"), toml("prefecture/faults.toml")["template"]["drops"]
    lacking = dice.sample(drops, k=dice.choice((0, 1, 2, 3)))
    return tuple(
        TemplateFault(f"{place.key}/{one}", "function/footer-mark", place.key, (2,), one, ()) for one in lacking
    )


def articles(place: Place, shelf: Shelf) -> Iterator[Article]:
    """Those of a column, newest first."""
    for n in range(ARTICLES):
        seed = f"{shelf.key}/{n}"
        dice, on = Random(seed), prefecture().newest[shelf.key] - timedelta(days=n * 4)
        writer = Writer(dice.choice(shelf.themes), on, seed)
        said = _said(dice, writer, _FAULTS_IN_ARTICLE, "网站")
        paragraphs = _mixed(dice, writer.paragraphs(least=3, most=4, general=3), [text for _, text in said])
        number = 1000 + (int(shelf.path, 36) % 90) * 100 + n
        linked = any(one.link for one, _ in said)
        plant = Plant(seed, "reach/broken-link", shelf.key, False, link={"text": "专题页面", "path": f"/zt/none-{number}.html"}) if linked else None  # fmt: skip
        title = f"{writer.title()}（{on.month}月{on.day}日）"
        yield Article(place.key, shelf.key, title, on, shelf.kind, paragraphs, place.owner, place.owner, "printed", number=number,
                      plant=plant, extra={})  # fmt: skip


def posts(voice: Voice) -> list[Post]:
    """Those of an account, newest first."""
    made = []
    for n in range(POSTS):
        seed = f"{voice.key}/{n}"
        dice, on = Random(seed), prefecture().newest[voice.key] - timedelta(days=n * 6)
        writer = Writer(dice.choice(("民生", "农业", "教育", "城建")), on, seed)
        texts = [text for _, text in _said(dice, writer, _FAULTS_IN_POST, "账号")]
        body = _mixed(dice, writer.paragraphs(least=2, most=2, general=2), texts)
        made.append(Post(writer.title(), on, "\n".join(body), f"https://post.invalid/{voice.filing}/{n}"))
    return made


def _said(dice: Random, writer: Writer, amounts: tuple[int, ...], where: str) -> list[tuple[Spread, str]]:
    known = [one for one in spreads() if one.where in ("", where)]
    chosen = dice.choices(known, weights=[one.weight for one in known], k=dice.choice(amounts))
    return [(one, _filled(writer, dice, dice.choice(one.text))) for one in dict.fromkeys(chosen)]


def _filled(writer: Writer, dice: Random, template: str) -> str:
    """Numbers of people first, each made for its place, then the words."""
    return writer.said(filled(template.replace("甲号", f"{dice.randrange(10**9)}")))


def _mixed(dice: Random, paragraphs: list[str], faults: list[str]) -> tuple[str, ...]:
    for fault in faults:
        paragraphs.insert(dice.randint(1, len(paragraphs)), fault)
    return tuple(paragraphs)
