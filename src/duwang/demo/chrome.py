"""What every page carries whatever its style: meta tags, navigation, the foot with its six marks, and the pieces of an article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from duwang.demo.articles import Article
from duwang.demo.county import Shelf, toml
from duwang.demo.guides import Guide
from duwang.demo.plants import Plant
from duwang.demo.scene import Scene, text_of

_TYPES = {"动态要闻": "动态", "通知公告": "公告", "政策文件": "政策文件"}


def meta(
    scene: Scene, page: str, *, shelf: Shelf | None = None, article: Article | None = None, title: str = ""
) -> str:
    """The government meta tags of a page; `page` is home, list or article."""
    tags = {
        "SiteName": scene.shown(page),
        "SiteDomain": scene.base.removeprefix("http://"),
        "SiteIDCode": scene.place.code,
    }
    if shelf is not None:
        tags |= {
            "ColumnName": shelf.name,
            "ColumnDescription": f"{scene.place.title}{shelf.name}栏目",
            "ColumnKeywords": f"{shelf.name},{shelf.category}",
            "ColumnType": _TYPES.get(shelf.category, shelf.category),
        }
    if page == "article":
        day = _meta_day(article) if article is not None else "2026-01-05 09:00"
        tags |= {
            "ArticleTitle": title or (article.title if article else ""),
            "PubDate": day,
            "ContentSource": _content_source(scene, article),
        }
    if article is not None and article.plant is not None and scene.round in article.plant.rounds:
        tags |= article.plant.extra.get("meta", {})
    kept = {name: value for name, value in tags.items() if value and not scene.dropped(name.lower(), page)}
    return "".join(f'<meta name="{name}" content="{text_of(value)}">' for name, value in kept.items())


def _content_source(scene: Scene, article: Article | None) -> str:
    return article.source if article and article.source else scene.place.title


def _meta_day(article: Article) -> str:
    plant = article.plant
    if plant and plant.date == "none":
        return ""
    return f"{plant.forged if plant and plant.forged else article.on.isoformat()} 09:{article.number % 60:02d}"


def nav(scene: Scene, address: Sequence[tuple[str, str]]) -> str:
    """Links to the columns."""
    return "".join(f'<li><a href="{url}">{name}</a></li>' for name, url in [("首页", "/"), *address])


def foot(scene: Scene, page: str) -> str:
    """主办单位, 标识码, ICP, 公安, 党政机关标识, 联系方式, 找错入口."""
    place, number = scene.place, scene.place.code[-4:]
    shown = {
        "owner": f"<p>主办单位：{place.owner}</p>",
        "code": f"<p>网站标识码：{place.code}</p>",
        "icp": f"<p>云ICP备9903{number}号-1</p>",
        "police": f'<p><img src="/images/police.png" alt="公安备案标识">云公网安备 9903210200{number}号</p>',
        "badge": '<p><img src="/images/badge.png" alt="党政机关网站标识"></p>',
        "contact": "<p>联系电话：0999-6620001　地址：仿真县文昌路12号</p>",
        "finderror": '<p><a href="/jiucuo.html"><img src="/images/jiucuo.png" alt="我为政府网站找错"></a></p>',
    }
    marks = "".join(mark for name, mark in shown.items() if not scene.dropped(name, page))
    link = (
        f'<p>友情链接：<a href="{scene.portal}/">仿真县人民政府门户网站</a></p>' if scene.portal != scene.base else ""
    )
    return marks + link


def search(scene: Scene, page: str) -> str:
    """The search form, the entry for people who see badly, and on some home pages what a reader does not see."""
    entry = "" if scene.dropped("barrier", page) else '<a href="javascript:void(0)" class="wza">无障碍浏览</a>'
    menu = '<div style="display:none"><a href="/jiucuo.html">网站纠错</a></div>' if scene.place.key == "门户" else ""
    hidden = (
        f'<div style="position:absolute;left:-9999px"><a href="{scene.outside}/dubo.html">在线博彩投注平台</a></div>'
        if scene.dropped("clean", page)
        else ""
    )
    form = '<form action="/search" method="get"><input type="text" name="q" placeholder="请输入关键词"><button type="submit">搜索</button></form>'
    return form + entry + menu + hidden


def body_of(article: Article, scene: Scene) -> str:
    """The article's text with its table, pictures, links and attachments; a policy document with its number, end and label."""
    plant, round_ = article.plant, scene.round
    stands = plant is not None and (plant.near or round_ in plant.rounds)
    if plant and plant.body == "image" and stands:
        return f'<p style="text-align:center"><img src="/images/scan-{article.number}.png" alt=""></p>'
    parts = [f"<p>{text_of(paragraph)}</p>" for paragraph in article.text(round_)]
    if plant and stands:
        parts += _additions(plant, article, scene)
    if article.kind == "policy":
        parts += _ending(article)
    if plant and stands and plant.extra.get("linked") is False:
        return "\n".join(parts)
    if (partner := scene.by_title.get(article.partner)) and not _is_unlinked(partner, round_):
        parts.append(f'<p>文件原文：<a href="{address(scene, partner)}">{text_of(partner.title)}</a></p>')
    elif interpretation := scene.by_title.get(f"《{article.title}》政策解读"):
        parts.append(f'<p>相关解读：<a href="{address(scene, interpretation)}">{text_of(interpretation.title)}</a></p>')
    return "\n".join(parts)


