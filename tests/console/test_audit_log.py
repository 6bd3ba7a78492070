"""The audit log is a chain: changing, removing or inserting an entry shows."""

from __future__ import annotations

import pytest

from duwang.console.audit.chain import faults, record
from duwang.console.audit.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(db):
    return [record("操作", who="甲", target=f"对象{n}", number=n) for n in range(4)]


def test_an_untouched_chain_is_whole(chain):
    assert faults() == []


def test_a_changed_entry_shows(chain):
    Entry.objects.filter(pk=chain[1].pk).update(target="别的")
    assert faults() == [f"第{chain[1].pk}条被改动过"]


def test_a_removed_entry_shows(chain):
    Entry.objects.filter(pk=chain[1].pk).delete()
    assert faults() == [f"第{chain[2].pk}条之前有记录被删除或插入"]
