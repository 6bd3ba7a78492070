"""What every page carries whatever its style: meta tags, navigation, the foot with its six marks, and the pieces of an article."""

from __future__ import annotations

from collections.abc import Sequence

from duwang.demo.articles import Article
from duwang.demo.county import Shelf
from duwang.demo.guides import Guide
from duwang.demo.plants import Plant
from duwang.demo.scene import Scene, text_of

_TYPES = {"动态要闻": "动态", "通知公告": "公告", "政策文件": "政策文件"}


def meta(scene: Scene, page: str, *, shelf: Shelf | None = None, article: Article | None = None, title: str = "") -> str:
    """The government meta tags of a page; `page` is home, list or article."""
    tags = {"SiteName": scene.place.title, "SiteDomain": scene.base.removeprefix("http://"), "SiteIDCode": scene.place.code}
    if shelf is not None:
        tags |= {
            "ColumnName": shelf.name,
            "ColumnDescription": f"{scene.place.title}{shelf.name}栏目",
            "ColumnKeywords": f"{shelf.name},{shelf.category}",
            "ColumnType": _TYPES.get(shelf.category, shelf.category),
        }
    if page == "article":
        day = _meta_day(article) if article is not None else "2026-01-05 09:00"
        tags |= {"ArticleTitle": title or (article.title if article else ""), "PubDate": day, "ContentSource": _content_source(scene, article)}
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
        "finderror": f'<p><a href="/jiucuo.html"><img src="/images/jiucuo.png" alt="我为政府网站找错"></a></p>',
    }
    marks = "".join(mark for name, mark in shown.items() if not scene.dropped(name, page))
    link = f'<p>友情链接：<a href="{scene.portal}/">仿真县人民政府门户网站</a></p>' if scene.portal != scene.base else ""
    return marks + link


def search() -> str:
    return '<form action="/search" method="get"><input type="text" name="q" placeholder="请输入关键词"><button type="submit">搜索</button></form>'


def body_of(article: Article, scene: Scene) -> str:
    """The article's text with its table, pictures, links and attachments; a policy document with its number, end and label."""
    plant, round_ = article.plant, scene.round
    stands = plant is not None and (plant.near or round_ in plant.rounds)
    if plant and plant.body == "image" and stands:
        return f'<p style="text-align:center"><img src="/images/scan-{article.number}.png" alt=""></p>'
    parts = [f"<p>{text_of(paragraph)}</p>" for paragraph in article.text(round_)]
    if plant and stands:
        parts += _additions(plant, article)
    if article.kind == "policy":
        parts += _ending(article)
    if partner := scene.by_title.get(article.partner):
        parts.append(f'<p>文件原文：<a href="{address(scene, partner)}">{text_of(partner.title)}</a></p>')
    elif interpretation := scene.by_title.get(f"《{article.title}》政策解读"):
        parts.append(f'<p>相关解读：<a href="{address(scene, interpretation)}">{text_of(interpretation.title)}</a></p>')
    return "\n".join(parts)


def address(scene: Scene, article: Article) -> str:
    """The article's path in its site's style."""
    from duwang.demo.styles import style_of

    return style_of(scene.place).article_path(scene, article)


def _ending(article: Article) -> list[str]:
    day = article.on
    label = [f"<p>{article.label}</p>"] if article.label else []
    return ["<p style=\"text-align:right\">仿真县人民政府办公室</p>", f'<p style="text-align:right">{day.year}年{day.month}月{day.day}日</p>', *label]


def _additions(plant: Plant, article: Article) -> list[str]:
    made = []
    if plant.table:
        rows = "".join("<tr>" + "".join(f"<td>{text_of(cell)}</td>" for cell in row) + "</tr>" for row in plant.table)
        made.append(f'<table border="1">{rows}</table>')
    if plant.link:
        made.append(f'<p>点击查看：<a href="{plant.link["path"]}">{text_of(str(plant.link["text"]))}</a></p>')
    if plant.image:
        made.append(f'<p><img src="{plant.image["path"]}" alt="{text_of(str(plant.image["alt"]))}"></p>')
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
    """The text of a standing page."""
    place = scene.place
    texts = {
        "概况": f"仿真县位于云岭省澜屏市东部，辖3个镇1个乡1个街道，总面积1200平方公里，常住人口23万人。县内有砚溪河、鹭水河两条主要河流，盛产茶叶、柑橘、竹制品。县城距澜屏市区68公里，交通便利。近年来，全县大力发展特色农业、食品加工和乡村旅游，群众生活水平不断提高。",
        "机构职能": f"{place.owner}负责贯彻执行国家有关法律法规和方针政策，拟订本领域的工作计划并组织实施，承担日常管理和服务工作，指导各镇开展相关业务，完成县政府交办的其他任务。机关设办公室、业务科和政策法规科。办公地址：仿真县文昌路12号；办公时间：工作日上午9:00至12:00，下午14:00至17:00；联系电话：0999-6620001。",
        "领导信息": "县长负责县政府全面工作。副县长协助县长工作，分别负责农业农村、教育卫生、工业发展、城市建设等方面的工作。领导姓名、简历、分工和照片按照规定公开，如有变动及时更新。各位领导的联系方式可以向县政府办公室查询，电话0999-6620001。",
        "公开指南": "为方便公民、法人和其他组织获取政府信息，根据《中华人民共和国政府信息公开条例》，编制本指南（2026年版）。一、信息分类：分为机构职能、政策文件、规划计划、财政资金、公共服务等类。二、编排体系：按索引号、名称、内容概述、生成日期编排。三、获取方式：可以通过本网站、政府公报、政务新媒体和查阅场所获取，也可以提出申请。四、公开工作机构：仿真县人民政府办公室；办公地址：仿真县文昌路12号；办公时间：工作日上午9:00至12:00，下午14:00至17:00；联系电话：0999-6620001；传真号码：0999-6620002；互联网联系方式：fangzhen@fz.invalid；邮政编码：999000。五、监督方式：认为未依法履行公开义务的，可以向上级机关投诉、举报。",
        "依申请": "公民、法人和其他组织可以通过当面、信函和互联网等方式提出政府信息公开申请。申请应当写明姓名或者名称、身份证明、联系方式，所需信息的名称、文号或者便于查询的其他特征性描述，以及获取信息的方式和途径。受理机构收到申请后，能够当场答复的当场答复，不能当场答复的自收到申请之日起20个工作日内答复。受理地址：仿真县文昌路12号，电话0999-6620001。",
    }
    said = texts.get(shelf.category, texts["机构职能"])
    image = '<p><img src="/images/qr.png" alt="政务新媒体二维码"></p>' if shelf.category == "公开指南" else ""
    return f"<p>{said}</p>{image}"


def contact_page() -> str:
    return "<p>欢迎对网站内容提出意见。请写明发现问题的网页名称和具体位置，我们将在3个工作日内答复。联系电话：0999-6620001。</p>"
