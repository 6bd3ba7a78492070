"""博达 VSB in GBK: tzgg.htm, older pages tzgg/N.htm counted backwards, articles info/1041/1234.htm, table rows with dates 2026/06/15."""

from __future__ import annotations

from duwang.demo import chrome
from duwang.demo.articles import Article
from duwang.demo.county import Shelf
from duwang.demo.guides import Guide
from duwang.demo.scene import Pages, Scene, html, text_of

_SIZE = 14
_GBK = "gbk"


def shelf_url(shelf: Shelf) -> str:
    return f"/{shelf.path}.htm"


def article_path(scene: Scene, article: Article) -> str:
    numbers = [shelf.key for shelf in scene.shelves]
    return f"/info/{1040 + numbers.index(article.shelf)}/{article.number}.htm"


def guide_path(guide: Guide) -> str:
    return f"/info/1099/{guide.number + 1}.htm"


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
        body = f'<h2 class="title">{guide.name}</h2><div id="vsb_content"><div class="v_news_content">{chrome.guide_body(guide)}</div></div>'
        yield (
            guide_path(guide),
            html(_page(scene, "article", guide.name, body, tags=chrome.meta(scene, "home")), charset=_GBK),
        )


def _column(scene: Scene, shelf: Shelf) -> Pages:
    tags = chrome.meta(scene, "list", shelf=shelf)
    if shelf.kind == "intro":
        body = f'<h2 class="title">{shelf.name}</h2><div id="vsb_content"><div class="v_news_content">{chrome.intro(scene, shelf)}</div></div>'
        yield shelf_url(shelf), html(_page(scene, "list", shelf.name, body, tags=tags), charset=_GBK)
        return
    rows = (
        [(guide_path(g), g.name + "办事指南", "") for g in scene.guides]
        if shelf.kind == "guides"
        else [(article_path(scene, a), a.title, f"{a.on:%Y/%m/%d}") for a in scene.articles[shelf.key]]
    )
    count = max(1, -(-len(rows) // _SIZE))
    for number in range(count):
        here = rows[number * _SIZE : (number + 1) * _SIZE]
        lines = "".join(
            f'<tr id="line_u8_{n}"><td><a class="c1" href="{url}" title="{text_of(title)}">{text_of(title)}</a></td><td><span>{day}</span></td></tr>'
            for n, (url, title, day) in enumerate(here)
        )
        older = f'<a href="/{shelf.path}/{count - number - 1}.htm">下页</a>' if number + 1 < count else ""
        body = f'<h2>{shelf.name}</h2><table class="winstyle">{lines}</table><div class="pages">{older} 共{len(rows)}条 {number + 1}/{count}</div>'
        path = shelf_url(shelf) if not number else f"/{shelf.path}/{count - number}.htm"
        yield path, html(_page(scene, "list", shelf.name, body, tags=tags), charset=_GBK)


def _article(scene: Scene, shelf: Shelf, article: Article) -> str:
    when = (
        ""
        if article.plant and article.plant.date in ("none", "meta")
        else f"时间：{article.on.year}年{article.on.month:02d}月{article.on.day:02d}日"
    )
    source = f"来源：{article.source}" if article.source else ""
    body = (
        f'<div class="crumb">首页 / <a href="{shelf_url(shelf)}">{shelf.name}</a> / 正文</div><form name="_newscontent_fromname"><h2 class="title">{text_of(article.title)}</h2>'
        f'<div class="authorstyle">{when}&nbsp;&nbsp;{source}&nbsp;&nbsp;点击：{article.number % 900}次</div>'
        f'<div id="vsb_content"><div class="v_news_content">{chrome.body_of(article, scene)}</div></div></form>'
    )
    return _page(scene, "article", article.title, body, tags=chrome.meta(scene, "article", article=article))


def _home(scene: Scene) -> str:
    lines = "".join(
        f'<tr><td><a class="c2" href="{article_path(scene, a)}" title="{text_of(a.title)}">{text_of(a.title)}</a></td><td>{a.on:%Y/%m/%d}</td></tr>'
        for a in scene.latest(14)
    )
    return _page(
        scene,
        "home",
        scene.place.title,
        f'<h3>最新动态</h3><table class="winstyle2">{lines}</table>',
        tags=chrome.meta(scene, "home"),
    )


def _page(scene: Scene, page: str, title: str, body: str, *, tags: str) -> str:
    menu = chrome.nav(scene, [(shelf.name, shelf_url(shelf)) for shelf in scene.shelves])
    shown = scene.shown(page) if title == scene.place.title else f"{title}-{scene.shown(page)}"
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">{tags}<title>{text_of(shown)}</title>'
        f'<script src="/system/resource/js/counter.js"></script><!--_vsb_--></head><body><table width="1000" class="head"><tr><td>{scene.shown(page)}</td><td>{chrome.search(scene, page)}</td></tr></table>'
        f'<div class="nav"><ul>{menu}</ul></div><div class="main">{body}</div><div class="foot">{chrome.foot(scene, page)}</div></body></html>'
    )
