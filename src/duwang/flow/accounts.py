"""Seeing an account by its route: feed, report of the unit, saved pages, walk-through. Not seen is never fine."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from duwang.flow.ports import Fetcher, Vault
from duwang.flow.work import NewPage, WorkStore
from duwang.model.capturing import Capture, Request, Role
from duwang.model.material import AccountView, Document
from duwang.model.registry import Account, Registry, Route
from duwang.platforms import by_hand, feed

_KEY = "feed"
_MAX_FILE = 30 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class AccountReader:
    """Reads the accounts of one run."""

    registry: Registry
    store: WorkStore
    vault: Vault
    fetcher: Fetcher

    async def gather(self, account: Account) -> None:
        """Fetch what must be fetched; files of the ledger's folder are kept as evidence, too."""
        row = self.store.page(account.ref, _KEY)
        self._keep(account)
        if account.route != Route.FEED or "://" not in account.address or (row and row.state == "done"):
            return
        self.store.add_pages(account.ref, [NewPage(_KEY, account.address, Role.FEED, 0)])
        capture = await self.fetcher.fetch(Request(account.address, Role.FEED, account.ref))
        result: dict[str, Any] = {
            "ok": capture.ok,
            "reason": capture.reason,
            "status": capture.status,
            "type": capture.content_type,
        }
        if capture.body:
            result["sha256"] = self.vault.append(capture)
        self.store.finish(account.ref, _KEY, result)
        self.store.commit(vault_position=self.vault.position())

    def _keep(self, account: Account) -> None:
        """Files that the unit handed in go into the vault; a resumed run keeps them once."""
        path = Path(self.registry.folder) / account.address
        if not self.registry.folder or not account.address or "://" in account.address:
            return
        inside = path.resolve().is_relative_to(Path(self.registry.folder).resolve())
        if not inside or self.store.note(account.ref, "kept"):
            return
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and file.stat().st_size <= _MAX_FILE:
                body = file.read_bytes()
                at = datetime.fromtimestamp(int(file.stat().st_mtime), UTC)
                name = f"file:{account.address}" if file == path else f"file:{account.address}/{file.name}"
                self.vault.append(Capture(name, name, 200, (), body, None, "", at, 0, hashlib.sha256(body).hexdigest()))
        self.store.set_note(account.ref, "kept", True)
        self.store.commit(vault_position=self.vault.position())

    def view(self, account: Account) -> tuple[AccountView, str]:
        """What was seen, and the SHA-256 of the feed or file it was seen in (saved pages carry their own)."""
        if account.route == Route.FEED and "://" in account.address:
            return self._fetched(account)
        posts, failure = self._local(account)
        path = Path(self.registry.folder) / account.address
        one_file = posts is not None and path.is_file()
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest() if one_file else ""
        return AccountView(account, posts, failure, self.registry, self.walked(account)), sha256

    def walked(self, account: Account) -> Mapping[str, str]:
        """What a person noted of the account: in its own walk-through file, or in 走查.csv or 走查.xlsx beside the ledger."""
        names = ["走查.csv", "走查.xlsx"]
        if account.route == Route.BY_HAND and account.address:
            names.insert(0, account.address)
        for name in names:
            rows = self._rows(name)
            if by_hand.is_walk(rows) and (found := by_hand.read_walk(rows, account)):
                return found
        return {}

    def _rows(self, name: str) -> list[by_hand.Line]:
        """Rows of a file beside the ledger; none when it is not there or cannot be read (its own account says so)."""
        path = Path(self.registry.folder) / name
        if not self.registry.folder or not path.is_file() or path.stat().st_size > _MAX_FILE:
            return []
        try:
            return by_hand.rows_of(path.name, path.read_bytes())
        except ValueError:
            return []

    def _fetched(self, account: Account) -> tuple[AccountView, str]:
        row = self.store.page(account.ref, _KEY)
        result: Mapping[str, Any] = (row.result if row else None) or {}
        walked = self.walked(account)
        if not result.get("ok"):
            why = f"订阅地址读取失败：{result.get('reason') or '没有读取'}"
            return AccountView(account, None, why, self.registry, walked), ""
        body = self.vault.read(result["sha256"]) if result.get("sha256") else b""
        posts, failure = _parsed(body, account, str(result.get("type", "")))
        return AccountView(account, posts, failure, self.registry, walked), str(result.get("sha256", ""))

    def _local(self, account: Account) -> tuple[tuple[Document, ...] | None, str]:
        if not account.route:
            return None, "名录没有填写采集方式，账号没有读取"
        if account.route == Route.API:
            return None, "接口授权尚未配置，账号没有读取"
        if account.route == Route.SCREENSHOT:
            return None, "只有截图，需要人工查看"
        if not account.address:
            return None, "名录没有填写采集地址，账号没有读取"
        path = Path(self.registry.folder) / account.address
        if account.route == Route.SAVED_PAGES:
            return self._saved(path, account)
        if not path.is_file():
            return None, f"采集地址“{account.address}”指的文件不存在"
        if path.stat().st_size > _MAX_FILE:
            return None, f"采集文件“{account.address}”超过30MB"
        if account.route == Route.FEED:
            return _parsed(path.read_bytes(), account, "")
        try:
            rows = by_hand.rows_of(path.name, path.read_bytes())
            if account.route == Route.BY_HAND and by_hand.is_walk(rows):
                return by_hand.posts_of_walk(by_hand.read_walk(rows, account), account), ""
            return by_hand.read_report(rows, account), ""
        except ValueError as fault:
            return None, f"采集文件“{account.address}”无法读取：{fault}"

    def _saved(self, folder: Path, account: Account) -> tuple[tuple[Document, ...] | None, str]:
        if not folder.is_dir():
            return None, f"采集地址“{account.address}”指的文件夹不存在"
        files = sorted(
            p for p in folder.iterdir() if p.suffix.lower() in (".htm", ".html", ".mht", ".mhtml") and p.is_file()
        )
        if not files:
            return None, f"采集文件夹“{account.address}”里没有保存的网页"
        return by_hand.read_saved_pages(
            [(path.name, path.read_bytes()) for path in files if path.stat().st_size <= _MAX_FILE], account
        ), ""


def _parsed(body: bytes, account: Account, content_type: str) -> tuple[tuple[Document, ...] | None, str]:
    try:
        return feed.read_feed(body, account=account, content_type=content_type), ""
    except feed.FeedFault as fault:
        return None, f"订阅内容无法解析：{fault}"


def coverage_of(view: AccountView) -> dict[str, Any]:
    """The record of coverage.json for an account."""
    seen = view.posts is not None
    count = len(view.posts or ())
    return {
        "kind": "account",
        "route": view.account.route or "未填写",
        "seen": 1.0 if seen else 0.0,
        "pages": {"known": count if seen else 1, "read": count, "failed": {} if seen else {view.failure: 1}},
        "attachments": {"known": 0, "parsed": 0, "failed": {}},
        "columns": {"known": 0, "read": 0},
    }
