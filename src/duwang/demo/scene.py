"""One site in one round: what its pages are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from duwang.demo.articles import Article
from duwang.demo.county import Place, Shelf
from duwang.demo.guides import Guide
from duwang.demo.plants import TemplateFault


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server says to one address."""

    status: int = 200
    kind: str = "text/html; charset=utf-8"
    body: bytes = b""
    location: str = ""


Pages = Iterator[tuple[str, Answer]]


@dataclass(frozen=True, slots=True)
class Scene:
    """`articles` by column key, newest first; `base` is `http://127.0.0.1:port`; `portal` and `outside` are addresses of the portal and
    of a site that is none of the county's."""

    place: Place
    shelves: tuple[Shelf, ...]
    base: str
    portal: str
    outside: str
    round: int
    articles: Mapping[str, tuple[Article, ...]]
    guides: tuple[Guide, ...] = ()
    faults: tuple[TemplateFault, ...] = ()
    by_title: Mapping[str, Article] = field(default_factory=dict)

    def dropped(self, name: str, page: str) -> bool:
        """Whether this mark is missing on this kind of page in this round."""
        return any(f.drop == name and self.round in f.rounds and f.only in ("", page) for f in self.faults)

    def shown(self, page: str) -> str:
        """The site's name as its pages print it."""
        return "首页" if self.dropped("name", page) else self.place.title

    def latest(self, count: int) -> list[Article]:
        """The newest articles of the columns that the home page shows."""
        shown = [
            article
            for shelf in self.shelves
            if shelf.home
            for article in self.articles[shelf.key]
            if "future" not in article.extra
        ]
        return sorted(shown, key=lambda article: (article.on, article.number), reverse=True)[:count]


def html(text: str, *, charset: str = "utf-8", status: int = 200) -> Answer:
    """A page in its charset."""
    named = {"utf-8": "utf-8", "gbk": "gb2312"}[charset]
    return Answer(
        status,
        f"text/html; charset={named}" if charset == "utf-8" else "text/html",
        text.encode(charset, "xmlcharrefreplace"),
    )


def text_of(value: str) -> str:
    return escape(value, quote=True)
