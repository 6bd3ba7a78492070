"""ID numbers over every kind of file, innocent look-alikes, and the speed of the gate. Prints one table.

usage: python -m bench.privacy [--count 5000] [--seed 20240930] [--no-office] [--examples]
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from corpus.privacy.measuring import innocent_tally, planted_tally  # noqa: E402
from duwang.checks.check import all_checks  # noqa: E402
from duwang.model.material import Document  # noqa: E402


def main() -> None:
    asked = argparse.ArgumentParser(description="身份证号码：查全、误报、速度")
    asked.add_argument("--count", type=int, default=5000)
    asked.add_argument("--seed", type=int, default=20240930)
    asked.add_argument("--no-office", action="store_true", help="不用LibreOffice生成doc、wps等文件")
    asked.add_argument("--examples", action="store_true", help="逐条列出漏报和误报")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = None if given.no_office else Path(name)
        planted = planted_tally(count=given.count, seed=given.seed, folder=folder and folder / "planted")
        innocent = innocent_tally(count=given.count, seed=given.seed + 1, folder=folder and folder / "innocent")
    print("种类        埋入   找到   查全率    多报")
    for kind, count in sorted(planted.planted.items()):
        print(
            f"{kind:<10}{count:>6}{planted.found[kind]:>7}{planted.found[kind] / count:>9.2%}{planted.false[kind]:>7}"
        )
    print(
        f"{'合计':<8}{planted.planted.total():>6}{planted.found.total():>7}{planted.recall:>9.2%}{planted.false.total():>7}"
    )
    total = innocent.planted.total()
    print(
        f"\n相似号码{total}个：身份证误报{innocent.false['privacy/id-number']}（{innocent.false['privacy/id-number'] / total:.2%}），各项误报合计{innocent.false.total()}（{innocent.false.total() / total:.2%}）"
    )
    right, wrong = planted.serious[True], planted.serious[False] + innocent.serious[False]
    print(f"严重级：对{right}，错{wrong}，准确率{right / max(1, right + wrong):.2%}")
    if given.examples:
        print("\n".join(planted.examples + innocent.examples))
    speed()


def speed() -> None:
    """Megabytes (UTF-8) a second of all privacy checks together over clean official text, by documents, one thread."""
    path = ROOT.parent / "shared" / "corpora" / "official" / "dev.txt.gz"
    if not path.exists():
        print("没有 shared/corpora/official/dev.txt.gz，不测速度")
        return
    texts = gzip.decompress(path.read_bytes()).decode().split("\n\n")
    checks = [check for check in all_checks().values() if check.family == "privacy"]
    size = sum(len(text.encode()) for text in texts) / 1e6
    documents = [Document("", body=text, medium="text") for text in texts]
    began = time.process_time()
    alarms = sum(
        len(list(check.look(one, as_of=date(2024, 9, 30), settings={}))) for one in documents for check in checks
    )
    print(
        f"\n速度：{size / (time.process_time() - began):.1f} MB/s（{size:.2f} MB官方文本，{len(checks)}项检查，报{alarms}处）"
    )


if __name__ == "__main__":
    main()
