"""大汉 jpage: rows stand as CDATA records in a datastore, further records come from a data proxy; articles /art/2026/6/15/art_1101_1234.html."""

from __future__ import annotations

from duwang.demo import chrome
from duwang.demo.articles import Article
from duwang.demo.county import Shelf
from duwang.demo.guides import Guide
from duwang.demo.scene import Answer, Pages, Scene, html, text_of

_GROUP = 12


def shelf_url(shelf: Shelf) -> str:
    return f"/col/col{shelf.path}/index.html"


def article_path(scene: Scene, article: Article) -> str:
    shelf = next(shelf for shelf in scene.shelves if shelf.key == article.shelf)
    on = article.on
    return f"/art/{on.year}/{on.month}/{on.day}/art_{shelf.path}_{article.number}.html"


def guide_path(guide: Guide) -> str:
    return f"/art/guide/art_1114_{guide.number + 1}.html"


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
        body = f'<h1 class="bt">{guide.name}</h1><div id="zoom">{chrome.guide_body(guide)}</div>'
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
                    f'<h1 class="bt">{shelf.name}</h1><div id="zoom">{chrome.intro(scene, shelf)}</div>',
                    tags=tags,
                )
            ),
        )
        return
    rows = (
        [f"<li><a href='{guide_path(g)}' title='{g.name}'>{g.name}办理指南</a></li>" for g in scene.guides]
        if shelf.kind == "guides"
        else [_record(scene, article) for article in scene.articles[shelf.key]]
    )
    groups = [rows[n : n + _GROUP] for n in range(0, len(rows), _GROUP)] or [[]]
    store = _store(groups[0], _proxy(shelf, 1) if len(groups) > 1 else "", len(rows))
    body = f'<div class="lmy"><h2>{shelf.name}</h2><div id="33"><script type="text/xml">{store}</script></div></div><script src="/script/jpage/jquery.jpage.js"></script>'
    yield shelf_url(shelf), html(_page(scene, "list", shelf.name, body, tags=tags))
    for number, group in enumerate(groups[1:], 1):
        following = _proxy(shelf, number + 1) if number + 1 < len(groups) else ""
        yield (
            _proxy(shelf, number),
            Answer(kind="text/html;charset=UTF-8", body=_store(group, following, len(rows)).encode()),
        )


def _proxy(shelf: Shelf, number: int) -> str:
    return f"/module/web/jpage/dataproxy.jsp?page={number}&perpage={_GROUP}&columnid={shelf.path}&unitid=33"


def _store(rows: list[str], following: str, total: int) -> str:
    group = f'<nextgroup><![CDATA[<a href="{text_of(following)}"></a>]]></nextgroup>' if following else ""
    records = "".join(f"<record><![CDATA[{row}]]></record>" for row in rows)
    return f"<datastore>{group}<totalrecord>{total}</totalrecord><recordset>{records}</recordset></datastore>"


def _record(scene: Scene, article: Article) -> str:
    title = text_of(article.title)
    return f"<li><a href='{article_path(scene, article)}' title='{title}' target='_blank'>{title}</a><b>{article.on.isoformat()}</b></li>"


def _article(scene: Scene, shelf: Shelf, article: Article) -> str:
    when = "" if article.plant and article.plant.date in ("none", "meta") else f"发布日期：{article.on.isoformat()}"
    source = f"信息来源：{article.source}" if article.source else ""
    body = (
        f'<div class="dqwz">您当前所在位置：<a href="/">首页</a> &gt; <a href="{shelf_url(shelf)}">{shelf.name}</a></div><h1 class="bt">{text_of(article.title)}</h1>'
        f'<table class="xx"><tr><td>{when}</td><td>{source}</td><td>浏览次数：{article.number % 700 + 21}</td></tr></table>'
        f'<div id="zoom">{chrome.body_of(article, scene)}</div>'
    )
    return _page(scene, "article", article.title, body, tags=chrome.meta(scene, "article", article=article))


def _home(scene: Scene) -> str:
    lines = "".join(
        f'<li><a href="{article_path(scene, a)}" title="{text_of(a.title)}">{text_of(a.title)}</a><em>[{a.on.isoformat()}]</em></li>'
        for a in scene.latest(16)
    )
    return _page(
        scene,
        "home",
        scene.place.title,
        f'<div class="focus"><h2>最新信息</h2><ul class="yw">{lines}</ul></div>',
        tags=chrome.meta(scene, "home"),
    )


def _page(scene: Scene, page: str, title: str, body: str, *, tags: str) -> str:
    menu = chrome.nav(scene, [(shelf.name, shelf_url(shelf)) for shelf in scene.shelves])
    shown = scene.shown(page) if title == scene.place.title else f"{scene.shown(page)} {title}"
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"/>{tags}<title>{text_of(shown)}</title></head><body><div id="top"><span class="sitename">{scene.shown(page)}</span>'
        f'{chrome.search(scene, page)}</div><div class="menu"><ul>{menu}</ul></div><div class="con">{body}</div><div id="foot">{chrome.foot(scene, page)}</div></body></html>'
    )
