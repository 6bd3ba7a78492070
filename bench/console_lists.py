"""The console at one million findings: server and processor time of every list, filter and count, with readers and writers at work.

usage: python -m bench.console_lists [--findings 1000000] [--database postgres://…] [--requests 120] [--data FOLDER] [--only 路径…]

Takes a judged folder of 70 sites, 450 accounts and 100 units in as a round, then times requests through Django's test client in
threads: alone, with 2 readers + 1 writer, with 16 + 4, waiting in a row for the server's threads; every fourth reader is the contact of one unit. Prints of every address p50,
p95 and worst of the wall clock, p50 and p95 of the thread's processor time (on a machine that does other work, too, only these
mean something), and every error. `--data` keeps folder and database for the next run. See console_next for the browser.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import shutil
import statistics
import tempfile
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench.console_folder import AS_OF, OFFICE, TOP, city
from duwang.console.serving import THREADS

TRIVIAL, DECIDE = "/healthz", "/findings/decide"
UNIT = "云岭市第1局"  # the contact's
SERVER = ThreadPoolExecutor(THREADS)
READS = (
    TRIVIAL, "/", "/findings/", "/findings/?tab=all", "/findings/?tab=affects", "/findings/?tab=confirmed", "/findings/?tab=carried",
    "/findings/?tab=gone", "/findings/?check=privacy/id-number", f"/findings/?org={UNIT}", "/findings/?severity=严重&kind=site",
    f"/findings/?check=text/typo&org={UNIT}", "/findings/?check=text/typo&severity=一般&kind=account", "/findings/?page=40",
    "/findings/?page=400", "/findings/?tab=all&page=5000", "/findings/?tab=all&check=text/punctuation",
    "/findings/?tab=all&severity=提示&kind=site&page=300", "/findings/?owner=site/5399000001", "/findings/?q=第77777项",
    f"/findings/?q=原文97&org={UNIT}", "/findings/?q=疑似", "/findings/?q=疑", "/findings/?q=原文976", "/findings/?q=没有这样的话",
    "/findings/?check=text/typo&wording={wording}", "/findings/?fold=wording", f"/findings/?fold=wording&org={UNIT}", "/findings/rows?tab=all&page=3", "/findings/decisions", "/findings/{finding}",
    "/verdicts/", "/verdicts/?verdict=待核&kind=site", "/verdicts/{verdict}", "/cases/", "/cases/?tab=overdue", "/cases/?tab=relapsed",
    f"/cases/?org={UNIT}", "/cases/?q=原文97", "/cases/?q=疑似", "/cases/?page=300", "/cases/{case}", "/statistics/", "/letters/",
    "/letters/?state=逾期未答复", "/accounts/", "/accounts/{account}", "/ledger/", "/ledger/?sheet=新媒体", "/ledger/?sheet=栏目&q=栏目7",
    "/rounds/", "/rounds/{round}", "/bulletins/",
)  # fmt: skip


def main() -> None:
    asked = _asked()
    place = Path(asked.data or tempfile.mkdtemp())
    folder = city(place / "folder", findings=asked.findings)
    if asked.database:
        os.environ["DUWANG_DATABASE_URL"] = asked.database
    os.environ["DUWANG_TOTP"] = "0"
    from duwang.console import serving, starting

    starting.prepare(place / ("postgres" if asked.database else "sqlite"), hosts=("testserver", "127.0.0.1"))
    logging.getLogger("django.request").setLevel(logging.ERROR)
    round_ = taken(folder.path)
    serving.settle()
    paths = [one for one in _known(round_) if not asked.only or any(word in one for word in asked.only)]
    for path in paths:  # what is kept after the first view is made here
        for person in ("bench0", "bench1"):
            client_of(person).get(path)
    for readers, writers in (tuple(map(int, one.split("+"))) for one in asked.loads):
        _table(_load(round_.pk, paths, readers, writers, asked.requests), f"{readers}读{writers}写")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--findings", type=int, default=1_000_000)
    parser.add_argument("--database", default="")
    parser.add_argument("--requests", type=int, default=120)
    parser.add_argument("--data", default="")
    parser.add_argument("--loads", nargs="*", default=["1+0", "2+1", "16+4"])
    parser.add_argument("--only", nargs="*", default=[])
    return parser.parse_args()


def taken(source: Path, *, counted: bool = True) -> Any:
    """The round in the database; taken in with the times of each step when it is not there yet. `counted`: the statistics, too."""
    from duwang.console.people.models import Person
    from duwang.console.people.roles import Role
    from duwang.console.records import cases, indexing, ledger
    from duwang.console.records.models import CaseRow, LedgerChange, Round
    from duwang.flow.records import registry_from
    from duwang.flow.registry.exporting import export

    found = Round.objects.filter(name="压测").first()
    if found is not None:
        if counted:
            _counted_ahead(found)
        return found
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "名录.xlsx"
        from duwang.flow.folder import Folder

        export(registry_from(Folder(source).read_json("registry.json")), path)
        ledger.apply(ledger.preview(path), by=None, source=path.name)
    for n, role in enumerate((Role.REVIEWER, Role.CONTACT)):
        Person.objects.create_user(
            f"bench{n}", password="x", full_name="测", role=role, unit=OFFICE if n == 0 else UNIT, scope=TOP if n == 0 else "",
            sees_all=n == 0, must_change_password=False,
        )  # fmt: skip
    round_ = Round.objects.create(name="压测", as_of=AS_OF, state=Round.State.DONE)
    shutil.copytree(source, round_.folder, dirs_exist_ok=True)
    for title, step in (("建立索引", indexing.index), ("收入工单", cases.take_in)):
        wall, used = time.perf_counter(), time.process_time()
        step(round_)
        print(f"{title}：{time.perf_counter() - wall:.0f}秒，处理器{time.process_time() - used:.0f}秒", flush=True)
    if counted:
        _counted_ahead(round_)
    print(f"问题{round_.findings.count():,}，工单{CaseRow.objects.count():,}，名录变更{LedgerChange.objects.count():,}")
    return round_


def _counted_ahead(round_: Any) -> None:
    """The statistics of a large round are a job's, here done beforehand: the page itself is timed."""
    from duwang.console.people.models import Person
    from duwang.console.people.seeing import units_of
    from duwang.console.statistics import counting

    for name in ("bench0", "bench1"):
        person = Person.objects.get(username=name)
        if counting.statistics_of(round_, person) is None:
            wall, used = time.perf_counter(), time.process_time()
            counting.prepare(round_, units_of(person))
            print(f"统计：{time.perf_counter() - wall:.0f}秒，处理器{time.process_time() - used:.0f}秒", flush=True)


