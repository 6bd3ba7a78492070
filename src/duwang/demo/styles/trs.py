"""TRS: columns are folders, articles ./202606/t20260615_1234.html, the pager is createPageHTML."""

from __future__ import annotations

from duwang.demo import chrome
from duwang.demo.articles import Article
from duwang.demo.county import Shelf
from duwang.demo.guides import Guide
from duwang.demo.scene import Pages, Scene, html, text_of

_SIZE = 15


def shelf_url(shelf: Shelf) -> str:
    return f"/{shelf.path}/"


def article_path(scene: Scene, article: Article) -> str:
    shelf = next(shelf for shelf in scene.shelves if shelf.key == article.shelf)
    day = article.on.isoformat().replace("-", "")
    if article.plant and article.plant.forged:
        day = article.plant.forged.replace("-", "")
    return f"/{shelf.path}/{day[:6]}/t{day}_{article.number}.html"


def guide_path(guide: Guide) -> str:
    return f"/bsfw/bszn/item_{guide.number + 1}.html"


def pages(scene: Scene) -> Pages:
    yield "/", html(_home(scene))
    yield (
        "/jiucuo.html",
        html(
            _page(
                scene,
                "article",
                "我为政府网站找错",
                f'<div class="box">{chrome.contact_page()}</div>',
                tags=chrome.meta(scene, "home"),
            )
        ),
    )
    for shelf in scene.shelves:
        yield from _column(scene, shelf)
        for article in scene.articles[shelf.key]:
            yield article_path(scene, article), html(_article(scene, shelf, article))
    for guide in scene.guides:
        shelf = next(shelf for shelf in scene.shelves if shelf.kind == "guides")
        body = f'<div class="xl"><h1>{guide.name}</h1><div class="TRS_Editor">{chrome.guide_body(guide)}</div></div>'
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
                    f'<div class="xl"><h2>{shelf.name}</h2>{chrome.intro(scene, shelf)}</div>',
                    tags=tags,
                )
            ),
        )
        return
    rows = (
        [(guide_path(guide), guide.name + "办事指南", "") for guide in scene.guides]
        if shelf.kind == "guides"
        else [
            (article_path(scene, article), article.title, article.on.isoformat())
            for article in scene.articles[shelf.key]
        ]
    )
    count = max(1, -(-len(rows) // _SIZE))
    for number in range(count):
        lines = "".join(
            f'<li><a href="{url}" title="{text_of(title)}">{text_of(title)}</a><span>{day}</span></li>'
            for url, title, day in rows[number * _SIZE : (number + 1) * _SIZE]
        )
        pager = f'<div class="page"><script>createPageHTML({count}, {number}, "index", "html");</script></div>'
        body = f'<div class="weizhi">当前位置：<a href="/">首页</a> &gt; {shelf.name}</div><div class="list"><ul class="newslist">{lines or "<li>暂无信息</li>"}</ul>{pager}</div>'
        yield (
            shelf_url(shelf) if not number else f"/{shelf.path}/index_{number}.html",
            html(_page(scene, "list", shelf.name, body, tags=tags)),
        )


def _article(scene: Scene, shelf: Shelf, article: Article) -> str:
    plant = article.plant
    day = f"{article.on.isoformat()} 09:{article.number % 60:02d}"
    shown = {
        "none": "",
        "meta": "",
        "bottom": "",
        "chinese": f"发布时间：{article.on.year}年{article.on.month}月{article.on.day}日",
    }
    when = shown.get(plant.date if plant else "", f"发布时间：{day}")
    source = f"来源：{article.source}" if article.source else ""
    info = f'<div class="xl_info"><span>{when}</span> <span>{source}</span> <span>字体：[大 中 小]</span></div>'
    if article.kind == "policy":
        info = _card(article) + info
    bottom = f'<p class="date">发布日期：{article.on.isoformat()}</p>' if plant and plant.date == "bottom" else ""
    body = (
        f'<div class="weizhi">当前位置：<a href="/">首页</a> &gt; <a href="{shelf_url(shelf)}">{shelf.name}</a></div>'
        f'<div class="xl"><h1>{text_of(article.title)}</h1>{info}<div class="TRS_Editor">{chrome.body_of(article, scene)}</div>{bottom}</div>'
    )
    return _page(scene, "article", article.title, body, tags=chrome.meta(scene, "article", article=article))


def _card(article: Article) -> str:
    day = chrome.written_on(article).isoformat()
    rows = (
        ("索引号", f"99032100/2026-{article.number:05d}"),
        ("发布机构", "仿真县人民政府办公室"),
        ("文号", article.doc_no),
        ("成文日期", day),
        ("主题分类", "综合政务"),
        ("有效性", "有效"),
    )
    return (
        '<table class="gk_card">'
        + "".join(f"<tr><td>{name}：</td><td>{value}</td></tr>" for name, value in rows)
        + "</table>"
    )


def _home(scene: Scene) -> str:
    blocks = []
    for shelf in scene.shelves:
        if shelf.home:
            lines = "".join(
                f'<li><a href="{article_path(scene, article)}" title="{text_of(article.title)}">{text_of(article.title)}</a><span>{article.on.isoformat()}</span></li>'
                for article in scene.articles[shelf.key][:8]
            )
            blocks.append(
                f'<div class="block"><h3><a href="{shelf_url(shelf)}">{shelf.name}</a></h3><ul class="homelist">{lines}</ul></div>'
            )
    return _page(scene, "home", scene.place.title, "".join(blocks), tags=chrome.meta(scene, "home"))


def _page(scene: Scene, page: str, title: str, body: str, *, tags: str) -> str:
    menu = chrome.nav(scene, [(shelf.name, shelf_url(shelf)) for shelf in scene.shelves])
    shown = scene.shown(page) if title == scene.place.title else f"{title}_{scene.shown(page)}"
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">{tags}<title>{text_of(shown)}</title></head><body>'
        f'<div class="header"><h2 class="logo">{scene.shown(page)}</h2>{chrome.search(scene, page)}</div><div class="nav"><ul>{menu}</ul></div>'
        f'<div class="main">{body}</div><div class="footer">{chrome.foot(scene, page)}</div></body></html>'
    )
