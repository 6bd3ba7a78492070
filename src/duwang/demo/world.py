"""A round of the county as a table of answers: host offset and address → status and bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from duwang.demo import accounts, chrome, files
from duwang.demo.articles import Article, all_articles
from duwang.demo.county import Place, county
from duwang.demo.guides import guides
from duwang.demo.plants import template_faults
from duwang.demo.scene import Answer, Scene, html
from duwang.demo.styles import style_of

PICTURES = ("police", "badge", "jiucuo", "qr")
OUTSIDE = 9  # a site that is none of the county's
FEEDS = 8  # the port of the platforms' feeds, above the first one
_DOWN = Answer(500, body="服务器内部错误".encode())
World = Mapping[int, Mapping[str, Answer]]


def world(round_: int, first_port: int) -> World:
    """Every answer of one round; a missing address is a 404. A site that is down answers 500 to everything."""
    made: dict[int, dict[str, Answer]] = {}
    for place in county().places:
        if place.state == "正常":
            made[place.port] = (
                {"*": _DOWN} if round_ in place.down else dict(_site(scene_of(place, round_, first_port)))
            )
    made[OUTSIDE] = {
        "/dubo.html": html(
            "<html><head><title>澳门赌场在线投注 真人荷官 注册送彩金</title></head><body>百家乐、老虎机、体育投注，首存送彩金。</body></html>"
        ),
        "/news.html": html(
            "<html><head><title>地方新闻网</title></head><body><p>本站发布各地新闻，欢迎投稿。内容包括时政、经济、文化、体育等栏目。</p></body></html>"
        ),
    }
    made[FEEDS] = dict(accounts.feeds(round_, f"http://127.0.0.1:{first_port + FEEDS}"))
    return made


def scene_of(place: Place, round_: int, first_port: int) -> Scene:
    """What a site's pages are made from in a round."""
    shelves = county().shelves_of(place.key, round_)
    shown = [article for article in all_articles() if article.site == place.key and article.visible(round_)]
    newest = sorted(shown, key=lambda article: (article.on, article.number), reverse=True)
    return Scene(
        place=place,
        shelves=shelves,
        base=f"http://127.0.0.1:{first_port + place.port}",
        portal=f"http://127.0.0.1:{first_port}",
        outside=f"http://localhost:{first_port + OUTSIDE}",
        round=round_,
        articles={shelf.key: tuple(a for a in newest if a.shelf == shelf.key) for shelf in shelves},
        guides=tuple(g for g in guides(round_) if g.site == place.key)
        if any(s.kind == "guides" for s in shelves)
        else (),
        faults=tuple(fault for fault in template_faults() if fault.site == place.key),
        by_title={article.title: article for article in shown},
    )


def _site(scene: Scene) -> Iterator[tuple[str, Answer]]:
    gone = {chrome.address(scene, a) for a in _all(scene) if a.plant and scene.round >= a.plant.gone}
    yield from ((path, page) for path, page in style_of(scene.place).pages(scene) if path not in gone)
    for name in PICTURES:
        yield f"/images/{name}.png", picture(name)
    for path in (
        "/script/jpage/jquery.jpage.js",
        "/system/resource/js/counter.js",
        "/gkmlpt/css/app.css",
        "/gkmlpt/js/app.js",
    ):
        yield path, Answer(kind="text/css" if path.endswith("css") else "application/javascript", body=b"/* */")
    for guide in scene.guides:
        yield (
            f"/files/form-{guide.number + 1}.docx",
            _file("docx", files.docx([f"{guide.name}申请表", "申请人：", "申请事项：", "申请日期："])),
        )
    for article in _all(scene):
        yield from _extras(article, scene.round)


def _all(scene: Scene) -> list[Article]:
    return [article for found in scene.articles.values() for article in found]


def _extras(article: Article, round_: int) -> Iterator[tuple[str, Answer]]:
    """Attachments, pictures and linked addresses of one article."""
    plant = article.plant
    if plant is None:
        return
    if plant.body == "image":
        yield f"/images/scan-{article.number}.png", Answer(kind="image/png", body=files.scan(article.key))
    if plant.file and (plant.near or round_ in plant.rounds):
        body = files.docx(plant.docx) if plant.docx else files.xlsx(plant.xlsx) if plant.xlsx else files.pdf(plant.pdf)
        yield chrome.file_path(article), _file(plant.file.rpartition(".")[2], body)
    for text, path in plant.extra.get("links", ()):
        lines = [text.partition(".")[0], "填表单位：", "填表日期："]
        suffix = path.rpartition(".")[2]
        body = files.docx(lines) if suffix == "docx" else files.xlsx([lines]) if suffix == "xlsx" else files.pdf(lines)
        yield path, _file(suffix, body)
    for found in (plant.link, plant.image):
        if found:
            yield str(found["path"]), _linked(int(found["status"]), plant.id)


def _linked(status: int, seed: str) -> Answer:
    if status == 200:
        return picture(seed)
    if status == 301:
        return Answer(301, location="/jiucuo.html")
    return Answer(status, body="出错了".encode())


def picture(seed: str) -> Answer:
    return Answer(kind="image/png", body=files.png(seed))


_KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def _file(suffix: str, body: bytes) -> Answer:
    return Answer(kind=_KINDS[suffix], body=body)
