"""Long fuzzing of every reader: `python bench/fuzz.py --seconds 120 [--reader docx …] [--atheris]`.

Each reader runs in a child of its own with a memory limit and an alarm for hangs. Without atheris the seeds are broken at
random (the run's seed is printed, so every failure can be had again); with it, coverage leads. Prints one line a reader.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from kit.mutants import mutated, seeds
from kit.readers import readers

_HANG = 10
_MEMORY = 3 << 30


class Hang(BaseException):
    """A reader that took longer than it may."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--reader", nargs="*", default=sorted(seeds()), choices=sorted(seeds()))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--atheris", action="store_true")
    parser.add_argument("--child", default="")
    asked = parser.parse_args()
    if asked.child:
        return _guided(asked.child, asked.seconds) if asked.atheris else _random(asked.child, asked.seconds, asked.seed)
    bad = 0
    for kind in asked.reader:
        line = _in_child(kind, asked)
        bad += bool(line.get("failures"))
        print(json.dumps(line, ensure_ascii=False), flush=True)
    raise SystemExit(1 if bad else 0)


def _in_child(kind: str, asked: argparse.Namespace) -> dict[str, object]:
    command = [sys.executable, __file__, "--child", kind, "--seconds", str(asked.seconds), "--seed", str(asked.seed)]
    done = subprocess.run(
        [*command, *(["--atheris"] if asked.atheris else [])], capture_output=True, text=True, check=False
    )
    last = next((line for line in reversed(done.stdout.splitlines()) if line.startswith("{")), "")
    if last:
        return {"reader": kind, **json.loads(last)}
    return {"reader": kind, "failures": [f"ended with {done.returncode}: {done.stderr[-400:]}"]}


def _random(kind: str, seconds: float, seed: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    signal.signal(signal.SIGALRM, _alarm)
    read, content = readers()[kind], seeds()[kind][1]
    began, runs, slowest, failures = time.monotonic(), 0, 0.0, []
    while time.monotonic() - began < seconds and len(failures) < 5:
        body = mutated(content, random.Random(seed + runs))
        start = time.perf_counter()
        signal.alarm(_HANG)
        try:
            read(body)
        except (Exception, Hang):
            failures.append(f"seed {seed + runs}: {traceback.format_exc(limit=-3)}")
        finally:
            signal.alarm(0)
        slowest = max(slowest, time.perf_counter() - start)
        runs += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        json.dumps(
            {
                "runs": runs,
                "seconds": round(time.monotonic() - began),
                "slowest_ms": round(slowest * 1000),
                "peak_mb": peak,
                "failures": failures,
            }
        )
    )


def _guided(kind: str, seconds: float) -> None:
    import atheris

    with atheris.instrument_imports(include=["duwang"]):
        read = readers()[kind]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "seed").write_bytes(seeds()[kind][1])
        options = [
            f"-max_total_time={int(seconds)}",
            f"-timeout={_HANG}",
            "-rss_limit_mb=2000",
            "-max_len=65536",
            f"-artifact_prefix={tempfile.gettempdir()}/",
        ]
        atheris.Setup([sys.argv[0], *options, folder], read)
        print(json.dumps({"runs": "atheris", "seconds": round(seconds), "failures": []}), flush=True)
        atheris.Fuzz()


def _alarm(number: int, frame: FrameType | None) -> None:
    raise Hang(f"longer than {_HANG} s")


if __name__ == "__main__":
    main()
