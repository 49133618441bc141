"""A server that writes without end, or compresses what wasn't asked to be, is cut."""

from __future__ import annotations

import httpx
import pytest
from scripted_model import Script, scripted

from assistant.model.bounded import MOST_BYTES, TooLong, bounded_client


def test_an_answer_is_read_up_to_so_many_bytes() -> None:
    with scripted(Script(raw=b"x" * MOST_BYTES)) as script, bounded_client(5.0) as client:
        assert len(client.post(f"{script.address}/c", json={}).content) == MOST_BYTES


@pytest.mark.parametrize("script", [Script(raw=b"x" * (MOST_BYTES + 1)), Script(endless=True)])
def test_a_longer_one_is_refused(script: Script) -> None:
    with scripted(script), bounded_client(5.0) as client, pytest.raises(TooLong):
        client.post(f"{script.address}/c", json={})


def test_certificates_are_read_once_for_all_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    bounded_client(5.0).close()
    read: list[bool] = []
    monkeypatch.setattr(httpx, "create_ssl_context", lambda: read.append(True))
    bounded_client(5.0).close()
    assert not read
