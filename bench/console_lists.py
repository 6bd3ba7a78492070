"""The console's lists, filters and counts at one million findings: server time per request with readers and a writer at work.

usage: python -m bench.console_lists [--findings 1000000] [--database postgres://…] [--requests 120] [--data FOLDER]

Makes 70 sites, 450 accounts, 100 units and the findings (half of them equal to others), then times requests through Django's test
client in threads: first 2 readers + 1 writer, then 16 + 4. Prints a table of p50, p95 and worst, and every error.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

CHECKS = ("text/typo", "text/fixed-phrase", "function/footer-mark", "function/page-tags", "reach/broken-link", "privacy/id-number",
          "privacy/mobile-number", "update/column-stale", "document/disclosure-label", "text/punctuation")  # fmt: skip
SEVERITIES = ("严重", "一般", "一般", "一般", "提示")


def main() -> None:
    asked = _asked()
    place = Path(asked.data or tempfile.mkdtemp())
    if asked.database:
        os.environ["DUWANG_DATABASE_URL"] = asked.database
    os.environ["DUWANG_TOTP"] = "0"
    from duwang.console import starting

    starting.prepare(place, hosts=("testserver", "127.0.0.1"))
    began = time.perf_counter()
    round_ = _filled(asked.findings)
    print(f"数据：{asked.findings:,}个问题，{time.perf_counter() - began:.0f}秒（含建索引）")
    for readers, writers in ((2, 1), (16, 4)):
        _table(_load(round_.pk, readers, writers, asked.requests, asked.findings), f"{readers}读{writers}写")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--findings", type=int, default=1_000_000)
    parser.add_argument("--database", default="")
    parser.add_argument("--requests", type=int, default=120)
    parser.add_argument("--data", default="")
    return parser.parse_args()


def _filled(number: int) -> Any:
    from duwang.console.people.models import Person
    from duwang.console.people.roles import Role
    from duwang.console.records import indexing
    from duwang.console.records.models import FindingRow, LedgerRow, Round, VerdictRow

    LedgerRow.objects.bulk_create(
        [LedgerRow(sheet="单位", key="org/云岭市人民政府", name="云岭市人民政府")]
        + [
            LedgerRow(sheet="单位", key=f"org/第{n}局", name=f"第{n}局", org=f"第{n}局", parent="云岭市人民政府")
            for n in range(100)
        ]
    )
    for n, role in enumerate((Role.REVIEWER, Role.CONTACT)):
        Person.objects.create_user(
            f"bench{n}",
            password="x",
            full_name="测",
            role=role,
            unit="第1局",
            sees_all=n == 0,
            must_change_password=False,
        )
    round_ = Round.objects.create(name="压测", as_of=date(2026, 9, 30), state=Round.State.DONE)
    owners = [f"site/{n:010d}" for n in range(70)] + [f"account/微信公众号/{n}" for n in range(450)]
    batch: list[Any] = []
    for row in _rows(round_, owners, number):
        batch.append(row)
        if len(batch) == 5000:
            FindingRow.objects.bulk_create(batch)
            batch.clear()
    FindingRow.objects.bulk_create(batch)
    indexing._mark_leads(round_)
    indexing.retally(round_)
    VerdictRow.objects.bulk_create(
        [
            VerdictRow(
                round=round_,
                target=one,
                kind=one.split("/")[0],
                name=one,
                org=f"第{n % 100}局",
                verdict="待核",
                body=_BLANK,
            )
            for n, one in enumerate(owners)
        ]
    )
    return round_


_BLANK: dict[str, list[Any]] = {
    "hits": [],
    "open": [],
    "excluded": [],
    "not_examined": [],
    "examined": [],
    "manual": [],
    "deductions": [],
    "reported": [],
}


def _rows(round_: Any, owners: list[str], number: int) -> Iterator[Any]:
    from duwang.console.records.models import FindingRow

    dice = random.Random(19)
    for n in range(number):
        check, severity = dice.choice(CHECKS), dice.choice(SEVERITIES)
        owner = dice.choice(owners)
        question = f"{dice.randrange(number // 2) if n % 2 else n:016x}"
        affects = dice.random() < 0.01
        rank = (0 if affects else 1000) + 200 * (severity != "严重") + dice.randrange(100)
        body = {
            "url": f"http://127.0.0.1/{n}.html",
            "certainty": 0.9,
            "count": 1,
            "evidence": [],
            "facts": {},
            "suggestion": "改",
            "first_seen": "2026-09-30",
        }
        yield FindingRow(
            round=round_,
            fingerprint=f"{n:020x}",
            question=question,
            check_id=check,
            family=check.split("/")[0],
            target=f"{owner}/page/{n:010x}",
            owner=owner,
            kind=owner.split("/")[0],
            org=f"第{dice.randrange(100)}局",
            org_by="column",
            severity=severity,
            affects=affects,
            rank=rank,
            title=f"关于做好第{n}项工作的通知",
            quote=f"原文{n % 977}",
            message="疑似错别字",
            body=body,
        )


READS = (
    "/findings/", "/findings/?tab=all", "/findings/?check=privacy/id-number", "/findings/?org=第7局", "/findings/?severity=严重&kind=site",
    "/findings/?tab=affects", "/findings/?check=text/typo&org=第9局", "/findings/?page=40", "/verdicts/", "/cases/", "/",
)  # fmt: skip


def _load(round_id: int, readers: int, writers: int, requests: int, most: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = defaultdict(list)
    lock, stop = threading.Lock(), threading.Event()

    def read(n: int) -> None:
        client = _client("bench1" if n % 2 else "bench0")
        dice = random.Random(n)
        for _ in range(requests):
            _timed(lambda path: client.get(path), dice.choice(READS), times, lock)
        from django.db import connection

        connection.close()

    def write(n: int) -> None:
        client, dice = _client("bench0"), random.Random(1000 + n)
        while not stop.is_set():
            key = dice.randrange(1, most)
            _timed(
                lambda path, key=key: client.post(path, {"pk": key, "decision": "确认", "round": round_id}),
                "/findings/decide",
                times,
                lock,
            )
            stop.wait(0.3)
        from django.db import connection

        connection.close()

    writing = [threading.Thread(target=write, args=(n,)) for n in range(writers)]
    reading = [threading.Thread(target=read, args=(n,)) for n in range(readers)]
    for thread in (*writing, *reading):
        thread.start()
    for thread in reading:
        thread.join()
    stop.set()
    for thread in writing:
        thread.join()
    return times


def _client(username: str) -> Any:
    from django.test import Client

    from duwang.console.people.models import Person

    client = Client(raise_request_exception=False)
    client.force_login(Person.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _timed(ask: Any, path: str, times: dict[str, list[float]], lock: threading.Lock) -> None:
    began = time.perf_counter()
    answer = ask(path)
    spent = (time.perf_counter() - began) * 1000
    with lock:
        times[path].append(spent)
        if answer.status_code not in (200, 204):
            times[f"错误 {answer.status_code} {path}"].append(spent)


def _table(times: dict[str, list[float]], title: str) -> None:
    print(f"\n{title}\n{'请求':<44}{'次数':>6}{'p50':>8}{'p95':>8}{'最慢':>8}  毫秒")
    for path, spent in sorted(times.items()):
        ordered = sorted(spent)
        p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        print(f"{path:<44}{len(spent):>6}{statistics.median(spent):>8.0f}{p95:>8.0f}{ordered[-1]:>8.0f}")
    every = sorted(
        one for path, spent in times.items() if not path.startswith(("错误", "/findings/decide")) for one in spent
    )
    print(f"全部读取 p95 {every[int(len(every) * 0.95)]:.0f} 毫秒")


if __name__ == "__main__":
    main()
