"""Builds models/places.txt.gz: every province, prefecture and county with what it belongs to.

usage: python -m bench.text_places OFFICIAL_FOLDER

A line: name, tab, name of the place above it. From places.tsv (codes of the National Bureau of Statistics, state of 2023-06-30).
"""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "src" / "duwang" / "checks" / "text" / "models" / "places.txt.gz"
_GROUPING = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "自治州直辖县级行政区划")


def main(folder: Path) -> None:
    with (folder / "places.tsv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["level"] != "township"]
    of_code = {row["code"]: row for row in rows}
    listed = []
    for row in rows:
        above = of_code.get(row["parent"])
        while above is not None and above["name"] in _GROUPING:
            above = of_code.get(above["parent"])
        if row["name"] not in _GROUPING:
            listed.append(f"{row['name']}\t{above['name'] if above else ''}")
    OUT.write_bytes(gzip.compress(("\n".join(dict.fromkeys(listed)) + "\n").encode(), 9, mtime=0))
    print(len(listed), OUT.stat().st_size)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
