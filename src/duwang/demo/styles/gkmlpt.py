"""开普 gkmlpt: /gkmlpt/index#11 is a shell, its rows come as JSON from /gkmlpt/api/all/11?page=1&sid=…; articles …/post_1234.html."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

from duwang.demo import chrome
from duwang.demo.articles import Article
from duwang.demo.county import Shelf
from duwang.demo.guides import Guide
from duwang.demo.scene import Answer, Pages, Scene, html, text_of

_SID = "903007"
_SIZE = 20
_CHINA = timezone(timedelta(hours=8))


def shelf_url(shelf: Shelf) -> str:
    return f"/gkmlpt/index#{shelf.path}"


def article_path(scene: Scene, article: Article) -> str:
    return f"/gkmlpt/content/9/{article.number // 100}/post_{article.number}.html"


def guide_path(guide: Guide) -> str:
    return f"/gkmlpt/content/8/1/post_{80 + guide.number}.html"


def pages(scene: Scene) -> Pages:
    yield "/", html(_home(scene))
    yield (
        "/jiucuo.html",
        html(_page(scene, "article", "我为政府网站找错", chrome.contact_page(), tags=chrome.meta(scene, "home"))),
    )
    yield "/gkmlpt/index", html(_shell(scene))
    for shelf in scene.shelves:
        yield from _data(scene, shelf)
        for article in scene.articles[shelf.key]:
            yield article_path(scene, article), html(_article(scene, shelf, article))
        if shelf.kind == "intro":
            body = (
                f'<div class="title">{shelf.name}</div><div class="article-content">{chrome.intro(scene, shelf)}</div>'
            )
            yield (
                f"/gkmlpt/about_{shelf.path}.html",
                html(_page(scene, "article", shelf.name, body, tags=chrome.meta(scene, "article", title=shelf.name))),
            )
    for guide in scene.guides:
        body = f'<div class="title">{guide.name}</div><div class="article-content">{chrome.guide_body(guide)}</div>'
        yield guide_path(guide), html(_page(scene, "article", guide.name, body, tags=chrome.meta(scene, "home")))


def _data(scene: Scene, shelf: Shelf) -> Pages:
    if shelf.kind == "intro":
        rows = [
            {
                "id": 1,
                "title": f"{scene.place.title}{shelf.name}",
                "url": f"/gkmlpt/about_{shelf.path}.html",
                "display_publish_time": 0,
            }
        ]
    elif shelf.kind == "guides":
        rows = [
            {"id": guide.number, "title": f"{guide.name}办事指南", "url": guide_path(guide), "display_publish_time": 0}
            for guide in scene.guides
        ]
    else:
        rows = [_row(scene, article) for article in scene.articles[shelf.key]]
    groups = [rows[n : n + _SIZE] for n in range(0, len(rows), _SIZE)] or [[]]
    for number, group in enumerate(groups, 1):
        said = {"articles": group, "total": len(rows), "page": number, "per_page": _SIZE}
        path = f"/gkmlpt/api/all/{shelf.path}?page={number}&sid={_SID}"
        yield path, Answer(kind="application/json; charset=utf-8", body=json.dumps(said, ensure_ascii=False).encode())


def _row(scene: Scene, article: Article) -> dict[str, object]:
    at = datetime(article.on.year, article.on.month, article.on.day, 9, article.number % 60, tzinfo=_CHINA)
    return {
        "id": article.number,
        "title": article.title,
        "url": article_path(scene, article),
        "display_publish_time": int(at.timestamp()),
        "document_number": "",
    }


def _article(scene: Scene, shelf: Shelf, article: Article) -> str:
    when = (
        ""
        if article.plant and article.plant.date in ("none", "meta")
        else f"发布日期：{article.on.isoformat()} 09:{article.number % 60:02d}"
    )
    source = f"来源：{article.source}" if article.source else ""
    body = (
        f'<div class="classify"><table><tr><td>索引号：99032104/2026-{article.number:05d}</td><td>分类：{shelf.name}</td></tr></table></div>'
        f'<div class="title">{text_of(article.title)}</div><div class="info"><span>{when}</span><span>{source}</span><span>【字体：大 中 小】</span></div>'
        f'<div class="article-content">{chrome.body_of(article, scene)}</div>'
    )
    return _page(scene, "article", article.title, body, tags=chrome.meta(scene, "article", article=article))


def _home(scene: Scene) -> str:
    lines = "".join(
        f'<li><p><a href="{article_path(scene, a)}">{text_of(a.title)}</a></p><i>{a.on.isoformat()}</i></li>'
        for a in scene.latest(12)
    )
    return _page(
        scene,
        "home",
        scene.place.title,
        f'<section class="news"><h2>园区要闻</h2><ul>{lines}</ul></section>',
        tags=chrome.meta(scene, "home"),
    )


def _shell(scene: Scene) -> str:
    tags = chrome.meta(scene, "list", shelf=scene.shelves[0])
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8">{tags}<title>政府信息公开目录-{scene.place.title}</title><link rel="stylesheet" href="/gkmlpt/css/app.css"></head>'
        f'<body><div class="head">{scene.place.title}</div><div id="app"></div><script>window._CONFIG = {{"SID": {_SID}}};</script><script src="/gkmlpt/js/app.js"></script>'
        f'<div class="footer">{chrome.foot(scene, "list")}</div></body></html>'
    )


def _page(scene: Scene, page: str, title: str, body: str, *, tags: str) -> str:
    menu = chrome.nav(scene, [(shelf.name, shelf_url(shelf)) for shelf in scene.shelves])
    shown = scene.shown(page) if title == scene.place.title else f"{title} - {scene.shown(page)}"
    return (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8">{tags}<title>{text_of(shown)}</title></head><body><header><b>{scene.shown(page)}</b>{chrome.search(scene, page)}</header>'
        f'<nav><ul>{menu}</ul></nav><main class="content">{body}</main><footer>{chrome.foot(scene, page)}</footer></body></html>'
    )
