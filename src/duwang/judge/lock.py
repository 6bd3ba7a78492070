"""The hash lock of released editions: `python -m duwang.judge.lock` compares, `--write` locks again."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from duwang.judge.edition import FOLDER, content_hash, read

LOCK = FOLDER.parent / "editions.lock"


def locked() -> Mapping[str, str]:
    """Name → hash as released."""
    if not LOCK.exists():
        return {}
    rows = (line.split() for line in LOCK.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


def current() -> Mapping[str, str]:
    """Name → hash of every shipped edition and overlay as it is now, sorted."""
    return {path.stem: content_hash(read(path)) for path in sorted(FOLDER.glob("*.toml"))}


def differences() -> tuple[str, ...]:
    """One Chinese sentence for every shipped file that is not what was locked."""
    was, now = locked(), current()
    gone = [f"{name}：已锁定的文件不见了" for name in was if name not in now]
    new = [f"{name}：还没有锁定" for name in now if name not in was]
    changed = [f"{name}：内容与锁定时不同" for name in now if name in was and was[name] != now[name]]
    return tuple(sorted([*gone, *new, *changed]))


def write() -> None:
    """Lock every shipped file as it is now."""
    lines = ["# 已发布指标版本和地方细则的内容指纹（SHA-256）；改动后用 python -m duwang.judge.lock --write 重新锁定"]
    lines += [f"{name} {digest}" for name, digest in current().items()]
    LOCK.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        write()
        sys.exit(0)
    problems = differences()
    print("\n".join(problems) or "全部与锁定时一致")
    sys.exit(1 if problems else 0)
