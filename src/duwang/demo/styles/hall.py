"""A service portal: definition lists, /list/zn.html, /detail/1234.html, dates behind the titles in brackets."""

from __future__ import annotations

from duwang.demo import chrome
from duwang.demo.articles import Article
from duwang.demo.county import Shelf
from duwang.demo.guides import Guide
from duwang.demo.scene import Pages, Scene, html, text_of

_SIZE = 16


def shelf_url(shelf: Shelf) -> str:
    return f"/list/{shelf.path}.html"


def article_path(scene: Scene, article: Article) -> str:
    return f"/detail/{article.number}.html"


def guide_path(guide: Guide) -> str:
    return f"/item/{guide.number + 1}.html"


def pages(scene: Scene) -> Pages:
    yield "/", html(_home(scene))
    yield (
        "/jiucuo.html",
        html(_page(scene, "article", "我为政府网站找错", chrome.contact_page(), tags=chrome.meta(scene, "home"))),
    )
    for shelf in scene.shelves:
        yield from _column(scene, shelf)
        for article in scene.articles[shelf.key]:
            yield article_path(scene, article), html(_article(scene, shelf, article))
    for guide in scene.guides:
        body = f'<h1>{guide.name}</h1><div class="detail-content">{chrome.guide_body(guide)}</div>'
        yield guide_path(guide), html(_page(scene, "article", guide.name, body, tags=chrome.meta(scene, "home")))


def _column(scene: Scene, shelf: Shelf) -> Pages:
    tags = chrome.meta(scene, "list", shelf=shelf)
    rows = (
        [(guide_path(g), g.name + "办事指南", "") for g in scene.guides]
        if shelf.kind == "guides"
        else [(article_path(scene, a), a.title, f"（{a.on.isoformat()}）") for a in scene.articles[shelf.key]]
    )
    count = max(1, -(-len(rows) // _SIZE))
    for number in range(1, count + 1):
        lines = "".join(
            f'<dd><a href="{url}">{text_of(title)}</a>{day}</dd>'
            for url, title, day in rows[(number - 1) * _SIZE : number * _SIZE]
        )
        links = "".join(f'<a href="/list/{shelf.path}_{n}.html">{n}</a>' for n in range(2, count + 1) if n != number)
        path = shelf_url(shelf) if number == 1 else f"/list/{shelf.path}_{number}.html"
        body = f'<h2>{shelf.name}</h2><dl class="rows">{lines}</dl><div class="turn">{links}</div>'
        yield path, html(_page(scene, "list", shelf.name, body, tags=tags))


def _article(scene: Scene, shelf: Shelf, article: Article) -> str:
    when = "" if article.plant and article.plant.date in ("none", "meta") else f"发布时间 {article.on.isoformat()}"
    source = f"来源：{article.source}" if article.source else ""
    body = f'<h1>{text_of(article.title)}</h1><p class="tips"><span>{when}</span><span>{source}</span></p><div class="detail-content">{chrome.body_of(article, scene)}</div>'
    return _page(scene, "article", article.title, body, tags=chrome.meta(scene, "article", article=article))


def _home(scene: Scene) -> str:
    items = "".join(f'<li><a href="{guide_path(g)}">{g.name}</a></li>' for g in scene.guides)
    lines = "".join(
        f'<dd><a href="{article_path(scene, a)}">{text_of(a.title)}</a>（{a.on.isoformat()}）</dd>'
        for a in scene.latest(10)
    )
    body = f'<div class="hot"><h2>热门办事</h2><ul>{items}</ul></div><h2>服务动态</h2><dl class="rows">{lines}</dl>'
    return _page(scene, "home", scene.place.title, body, tags=chrome.meta(scene, "home"))


def _page(scene: Scene, page: str, title: str, body: str, *, tags: str) -> str:
    menu = chrome.nav(scene, [(shelf.name, shelf_url(shelf)) for shelf in scene.shelves])
    shown = scene.shown(page) if title == scene.place.title else f"{title}——{scene.shown(page)}"
    return (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="UTF-8">{tags}<title>{text_of(shown)}</title></head><body><div class="hall-top"><strong>{scene.shown(page)}</strong>{chrome.search(scene, page)}</div>'
        f'<div class="hall-nav"><ul>{menu}</ul></div><div class="hall-main">{body}</div><div class="hall-footer footer">{chrome.foot(scene, page)}</div></body></html>'
    )
