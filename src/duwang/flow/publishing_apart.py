"""The documents of a large inspection are written by a process of their own: what they take in memory is not added to what reading took.

`python -m duwang.flow.publishing_apart FOLDER [PREVIOUS]` writes them and tells what a clerk must know, a line each.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from duwang.flow.folder import Folder
from duwang.flow.ports import Progress

_LARGE = 8_000_000  # bytes of findings.jsonl, some eight thousand of them


def is_large(folder: Folder) -> bool:
    """True where the documents are worth a process of their own."""
    path = folder.path / "findings.jsonl"
    return path.is_file() and path.stat().st_size > _LARGE


def publish_apart(folder: Folder, *, previous: Folder | None, progress: Progress) -> None:
    """Write every document of a judged folder; what cannot be written is said, the judgement stands."""
    named = [str(one.path.resolve()) for one in (folder, previous) if one is not None]
    command = [sys.executable, "-m", "duwang.flow.publishing_apart", *named]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout
        try:
            for line in process.stdout:
                progress(line.rstrip("\n"))
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        progress(f"通报和清单没有写完：程序意外结束（{process.returncode}），请运行 duwang judge {folder.path} 重写")


def main() -> None:
    from duwang.flow.publishing import publish

    folder, *before = (Folder(Path(name)) for name in sys.argv[1:])
    publish(folder, previous=before[0] if before else None, progress=lambda line: print(line, flush=True))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    main()
