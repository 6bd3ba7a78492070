"""`python -m bench`: ours and the peers in one round, on a generated site and on stored pages; a table and a picture in bench/out.

Peers live in an environment of their own: `--peers PYTHON` (default: this interpreter) for scrapy, trafilatura, gne,
readability-lxml and LinkChecker; linkinator is looked for on the path or at `--linkinator`. What is not installed is named.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.measure import Cost, cost_of
from bench.picture import Bar, svg

HERE = Path(__file__).resolve().parent
TESTS = HERE.parent / "tests"
sys.path.insert(0, str(TESTS))
PEERS = HERE / "peers"


@dataclass(slots=True)
class Round:
    """What one round gave: table rows, ratios for the picture, and what was left out."""

    rows: list[tuple[str, ...]] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--kinds", default="titles,fetch,read,checks,all", help="what of ours is run on the large site")
    parser.add_argument("--link-pages", type=int, default=400)
    parser.add_argument("--peers", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--linkinator", default=shutil.which("linkinator") or "")
    parser.add_argument("--stored", type=Path, default=HERE.parents[1] / "shared" / "corpora" / "html")
    parser.add_argument("--out", type=Path, default=HERE / "out")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    done = Round()
    crawl(done, options)
    links(done, options)
    extraction(done, options)
    write(done, options)


def crawl(done: Round, options: argparse.Namespace) -> None:
    """Fetch and read a site of so many pages."""
    from kit.wide_process import served
    from kit.wide_site import WideSite

    site = WideSite(articles=options.pages, columns=8, chars=1000, leaks=5)
    with served(site) as root, tempfile.TemporaryDirectory() as place:
        ledger = site.ledger(Path(place) / "ledger", root)
        costs = {
            kind: _ours(kind, f"{root}/" if kind in ("titles", "fetch") else ledger, options.out)
            for kind in options.kinds.split(",")
        }
        scrapy = _python(
            options.peers, "scrapy", PEERS / "scrapy_spider.py", root, log=options.out / "scrapy", done=done
        )
    names = {
        "titles": "读网 读取，只取标题与链接",
        "fetch": "读网 读取",
        "read": "读网 读取并存证",
        "checks": "读网 全部检查（错别字类除外）",
        "all": "读网 全部检查",
    }
    for kind, cost in costs.items():
        done.rows.append(_row(names[kind], cost))
    if scrapy is not None:
        done.rows.append(_row("Scrapy 读取与链接", scrapy))
        for kind in (kind for kind in costs if kind != "all"):
            ratio = _each(scrapy) / _each(costs[kind])
            done.bars.append(
                Bar(f"Scrapy ÷ {names[kind]}", ratio, f"{_each(scrapy):.1f} 对 {_each(costs[kind]):.1f} 毫秒CPU/页")
            )


def links(done: Round, options: argparse.Namespace) -> None:
    """Find 100 dead links among difficult ones."""
    from kit.wide_process import served
    from kit.wide_site import WideSite

    site = WideSite(articles=options.link_pages, columns=8, chars=600, dead=100, forbidden=20, limited=20)
    with served(site) as root, tempfile.TemporaryDirectory() as place:
        wanted = site.dead_links(root)
        ledger = site.ledger(Path(place) / "ledger", root)
        whole = _ours("links", ledger, options.out)
        quick = [sys.executable, "-m", "duwang.cli", "links", root + "/", "--delay", "0", "--allow-loopback", "--json"]
        ours = cost_of(quick, log=options.out / "ours-survey", env={"PYTHONPATH": _path()})
        others: dict[str, Cost | None] = {}
        checker = Path(options.peers).parent / "linkchecker"
        if checker.is_file():
            command = [checker, "--no-status", "--no-warnings", "-t", "6", "-o", "csv", "-r", "-1", root + "/"]
            others["LinkChecker"] = cost_of(command, log=options.out / "linkchecker")
        else:
            done.missing.append("LinkChecker")
        if options.linkinator:
            command = [
                options.linkinator,
                root + "/",
                "--recurse",
                "--concurrency",
                "6",
                "--format",
                "csv",
                "--timeout",
                "20000",
            ]
            others["linkinator"] = cost_of(command, log=options.out / "linkinator")
        else:
            done.missing.append("linkinator")
    for name, one, found in (
        ("读网 duwang links", ours, {line["url"] for line in json.loads(ours.out)["dead"]}),
        ("读网 duwang inspect --check reach（留证据、判定）", whole, set(json.loads(whole.out)["dead"])),
    ):
        done.rows.append((name, *_figures(one), f"{len(found & wanted)}/100，误报{len(found - wanted)}"))
    for name, cost in others.items():
        assert cost is not None
        named = {url for url in wanted if url in cost.out}
        wrong = (
            sum(f"/{kind}/{n}.html" in cost.out for kind in ("forbidden", "limited") for n in range(20))
            if name == "linkinator"
            else _wrong(cost.out)
        )
        done.rows.append(
            (f"{name} 失效链接", *_figures(cost), cost.failed or f"{len(named)}/100，把拒绝和限流也算作失效的{wrong}")
        )
        if not cost.failed:
            note = f"CPU {cost.cpu:.1f} 对 {ours.cpu:.1f} 秒；用时 {cost.wall:.1f} 对 {ours.wall:.1f} 秒"
            done.bars.append(Bar(f"{name} ÷ duwang links 处理器", cost.cpu / ours.cpu, note))
            done.bars.append(Bar(f"{name} ÷ duwang links 用时", cost.wall / ours.wall, note))


def _wrong(out: str) -> int:
    return sum(f"/{kind}/{n}.html" in out for kind in ("forbidden", "limited") for n in range(20))


def extraction(done: Round, options: argparse.Namespace) -> None:
    """Read stored pages and compare the body with the labelled container."""
    if not (options.stored / "gold.jsonl").is_file():
        done.missing.append("存页（标注数据不在项目旁边）")
        return
    gold_file = options.out / "gold.json"
    gold_file.write_text(json.dumps(_gold(options.stored), ensure_ascii=False), "utf-8")
    figures: dict[str, dict[str, Any]] = {}
    for tool, python, module in (("ours", sys.executable, "duwang"), ("trafilatura", options.peers, "trafilatura"),
                                 ("gne", options.peers, "gne"), ("readability", options.peers, "readability")):  # fmt: skip
        cost = _python(
            python, module, PEERS / "extractors.py", tool, options.stored, gold_file, log=options.out / tool, done=done
        )
        if cost is not None and not cost.failed:
            figures[tool] = json.loads(cost.out)
    for tool, one in figures.items():
        name = {"ours": "读网 正文", "gne": "GNE 正文"}.get(tool, f"{tool} 正文")
        done.rows.append(
            (name, f"{one['ms']:.1f} 毫秒/页", "", "", f"F1均值{one['f1']:.3f}，≥0.9的{one['good']}/{one['pages']}")
        )
        if tool != "ours":
            done.bars.append(
                Bar(
                    f"{tool} ÷ 读网 正文",
                    one["ms"] / figures["ours"]["ms"],
                    f"{one['ms']:.1f} 对 {figures['ours']['ms']:.1f} 毫秒/页；F1 {one['f1']:.3f} 对 {figures['ours']['f1']:.3f}",
                )
            )


def _gold(folder: Path) -> dict[str, str]:
    """File name → text of the labelled container."""
    from selectolax.lexbor import LexborHTMLParser

    from duwang.reading.charset import decode

    texts = {}
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        one = json.loads(line)
        if one.get("body_selector"):
            node = LexborHTMLParser(decode((folder / one["file"]).read_bytes())[0]).css_first(one["body_selector"])
            texts[one["file"]] = node.text() if node else ""
    return texts


def _ours(kind: str, place: Path | str, out: Path) -> Cost:
    return cost_of(
        [sys.executable, PEERS / "ours.py", kind, place], log=out / f"ours-{kind}", env={"PYTHONPATH": _path()}
    )


def _path() -> str:
    return os.pathsep.join([str(TESTS), *([os.environ["PYTHONPATH"]] if os.environ.get("PYTHONPATH") else [])])


def _python(python: str, module: str, script: Path, *arguments: str | Path, log: Path, done: Round) -> Cost | None:
    """Run a peer's script where its module is installed; named as missing otherwise."""
    if subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False).returncode:
        done.missing.append(module)
        return None
    return cost_of([python, script, *arguments], log=log)


