"""One extractor over stored pages: CPU milliseconds a page (median) and body F1 against the labelled container (mean)."""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path


def _ours() -> Callable[[bytes], str]:
    from duwang.reading.page import read_page

    return lambda body: read_page(body, url="http://127.0.0.1/a.html").document().body


def _trafilatura() -> Callable[[bytes], str]:
    import trafilatura

    return lambda body: trafilatura.extract(body) or ""


def _gne() -> Callable[[bytes], str]:
    from gne import GeneralNewsExtractor

    extractor = GeneralNewsExtractor()
    return lambda body: str(extractor.extract(_decoded(body))["content"])


def _readability() -> Callable[[bytes], str]:
    from readability import Document

    return lambda body: re.sub(r"<[^>]+>", "", Document(_decoded(body)).summary())


TOOLS = {"ours": _ours, "trafilatura": _trafilatura, "gne": _gne, "readability": _readability}


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")


def f1(ours: str, gold: str) -> float:
    a, b = Counter(re.sub(r"\s+", "", ours)), Counter(re.sub(r"\s+", "", gold))
    shared = sum((a & b).values())
    return 2 * shared / (sum(a.values()) + sum(b.values())) if a or b else 1.0


def main() -> None:
    tool, folder, gold_file = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    gold = json.loads(gold_file.read_text("utf-8"))
    extract = TOOLS[tool]()
    scores, times, failed = [], [], 0
    for name, wanted in gold.items():
        body = (folder / name).read_bytes()
        began = time.process_time()
        try:
            got = extract(body)
        except Exception:
            got, failed = "", failed + 1
        times.append((time.process_time() - began) * 1000)
        scores.append(f1(got, wanted))
    print(
        json.dumps(
            {
                "ms": statistics.median(times),
                "f1": statistics.mean(scores),
                "good": sum(s >= 0.9 for s in scores),
                "pages": len(gold),
                "failed": failed,
            }
        )
    )


if __name__ == "__main__":
    main()
