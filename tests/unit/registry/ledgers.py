"""Small written ledgers for the registry's tests; all names are invented."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl

UNITS = [["名称", "简称", "类型"], ["云岭县人民政府办公室", "县政府办", "政府"], ["云岭县教育局", "县教育局", "部门"]]
SITES = [
    ["网站标识码", "名称", "首页网址", "类型", "主办单位"],
    ["5399210001", "云岭县人民政府网", "http://127.0.0.1:8001/", "门户", "云岭县人民政府办公室"],
    ["5399210002", "云岭县教育局网", "http://127.0.0.1:8002/", "部门", "云岭县教育局"],
]
COLUMNS = [
    ["网站标识码", "栏目名称", "栏目网址", "类别", "一级", "更新期限"],
    ["5399210001", "县内动态", "http://127.0.0.1:8001/dt/", "动态要闻", "是", ""],
    ["5399210001", "通知公告", "http://127.0.0.1:8001/tz/", "通知公告", "是", "6个月"],
    ["5399210001", "通知公告", "http://127.0.0.1:8001/bm/tz/", "通知公告", "否", "不要求"],
]
ACCOUNTS = [
    ["备案单号", "平台", "名称", "主办单位", "开设日期", "采集方式", "采集地址"],
    ["0070743", "微信公众号", "云岭发布", "云岭县人民政府办公室", "2019年3月5日", "订阅", "feeds/a.xml"],
    ["", "微博", "云岭教育", "云岭县教育局", "2020/1/2", "", ""],
]


def csv_folder(folder: Path, encoding: str = "utf-8-sig", **sheets: list[list[str]]) -> Path:
    """A folder of CSVs; the usual small ledger where a sheet is not given."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in {"单位": UNITS, "网站": SITES, "栏目": COLUMNS, "新媒体": ACCOUNTS, **sheets}.items():
        if rows is not None:
            with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as stream:
                csv.writer(stream).writerows(rows)
    return folder


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    """A workbook with the given cells, types kept."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in {"单位": UNITS, "网站": SITES, "栏目": COLUMNS, "新媒体": ACCOUNTS, **sheets}.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)
    return path


def changed(rows: list[list[Any]], row: int, column: str, value: Any) -> list[list[Any]]:
    """The same rows with one cell changed; `row` as Excel counts."""
    copy = [list(line) for line in rows]
    copy[row - 1][copy[0].index(column)] = value
    return copy
