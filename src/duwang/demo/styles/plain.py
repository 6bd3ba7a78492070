"""A modern home-made site: /news/, /news/page/2, /news/1234.html; rows are <article> elements with <time>."""

from __future__ import annotations

from duwang.demo import chrome
from duwang.demo.articles import Article
from duwang.demo.county import Shelf
from duwang.demo.guides import Guide
from duwang.demo.scene import Pages, Scene, html, text_of

_SIZE = 18


def shelf_url(shelf: Shelf) -> str:
    return f"/{shelf.path}/"


def article_path(scene: Scene, article: Article) -> str:
    shelf = next(shelf for shelf in scene.shelves if shelf.key == article.shelf)
    return f"/{shelf.path}/{article.number}.html"


def guide_path(guide: Guide) -> str:
    return f"/guide/{guide.number + 1}.html"


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
        body = f'<h1 class="article-title">{guide.name}</h1><div class="article-body">{chrome.guide_body(guide)}</div>'
        yield guide_path(guide), html(_page(scene, "article", guide.name, body, tags=chrome.meta(scene, "home")))


def _column(scene: Scene, shelf: Shelf) -> Pages:
    tags = chrome.meta(scene, "list", shelf=shelf)
    if shelf.kind == "intro":
        yield (
            shelf_url(shelf),
            html(
                _page(
                    scene,
                    "list",
                    shelf.name,
                    f'<h1 class="article-title">{shelf.name}</h1><div class="article-body">{chrome.intro(scene, shelf)}</div>',
                    tags=tags,
                )
            ),
        )
        return
    rows = (
        [(guide_path(g), g.name + "办事指南", "") for g in scene.guides]
        if shelf.kind == "guides"
        else [(article_path(scene, a), a.title, a.on.isoformat()) for a in scene.articles[shelf.key]]
    )
    count = max(1, -(-len(rows) // _SIZE))
    for number in range(1, count + 1):
        lines = "".join(
            f'<article class="item"><a href="{url}">{text_of(title)}</a><time>{day}</time></article>'
            for url, title, day in rows[(number - 1) * _SIZE : number * _SIZE]
        )
        following = (
            f'<p class="more"><a href="/{shelf.path}/page/{number + 1}">下一页</a></p>' if number < count else ""
        )
        path = shelf_url(shelf) if number == 1 else f"/{shelf.path}/page/{number}"
        yield (
            path,
            html(
                _page(
                    scene,
                    "list",
                    shelf.name,
                    f'<h2>{shelf.name}</h2><div class="items">{lines}</div>{following}',
                    tags=tags,
                )
            ),
        )


def _article(scene: Scene, shelf: Shelf, article: Article) -> str:
    plant = article.plant
    when = f"日期：{article.on.isoformat()}"
    if plant and plant.date == "chinese":
        when = f"{article.on.year}年{article.on.month}月{article.on.day}日"
    elif plant and plant.date in ("none", "meta"):
        when = ""
    source = f"来源：{article.source}" if article.source else ""
    body = f'<h1 class="article-title">{text_of(article.title)}</h1><div class="article-meta">{when} {source}</div><div class="article-body">{chrome.body_of(article, scene)}</div>'
    return _page(scene, "article", article.title, body, tags=chrome.meta(scene, "article", article=article))


def _home(scene: Scene) -> str:
    lines = "".join(
        f'<article class="card"><a href="{article_path(scene, a)}">{text_of(a.title)}</a><time>{a.on.isoformat()}</time></article>'
        for a in scene.latest(10)
    )
    return _page(scene, "home", scene.place.title, f'<div class="cards">{lines}</div>', tags=chrome.meta(scene, "home"))


def _page(scene: Scene, page: str, title: str, body: str, *, tags: str) -> str:
    menu = chrome.nav(scene, [(shelf.name, shelf_url(shelf)) for shelf in scene.shelves])
    shown = scene.shown(page) if title == scene.place.title else f"{title} | {scene.shown(page)}"
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">{tags}<title>{text_of(shown)}</title></head><body><header class="site-header"><p>{scene.shown(page)}</p>{chrome.search(scene, page)}'
        f'<nav><ul>{menu}</ul></nav></header><main>{body}</main><footer class="site-footer">{chrome.foot(scene, page)}</footer></body></html>'
    )