def _is_unlinked(policy: Article, round_: int) -> bool:
    return policy.plant is not None and policy.plant.extra.get("linked") is False and round_ in policy.plant.rounds


def address(scene: Scene, article: Article) -> str:
    """The article's path in its site's style."""
    from duwang.demo.styles import style_of

    return style_of(scene.place).article_path(scene, article)


def _ending(article: Article) -> list[str]:
    day = written_on(article)
    label = [f"<p>{article.label}</p>"] if article.label else []
    return [
        '<p style="text-align:right">仿真县人民政府办公室</p>',
        f'<p style="text-align:right">{day.year}年{day.month}月{day.day}日</p>',
        *label,
    ]


def written_on(article: Article) -> date:
    """成文日期: the day of publication unless the fault says otherwise."""
    written = article.plant.extra.get("written") if article.plant else None
    return date.fromisoformat(written) if written else article.on


def _additions(plant: Plant, article: Article, scene: Scene) -> list[str]:
    made = []
    if plant.table:
        rows = "".join("<tr>" + "".join(f"<td>{text_of(cell)}</td>" for cell in row) + "</tr>" for row in plant.table)
        made.append(f'<table border="1">{rows}</table>')
    if plant.link:
        made.append(f'<p>点击查看：<a href="{plant.link["path"]}">{text_of(str(plant.link["text"]))}</a></p>')
    if plant.image:
        made.append(f'<p><img src="{plant.image["path"]}" alt="{text_of(str(plant.image["alt"]))}"></p>')
    made += [f"<p>{text_of(line)}</p>" for line in plant.extra.get("tail", ())]
    if outside := plant.extra.get("outside"):
        made.append(f'<p>更多内容：<a href="{scene.outside}{outside[1]}">{text_of(outside[0])}</a></p>')
    for text, path in plant.extra.get("links", ()):
        made.append(f'<p><a href="{path}">{text_of(text)}</a></p>')
    if plant.file:
        made.append(f'<p>附件：<a href="{file_path(article)}">{text_of(plant.file)}</a></p>')
    return made


def file_path(article: Article) -> str:
    """Where the attachment of an article lies."""
    assert article.plant is not None
    return f"/files/{article.on:%Y%m}/{article.number}.{article.plant.file.rpartition('.')[2]}"


def guide_body(guide: Guide) -> str:
    rows = "".join(f"<tr><th>{name}</th><td>{text_of(value)}</td></tr>" for name, value in guide.elements)
    form = f'<p>表格下载：<a href="{guide.form}">{guide.name}申请表.docx</a></p>' if guide.form else ""
    return f"<table>{rows}</table>{form}"


def intro(scene: Scene, shelf: Shelf) -> str:
    """The text of a standing page; a catalogue is a table."""
    texts = toml("county/texts.toml")
    if heads := texts["catalogue"].get(shelf.key):
        return _catalogue(heads, scene)
    said = texts["by_shelf"].get(shelf.key) or texts["by_category"].get(
        shelf.category, texts["by_category"]["机构职能"]
    )
    image = '<p><img src="/images/qr.png" alt="政务新媒体二维码"></p>' if shelf.category == "公开指南" else ""
    return f"<p>{said.replace('{单位}', scene.place.owner)}</p>{image}"


def _catalogue(heads: Sequence[str], scene: Scene) -> str:
    """公开目录 as a table: one line for each of the newest articles."""
    rows = ["".join(f"<th>{head}</th>" for head in heads)]
    for number, article in enumerate(scene.latest(6), 1):
        link = f'<a href="{address(scene, article)}">{text_of(article.title)}</a>'
        cells = {
            "索引号": f"{scene.place.code}-{article.number:05d}",
            "序号": str(number),
            "生成日期": article.on.isoformat(),
        }
        cells |= {"名称": link, "信息标题": link} | dict.fromkeys(
            ("内容概述", "内容摘要"), f"公开{text_of(article.title)}有关情况"
        )
        rows.append("".join(f"<td>{cells[head]}</td>" for head in heads))
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def contact_page() -> str:
    return "<p>欢迎对网站内容提出意见。请写明发现问题的网页名称和具体位置，我们将在3个工作日内答复。联系电话：0999-6620001。</p>"
