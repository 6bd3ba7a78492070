"""Fetches the vendored static files again by name and version, checks their SHA-256, and writes the manifest.

usage: python scripts/vendor.py [--check]     (needs npm; --check only compares what is there with the manifest)
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "src" / "duwang" / "console" / "static" / "console" / "vendor"
MANIFEST = FOLDER / "manifest.json"
WANTED = (
    {"name": "htmx.org", "version": "2.0.11", "licence": "0BSD", "files": {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "htmx-LICENSE.txt"}},
)  # fmt: skip


def main() -> int:
    if "--check" in sys.argv:
        return check()
    entries = []
    for package in WANTED:
        with tempfile.TemporaryDirectory() as place:
            subprocess.run(["npm", "pack", "-s", f"{package['name']}@{package['version']}"], cwd=place, check=True)
            archive = next(Path(place).glob("*.tgz"))
            with tarfile.open(archive, "r:gz") as inside:
                for source, target in package["files"].items():
                    member = inside.extractfile(f"package/{source}")
                    if member is None:
                        raise SystemExit(f"{package['name']} {package['version']} 里没有 {source}")
                    (FOLDER / target).write_bytes(member.read())
                    entries.append(entry(package, target))
    MANIFEST.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


def entry(package: dict, target: str) -> dict[str, str]:
    digest = hashlib.sha256((FOLDER / target).read_bytes()).hexdigest()
    return {
        "file": target,
        "name": package["name"],
        "version": package["version"],
        "licence": package["licence"],
        "sha256": digest,
    }


def check() -> int:
    wrong = [
        one["file"]
        for one in json.loads(MANIFEST.read_text("utf-8"))
        if hashlib.sha256((FOLDER / one["file"]).read_bytes()).hexdigest() != one["sha256"]
    ]
    known = {one["file"] for one in json.loads(MANIFEST.read_text("utf-8"))} | {MANIFEST.name}
    wrong += sorted(path.name for path in FOLDER.iterdir() if path.name not in known)
    for name in wrong:
        print(f"{name} 与清单不符")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
