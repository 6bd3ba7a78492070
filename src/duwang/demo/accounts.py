"""What the accounts published and how it is seen: feeds over HTTP, the unit's report, saved pages, a walk-through, screenshots."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from pathlib import Path
from random import Random

from duwang.demo import files
from duwang.demo.county import AS_OF, SINCE, Voice, county, toml
from duwang.demo.plants import Plant, plants
from duwang.demo.prose import UNITS, Writer
from duwang.demo.scene import Answer

ROUTES = {
    "rss": "订阅", "atom": "订阅", "json": "订阅", "broken": "订阅", "csv": "单位自报", "xlsx": "单位自报", "gone": "单位自报",
    "saved": "网页保存", "walk": "人工", "walked": "人工", "shot": "截图", "api": "接口", "none": "",
}  # fmt: skip
_GAP = 9
WALKED = "走查.csv"
_THEME = {unit: theme for theme, unit in UNITS.items()}


@dataclass(frozen=True, slots=True)
class Post:
    """One post. `address` identifies it for good."""

    title: str
    on: date
    text: str
    address: str
    plant: Plant | None = None


def posts(voice: Voice, round_: int) -> list[Post]:
    """Newest first. The last day before every inspection is the one written in the data."""
    if voice.empty:
        return []
    shown = [post for post in _all_posts(voice, round_) if post.on <= AS_OF[round_]]
    if voice.future:
        shown.append(_post(voice, date.fromisoformat(voice.future), round_))
    return sorted(shown, key=lambda post: (post.on, post.title), reverse=True)


def _all_posts(voice: Voice, round_: int) -> Iterator[Post]:
    days: set[date] = set()
    for number, newest in enumerate(voice.newest, 1):
        day = date.fromisoformat(newest)
        while day >= max(AS_OF[number - 1] + timedelta(days=1), date(2026, 4, 1)):
            days.add(day)
            day -= timedelta(days=_GAP)
    for day in sorted(days):
        yield _post(voice, day, round_)
    for plant in plants():
        gone = plant.extra.get("alone") and round_ not in plant.rounds
        if plant.where == f"账号/{voice.key}" and round_ >= plant.appears and not gone:
            yield _planted(voice, plant, round_)


def _post(voice: Voice, on: date, round_: int) -> Post:
    writer = Writer(_THEME.get(voice.owner, "民生"), on, f"{voice.key}/{on}")
    title = writer.title()
    return Post(title, on, "\n".join(writer.paragraphs(least=2, most=3, general=3)), _address(voice, f"{on:%Y%m%d}"))


def _planted(voice: Voice, plant: Plant, round_: int) -> Post:
    first = 1 if plant.near else plant.rounds[0]
    limit = date.fromisoformat(voice.newest[first - 1])
    on = (
        date.fromisoformat(plant.on)
        if plant.on
        else min(limit, SINCE[first] + timedelta(days=10 + Random(plant.id).randint(0, 40)))
    )
    writer = Writer(_THEME.get(voice.owner, "民生"), on, f"plant/{plant.id}")
    stands = plant.near or round_ in plant.rounds
    text = (
        plant.text
        if plant.extra.get("alone")
        else "\n".join([*writer.paragraphs(least=2, most=2, general=3)[:2], plant.text if stands else plant.clean])
    )
    return Post(plant.title, on, text, _address(voice, f"p{Random(plant.id).randint(1000, 9999)}"), plant)


def _address(voice: Voice, number: str) -> str:
    return f"https://post.invalid/{Random(voice.key).randint(10**6, 10**7)}/{number}"


def feeds(round_: int, base: str) -> Iterator[tuple[str, Answer]]:
    """The feeds by path."""
    for voice in county().voices:
        if voice.via == "broken":
            yield feed_path(voice), Answer(500, body="出错了".encode())
        elif voice.via in _FEEDS:
            yield feed_path(voice), _FEEDS[voice.via](voice, posts(voice, round_), base)


def feed_path(voice: Voice) -> str:
    return f"/feed/{Random(voice.key).randint(10**6, 10**7)}.{'json' if voice.via == 'json' else 'xml'}"


def rss(voice: Voice, found: list[Post], base: str) -> Answer:
    items = "".join(
        f"<item><title>{escape(p.title)}</title><link>{p.address}</link><pubDate>{p.on:%a, %d %b %Y} 09:30:00 +0800</pubDate><description>{escape(_html(p))}</description></item>"
        for p in found
    )
    text = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{escape(voice.key)}</title><link>{base}</link><description>{voice.platform}</description>{items}</channel></rss>'
    return Answer(kind="application/rss+xml; charset=utf-8", body=text.encode())


def _atom(voice: Voice, found: list[Post], base: str) -> Answer:
    entries = "".join(
        f'<entry><title>{escape(p.title)}</title><id>{p.address}</id><link href="{p.address}"/><published>{p.on}T09:30:00+08:00</published><content type="html">{escape(_html(p))}</content></entry>'
        for p in found
    )
    text = f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(voice.key)}</title><id>{base}</id>{entries}</feed>'
    return Answer(kind="application/atom+xml; charset=utf-8", body=text.encode())


def _json(voice: Voice, found: list[Post], base: str) -> Answer:
    items = [
        {
            "id": p.address,
            "url": p.address,
            "title": p.title,
            "date_published": f"{p.on}T09:30:00+08:00",
            "content_text": p.text,
        }
        for p in found
    ]
    said = {"version": "https://jsonfeed.org/version/1.1", "title": voice.key, "home_page_url": base, "items": items}
    return Answer(kind="application/feed+json; charset=utf-8", body=json.dumps(said, ensure_ascii=False).encode())


_FEEDS = {"rss": rss, "atom": _atom, "json": _json}


def _html(post: Post) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in post.text.split("\n"))


def collected(voice: Voice, round_: int, folder: Path) -> str:
    """Write what was handed in for an account under the ledger's folder; returns its 采集地址 (empty when there is none)."""
    match voice.via:
        case "csv" | "walk":
            return _write(folder, f"采集/{voice.key}.csv", _csv(_rows(voice, round_)))
        case "xlsx":
            return _write(folder, f"采集/{voice.key}.xlsx", files.xlsx(_rows(voice, round_)))
        case "gone":
            return f"采集/{voice.key}.csv"
        case "shot":
            _write(folder, f"采集/{voice.key}/首页.png", files.png(voice.key))
            return f"采集/{voice.key}"
        case "saved":
            for post in posts(voice, round_):
                _write(
                    folder,
                    f"采集/{voice.key}/{post.on}-{post.address.rpartition('/')[2]}.html",
                    _saved(voice, post).encode(),
                )
            return f"采集/{voice.key}"
        case "walked":
            return WALKED
        case "api":
            return "wechat-fangzhen"
    return ""


def write_walked(folder: Path, round_: int) -> None:
    """走查.csv: what a person noted of each account on a walk-through."""
    rows = [dict(row) for row in toml("county/walked.toml")["walked"] if row.pop("round") == round_]
    heads = list(dict.fromkeys(name for row in rows for name in row if name != "account"))
    table = [["平台", "名称", *heads]]
    for row in rows:
        voice = county().voice(row["account"])
        table.append([voice.platform, voice.key, *(row.get(name, "") for name in heads)])
    _write(folder, WALKED, _csv(table))


def _rows(voice: Voice, round_: int) -> list[list[str]]:
    return [
        ["标题", "发布时间", "网址", "正文", "阅读量"],
        *([p.title, f"{p.on} 09:30", p.address, p.text, "126"] for p in posts(voice, round_)),
    ]


def _csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _saved(voice: Voice, post: Post) -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(post.title)}</title></head><body><h1 class="rich_media_title">{escape(post.title)}</h1>'
        f'<div class="rich_media_meta_list"><span>{escape(voice.key)}</span> <em id="publish_time">{post.on} 09:30</em></div><div id="js_content">{_html(post)}</div></body></html>'
    )


def _write(folder: Path, name: str, body: bytes) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return name
