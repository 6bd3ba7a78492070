"""Long fuzzing of every reader: `python bench/fuzz.py --seconds 120 [--reader docx …] [--atheris]`.

Each reader runs in a child of its own with a memory limit and an alarm for hangs. Without atheris the seeds are broken at
random (the run's seed is printed, so every failure can be had again); with it, coverage leads. Prints one line a reader.
"""

from __future__ import annotations

import argparse
import json
import random
import re
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

_HANG = 10
_MEMORY = 3 << 30


class Hang(BaseException):
    """A reader that took longer than it may."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--reader", nargs="*", default=[], help="all of them unless some are named")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--atheris", action="store_true")
    parser.add_argument("--child", default="")
    asked = parser.parse_args()
    if asked.child:
        return _guided(asked.child, asked.seconds) if asked.atheris else _random(asked.child, asked.seconds, asked.seed)
    from kit.mutants import seeds  # not before: a guided child instruments what it imports

    if unknown := sorted(set(asked.reader) - set(seeds())):
        parser.error(f"no such reader: {', '.join(unknown)}; there are {', '.join(sorted(seeds()))}")
    bad = 0
    for kind in asked.reader or sorted(seeds()):
        line = _in_child(kind, asked)
        bad += bool(line.get("failures"))
        print(json.dumps(line, ensure_ascii=False), flush=True)
    raise SystemExit(1 if bad else 0)


def _in_child(kind: str, asked: argparse.Namespace) -> dict[str, object]:
    command = [sys.executable, __file__, "--child", kind, "--seconds", str(asked.seconds), "--seed", str(asked.seed)]
    done = subprocess.run(
        [*command, *(["--atheris"] if asked.atheris else [])], capture_output=True, text=True, check=False
    )
    if asked.atheris:
        return {"reader": kind, **_guided_result(done)}
    last = next((line for line in reversed(done.stdout.splitlines()) if line.startswith("{")), "")
    if last:
        return {"reader": kind, **json.loads(last)}
    return {"reader": kind, "failures": [f"ended with {done.returncode}: {done.stderr[-400:]}"]}


def _guided_result(done: subprocess.CompletedProcess[str]) -> dict[str, object]:
    """What libFuzzer said: runs, seconds, branches reached; it ends with a status of its own when a run failed."""
    runs = re.search(r"Done (\d+) runs in (\d+) second", done.stderr)
    reached = re.findall(r"cov: (\d+)", done.stderr)
    found = {
        "runs": int(runs[1]) if runs else 0,
        "seconds": int(runs[2]) if runs else 0,
        "branches": int(reached[-1]) if reached else 0,
    }
    told = (done.stdout + done.stderr)[-1500:]
    return {**found, "failures": [f"ended with {done.returncode}: {told}"] if done.returncode or not runs else []}


def _random(kind: str, seconds: float, seed: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    signal.signal(signal.SIGALRM, _alarm)
    from kit.mutants import mutated, seeds
    from kit.readers import readers

    read, content = readers()[kind], seeds()[kind][1]
    failures: list[str] = []
    began, runs, slowest = time.monotonic(), 0, 0.0
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
        from kit.mutants import seeds
        from kit.readers import readers

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
        atheris.Fuzz()


def _alarm(number: int, frame: FrameType | None) -> None:
    raise Hang(f"longer than {_HANG} s")


if __name__ == "__main__":
    main()