def _each(cost: Cost) -> float:
    """CPU milliseconds a page."""
    return 1000 * cost.cpu / max(1, int(json.loads(cost.out)["pages"]))


def _figures(cost: Cost) -> tuple[str, str, str]:
    return f"CPU {cost.cpu:.1f} 秒", f"{cost.wall:.1f} 秒", f"{cost.memory_mb:.0f} MB"


def _row(name: str, cost: Cost) -> tuple[str, ...]:
    if cost.failed:
        return name, cost.failed, "", "", ""
    pages = int(json.loads(cost.out)["pages"])
    return (
        name,
        f"CPU {_each(cost):.2f} 毫秒/页",
        f"{pages / cost.wall:.0f} 页/秒",
        f"{cost.memory_mb:.0f} MB",
        f"{pages}页",
    )


def write(done: Round, options: argparse.Namespace) -> None:
    """结果.md and 结果.svg; the table is printed, too."""
    head = "| 对象 | 处理器 | 速度或用时 | 内存 | 结果 |\n|---|---|---|---|---|\n"
    table = head + "".join("| " + " | ".join(row) + " |\n" for row in done.rows)
    ratios = "".join(f"- {bar.name}：**{bar.ratio:.1f} 倍**（{bar.note}）\n" for bar in done.bars)
    missing = f"\n没有安装、没有比的：{'、'.join(done.missing)}\n" if done.missing else ""
    title = f"同一轮里的比值：{options.pages}篇稿件的生成网站（每篇约1000字）和存页"
    text = f"# {title}\n\n{table}\n{ratios}{missing}\n![比值](结果.svg)\n"
    (options.out / "结果.md").write_text(text, "utf-8")
    (options.out / "结果.svg").write_text(svg(done.bars, title=title), "utf-8")
    print(text)


if __name__ == "__main__":
    main()
