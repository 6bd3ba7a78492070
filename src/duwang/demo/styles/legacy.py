"""An old ASP site in GBK: NewsList.asp?classid=1, NewsShow.asp?id=1234, dates like [06-15] without a year, tables all the way."""

from __future__ import annotations

from duwang.demo import chrome
from duwang.demo.articles import Article
from duwang.demo.county import Shelf
from duwang.demo.guides import Guide
from duwang.demo.scene import Pages, Scene, html, text_of

_SIZE = 20
_GBK = "gbk"


def shelf_url(shelf: Shelf) -> str:
    return f"/NewsList.asp?classid={shelf.path}"


def article_path(scene: Scene, article: Article) -> str:
    return f"/NewsShow.asp?id={article.number}"


def guide_path(guide: Guide) -> str:
    return f"/Guide.asp?id={guide.number + 1}"


def pages(scene: Scene) -> Pages:
    yield "/", html(_home(scene), charset=_GBK)
    yield (
        "/jiucuo.html",
        html(
            _page(scene, "article", "我为政府网站找错", chrome.contact_page(), tags=chrome.meta(scene, "home")),
            charset=_GBK,
        ),
    )
    for shelf in scene.shelves:
        yield from _column(scene, shelf)
        for article in scene.articles[shelf.key]:
            yield article_path(scene, article), html(_article(scene, shelf, article), charset=_GBK)
    for guide in scene.guides:
        body = f"<center><b>{guide.name}</b></center>{chrome.guide_body(guide)}"
        yield (
            guide_path(guide),
            html(_page(scene, "article", guide.name, body, tags=chrome.meta(scene, "home")), charset=_GBK),
        )


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
                    f"<center><b>{shelf.name}</b></center>{chrome.intro(scene, shelf)}",
                    tags=tags,
                ),
                charset=_GBK,
            ),
        )
        return
    rows = (
        [(guide_path(g), g.name + "办事指南", "") for g in scene.guides]
        if shelf.kind == "guides"
        else [(article_path(scene, a), a.title, f"[{a.on:%m-%d}]") for a in scene.articles[shelf.key]]
    )
    count = max(1, -(-len(rows) // _SIZE))
    for number in range(1, count + 1):
        lines = "".join(
            f"<tr><td>·<a href={url} target=_blank>{text_of(title)}</a></td><td align=right>{day}</td></tr>"
            for url, title, day in rows[(number - 1) * _SIZE : number * _SIZE]
        )
        pager = f'<form name=f><table><tr><td>第{number}页/共{count}页 <a href="javascript:goPage({number + 1})">下一页</a><input type=text name=page size=3></td></tr></table></form>'
        path = shelf_url(shelf) + (f"&page={number}" if number > 1 else "")
        yield (
            path,
            html(
                _page(scene, "list", shelf.name, f"<table width=98% border=0>{lines}</table>{pager}", tags=tags),
                charset=_GBK,
            ),
        )


def _article(scene: Scene, shelf: Shelf, article: Article) -> str:
    when = (
        ""
        if article.plant and article.plant.date in ("none", "meta")
        else f"发布时间：{article.on.year}-{article.on.month}-{article.on.day}"
    )
    source = f"来源：{article.source}" if article.source else ""
    body = (
        f"<table width=100%><tr><td align=center><font size=5><b>{text_of(article.title)}</b></font></td></tr><tr><td align=center>{when} &nbsp; {source} &nbsp; 阅读：{article.number % 400}</td></tr>"
        f'<tr><td class="news_text">{chrome.body_of(article, scene)}</td></tr></table>'
    )
    return _page(scene, "article", article.title, body, tags=chrome.meta(scene, "article", article=article))


def _home(scene: Scene) -> str:
    lines = "".join(
        f"<tr><td>·<a href={article_path(scene, a)}>{text_of(a.title)}</a></td><td align=right>[{a.on:%m-%d}]</td></tr>"
        for a in scene.latest(12)
    )
    return _page(
        scene, "home", scene.place.title, f"<table width=98% border=0>{lines}</table>", tags=chrome.meta(scene, "home")
    )


def _page(scene: Scene, page: str, title: str, body: str, *, tags: str) -> str:
    menu = "".join(
        f'<td><a href="{url}">{name}</a></td>'
        for name, url in [("首页", "/"), *((shelf.name, shelf_url(shelf)) for shelf in scene.shelves)]
    )
    shown = scene.shown(page) if title == scene.place.title else f"{title}--{scene.shown(page)}"
    return (
        f'<html><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">{tags}<title>{text_of(shown)}</title></head><body>'
        f"<table width=960 class=top><tr><td><b>{scene.shown(page)}</b></td><td>{chrome.search(scene, page)}</td></tr></table><table width=960 class=nav><tr>{menu}</tr></table>"
        f"<div>{body}</div><table width=960 class=bottom><tr><td>{chrome.foot(scene, page)}</td></tr></table></body></html>"
    )