def _known(round_: Any) -> list[str]:
    """The addresses, with objects that both readers may see."""
    from duwang.console.records.models import CaseRow, LedgerRow

    names = {
        "finding": (finding := round_.findings.filter(org=UNIT, check_id="text/typo", alike__gt=1).order_by("rank", "id")[5]).pk, "wording": finding.wording, "verdict": round_.verdicts.filter(org=UNIT).order_by("-problems")[0].pk,
        "case": CaseRow.objects.filter(org=UNIT).order_by("id")[0].pk, "account": LedgerRow.objects.filter(sheet="新媒体", org=UNIT)[0].pk, "round": round_.pk,
    }  # fmt: skip
    return [path.format(**names) for path in READS]


def _load(round_id: int, paths: list[str], readers: int, writers: int, requests: int) -> dict[str, list[Any]]:
    """Path → (milliseconds, processor milliseconds) of every request."""
    from django.db import connection

    from duwang.console.records.models import FindingRow

    times: dict[str, list[Any]] = defaultdict(list)
    lock, stop = threading.Lock(), threading.Event()
    first, last = (FindingRow.objects.order_by(way).values_list("pk", flat=True)[0] for way in ("id", "-id"))

    def read(n: int) -> None:
        client, dice = client_of("bench1" if n % 4 == 3 else "bench0"), random.Random(n)
        for turn in range(requests):
            path = paths[turn % len(paths)] if readers == 1 else dice.choice(paths)
            _timed(lambda path: client.get(path), path, times, lock)
        connection.close()

    def write(n: int) -> None:
        client, dice = client_of("bench0"), random.Random(1000 + n)
        while not stop.is_set():
            asked = {"pk": dice.randrange(first, last), "decision": "确认", "round": round_id}
            _timed(lambda path, asked=asked: client.post(path, asked), DECIDE, times, lock)
            stop.wait(0.3)
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


def client_of(username: str) -> Any:
    from django.test import Client

    from duwang.console.people.models import Person

    client = Client(raise_request_exception=False)
    client.force_login(Person.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def _timed(ask: Any, path: str, times: dict[str, list[Any]], lock: threading.Lock) -> None:
    """The request waits its turn for one of the server's threads, as behind `duwang serve`."""
    wall = time.perf_counter()
    status, used = SERVER.submit(_answered, ask, path).result()
    spent = ((time.perf_counter() - wall) * 1000, used)
    with lock:
        times[path].append(spent)
        if status not in (200, 204, 404, 403):
            times[f"错误 {status} {path}"].append(spent)


def _answered(ask: Any, path: str) -> tuple[int, float]:
    used = time.thread_time()
    answer = ask(path)
    answer.close()
    return answer.status_code, (time.thread_time() - used) * 1000


def _table(times: dict[str, list[Any]], title: str) -> None:
    print(f"\n{title}\n{'请求':<58}{'次数':>5}{'p50':>7}{'p95':>7}{'最慢':>7}{'处理器p50':>9}{'处理器p95':>9}（毫秒）")
    for path, spent in sorted(times.items(), key=lambda one: -_share(one[1], 1, 0.95)):
        walls = f"{_share(spent, 0, 0.5):>7.0f}{_share(spent, 0, 0.95):>7.0f}{max(wall for wall, _ in spent):>7.0f}"
        print(f"{path:<58}{len(spent):>5}{walls}{_share(spent, 1, 0.5):>9.0f}{_share(spent, 1, 0.95):>9.0f}")
    faults = sum(len(one) for path, one in times.items() if path.startswith("错误"))
    for name, told in (("读取", _reads(times)), ("决定", times.get(DECIDE, []))):
        if told:
            print(
                f"{name}{len(told)}次：p50 {_share(told, 0, 0.5):.0f}，p95 {_share(told, 0, 0.95):.0f}；"
                f"处理器p50 {_share(told, 1, 0.5):.0f}，p95 {_share(told, 1, 0.95):.0f}，平均{statistics.mean(cpu for _, cpu in told):.1f}毫秒"
            )
    print(f"错误{faults}", flush=True)


def _reads(times: dict[str, list[Any]]) -> list[Any]:
    return [one for path, spent in times.items() if not path.startswith(("错误", DECIDE, TRIVIAL)) for one in spent]


def _share(spent: list[Any], which: int, share: float) -> float:
    """Of the walls (0) or the processor times (1), the one that so large a share stays below."""
    ordered = sorted(one[which] for one in spent)
    return float(ordered[min(len(ordered) - 1, int(len(ordered) * share))])


if __name__ == "__main__":
    main()
