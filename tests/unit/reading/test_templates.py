"""Whole article pages as common templates print them: the title, the printed day and the article's own text are found among
menus, "今天是", lists of other articles, signatures and feet."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from duwang.reading.page import read_page

_TITLE = "清溪县人民政府办公室关于做好2024年春季植树造林工作的通知"
_FIRST = "各乡镇人民政府，县政府各部门，各直属单位：为做好今年的春季植树造林工作，经县政府同意，现将有关事项通知如下。"
_SECOND = (
    "一、全面完成年度任务。各乡镇要按照分解的任务，抓住4月10日以前的有利时机，组织干部群众上山植树，确保栽一棵活一棵。"
)
_LAST = "二、加强管护。县林业局要落实管护责任，严防人畜毁坏；县财政局要按时拨付补助资金。"
_MENU = "<div id=nav><ul><li><a href=/xw/>新闻中心</a></li><li><a href=/gk/>政务公开</a></li><li><a href=/bs/>办事服务</a></li></ul></div>"
_TODAY = "<div class=top>今天是2024年12月30日 星期一 <a href=/>设为首页</a></div>"
_OTHERS = (
    "<div class=sidebar><h3>最新信息</h3><ul><li><a href=/1.html>县政府召开常务会议研究部署重点工作</a><span>2024-05-06</span></li>"
    "<li><a href=/2.html>县领导到东坡镇调研春耕生产工作</a><span>2024-05-03</span></li></ul></div>"
)
_FOOT = "<div class=footer>主办单位：清溪县人民政府办公室 网站标识码：5399210001 版权所有 2019-2024</div>"
_PARAGRAPHS = f"<p>{_FIRST}</p><p>{_SECOND}</p><p>{_LAST}</p><p style='text-align:right'>清溪县人民政府办公室</p><p style='text-align:right'>2024年3月12日</p>"
_BREAKS = f"{_FIRST}<br><br>　　{_SECOND}<br>　　{_LAST}<br>清溪县人民政府办公室<br>2024年3月12日"


@dataclass(frozen=True, slots=True)
class _Case:
    head: str = ""
    body: str = ""
    published: str | None = "2024-03-15"
    title: str = _TITLE


_CASES = {
    "标签在先": _Case(
        f"<title>{_TITLE}</title><meta name=ArticleTitle content='{_TITLE}'><meta name=PubDate content='2024-03-15 10:00'>",
        f"{_TODAY}{_MENU}<h1>{_TITLE}</h1><div class=info><span>发布时间：2024-03-15 10:00</span><span>来源：县政府办</span></div><div class=TRS_Editor>{_PARAGRAPHS}</div>{_FOOT}",
    ),
    "标题带网站名，没有h1": _Case(
        f"<title>{_TITLE}_通知公告_清溪县人民政府</title>",
        f"{_MENU}<div class=bt>{_TITLE}</div><div>时间：2024年03月15日 来源：  作者：</div><div id=zoom>{_PARAGRAPHS}</div>{_OTHERS}{_FOOT}",
    ),
    "网站名在前": _Case(
        f"<title>清溪县人民政府 通知公告 {_TITLE}</title>",
        f"{_MENU}<div class=main><h2 class=title>{_TITLE}</h2><p>2024/3/15 浏览次数：<span id=hits></span>次</p><div class=con>{_PARAGRAPHS}</div></div>{_FOOT}",
    ),
    "页名只是网站名": _Case(
        "<title>清溪县人民政府门户网站</title>",
        f"{_TODAY}{_MENU}<table width=980><tr><td align=center class=title>{_TITLE}</td></tr><tr><td align=center>[2024-03-15] 点击：102</td></tr><tr><td class=nr>{_BREAKS}</td></tr></table>{_FOOT}",
    ),
    "标题分两行": _Case(
        f"<title>{_TITLE}</title>",
        f"<h1>清溪县人民政府办公室<br>关于做好2024年春季植树造林工作的通知</h1><div>发布日期：2024-03-15　　信息来源：县政府办</div><div class=article-content>{_PARAGRAPHS}</div>",
    ),
    "信息公开表": _Case(
        f"<title>{_TITLE}</title>",
        f"<table class=xxgk><tr><td>索 引 号</td><td>539921/2024-00012</td><td>文　　号</td><td>清政办〔2024〕7号</td></tr><tr><td>成文日期</td><td>2024-03-12</td><td>发布日期</td><td>2024-03-15</td></tr>"
        f"<tr><td>发布机构</td><td>清溪县人民政府办公室</td><td>有效性</td><td>有效</td></tr></table><h1>{_TITLE}</h1><div class=xxgk_content>{_PARAGRAPHS}</div>{_FOOT}",
    ),
    "旁栏在正文前面": _Case(
        f"<title>{_TITLE}</title>",
        f"{_TODAY}{_MENU}{_OTHERS}<div class=right><h1>{_TITLE}</h1><div class=xx>来源：县政府办 日期：2024.03.15 字号：[大 中 小]</div><div>{_PARAGRAPHS}</div></div>{_FOOT}",
    ),
    "日期在文后": _Case(
        f"<title>{_TITLE}</title>",
        f"<h1>{_TITLE}</h1><div class=con>{_PARAGRAPHS}</div><div class=tail>发布时间：2024-03-15 16:20　责任编辑：甲某</div>{_OTHERS}{_FOOT}",
    ),
    "只有落款": _Case(
        f"<title>{_TITLE}</title>",
        f"{_TODAY}{_MENU}<h1>{_TITLE}</h1><div class=con>{_PARAGRAPHS}</div>{_OTHERS}{_FOOT}",
        published=None,
    ),
    "标签空着，只有落款": _Case(
        f"<title>{_TITLE}</title><meta name=PubDate content='2024-03-15'>",
        f"<h1>{_TITLE}</h1><div>发布时间： 来源： 浏览：</div><div class=con>{_PARAGRAPHS}</div>{_FOOT}",
        published=None,
    ),
    "题目里有日期": _Case(
        "<title>清溪县2024年2月29日天气公报</title>",
        f"<h1>清溪县2024年2月29日天气公报</h1><div>2024年3月15日 08:30</div><div class=con>{_PARAGRAPHS}</div>",
        title="清溪县2024年2月29日天气公报",
    ),
    "新闻稿开头有日期": _Case(
        "<title>县政府召开常务会议 - 清溪县人民政府</title>",
        f"<h3 class=tit>县政府召开常务会议</h3><div class=date>发布于 2024-03-15</div><div class=con><p>本网讯（记者 甲某）2024年3月14日，县政府召开第三十次常务会议，研究春季造林工作。</p>{_PARAGRAPHS}</div>",
        title="县政府召开常务会议",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", _CASES)
def test_title_day_and_text(name: str) -> None:
    case = _CASES[name]
    html = f"<html><head><meta charset=utf-8>{case.head}</head><body>{case.body}</body></html>"
    read = read_page(html.encode(), url="http://127.0.0.1/gk/tzgg/content_1234.html").document()
    assert "".join(read.title.split()) == case.title
    assert (read.published.isoformat() if read.published else None) == case.published
    for sentence in (_FIRST, _SECOND, _LAST):
        assert sentence in read.body
    for foreign in ("设为首页", "县领导到东坡镇调研", "网站标识码", "新闻中心"):
        assert foreign not in read.body


def test_days_of_meta_tags_and_addresses_are_kept_apart() -> None:
    html = f"<html><head><meta name=PubDate content='2024-03-14 09:00'><title>{_TITLE}</title></head><body><h1>{_TITLE}</h1>"
    html += f"<p>发布时间：2024-03-15</p><div>{_PARAGRAPHS}</div></body></html>"
    read = read_page(html.encode(), url="http://127.0.0.1/gk/202403/t20240316_12.html").document()
    days = [day and day.isoformat() for day in (read.published, read.meta_date, read.url_date)]
    assert days == ["2024-03-15", "2024-03-14", "2024-03-16"]
