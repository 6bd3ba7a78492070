"""How well stored real pages are read: title, date, body F1 and time, one line a page. Needs the labelled pages beside the project.

A page is read as from its own host, as an inspection reads it: the host that it names as its own (canonical, og:url), else the one that
most of its links lead to. The rest of the address tells nothing.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from duwang.model.refs import host_of
from duwang.reading.charset import decode
from duwang.reading.flowing import flow
from duwang.reading.page import read_page


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def f1(ours: str, gold: str) -> float:
    """F1 over characters as bags."""
    a, b = Counter(squeezed(ours)), Counter(squeezed(gold))
    shared = sum((a & b).values())
    return 2 * shared / (sum(a.values()) + sum(b.values())) if a or b else 1.0


def own_host(tree: LexborHTMLParser) -> str:
    """Where a stored page was published."""
    named = [
        *(node.attributes.get("href") for node in tree.css("link[rel=canonical]")),
        *(node.attributes.get("content") for node in tree.css("meta[property='og:url']")),
    ]
    linked = Counter(host_of(node.attributes.get("href") or "") for node in tree.css("a[href]"))
    del linked[""]
    return next(filter(None, (host_of(one or "") for one in named)), "") or max(
        linked, key=lambda h: (linked[h], h), default="127.0.0.1"
    )


def measure(folder: Path) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        body = (folder / gold["file"]).read_bytes()
        address = f"http://{own_host(LexborHTMLParser(decode(body)[0]))}/a/{gold['file']}"
        began = time.process_time()
        document = read_page(body, url=address).document()
        ms = (time.process_time() - began) * 1000
        selector = gold.get("body_selector")
        node = LexborHTMLParser(decode(body)[0]).css_first(selector) if selector else None
        wanted = flow(node).text if node else ""
        rows.append(
            {
                "id": gold["id"],
                "title": squeezed(document.title) == squeezed(gold["title"]),
                "date": (document.published.isoformat() if document.published else None) == gold["published"],
                "f1": f1(document.body, wanted) if selector else 1.0,
                "ms": ms,
                "got": (document.title, str(document.published), document.published_raw),
                "gold": (gold["title"], gold["published"]),
            }
        )
    return rows


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpora/html")
    rows = measure(folder)
    for row in rows:
        flags = "".join("." if row[key] else "X" for key in ("title", "date")) + (
            "." if float(str(row["f1"])) >= 0.9 else "B"
        )
        print(
            f"{flags} {row['id']!s:<28} F1 {row['f1']:.3f}  {row['ms']:.1f} ms",
            "" if flags == "..." else f"  {row['got']} ≠ {row['gold']}",
        )
    print(
        f"标题 {sum(bool(r['title']) for r in rows)}/{len(rows)}  日期 {sum(bool(r['date']) for r in rows)}/{len(rows)}  "
        f"正文F1≥0.9 {sum(float(str(r['f1'])) >= 0.9 for r in rows)}/{len(rows)}  中位 {statistics.median(float(str(r['ms'])) for r in rows):.1f} ms"
    )


if __name__ == "__main__":
    main()
