"""Page styles: one module a family of site software. Each offers article_path, shelf_url and pages."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from duwang.demo.articles import Article
from duwang.demo.county import Place, Shelf
from duwang.demo.guides import Guide
from duwang.demo.scene import Pages, Scene


class Style(Protocol):
    """How a family of sites addresses and prints its pages."""

    def article_path(self, scene: Scene, article: Article) -> str: ...

    def guide_path(self, guide: Guide) -> str: ...

    def shelf_url(self, shelf: Shelf) -> str: ...

    def pages(self, scene: Scene) -> Pages: ...


def style_of(place: Place) -> Style:
    return cast(Style, import_module(f"duwang.demo.styles.{place.style}"))
