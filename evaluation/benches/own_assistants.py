"""Assistants of this machine on one Chroma server, behind Caddy on the file that is shipped, as processes."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from evaluation.benches.own_server import free_port, started_command
from evaluation.errors import TargetGone

PREFIX = "/aides"
_CADDYFILE = Path(__file__).parents[2] / "deploy" / "Caddyfile"
_UPSTREAMS = re.compile(r"(?<=reverse_proxy )[^{\n]{1,200}(?= \{)")
_START_S = 180.0
# Its address on this machine alone, no certificate, nothing written beside what is measured.
_CADDY_HERE = "{\n\tadmin off\n\tauto_https off\n\tdefault_bind 127.0.0.1\n}\n"


class OwnAssistant:
    """``assistant serve`` with a folder of its own, at an address that stays the same."""

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        """Name its folder, and its settings by variable; nothing is started."""
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}{PREFIX}"
        own = {"ASSISTANT_INDEX_DIR": str(folder / "index"), "ASSISTANT_ROOT_PATH": PREFIX}
        self._variables = {**variables, **own}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it doesn't answer yet."""
        self._process = started_command("serve", self._variables, "--port", str(self.port))

    def wait(self) -> None:
        """Wait until it's ready.

        Raises:
            TargetGone: it doesn't start.
        """
        _wait(f"{self.address}/readyz", self._process)

    def kill(self) -> None:
        """Kill it (SIGKILL); nothing if it isn't there."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def caddyfile(ports: Sequence[int]) -> str:
    """What is shipped for Caddy, its assistants being those at these ports of this machine."""
    upstreams = " ".join(f"127.0.0.1:{port}" for port in ports)
    return _CADDY_HERE + _UPSTREAMS.sub(upstreams, _CADDYFILE.read_text(encoding="utf-8"))


@contextmanager
def own_caddy(folder: Path, program: str, ports: Sequence[int]) -> Iterator[str]:
    """Run Caddy before assistants, and give the address where they are published.

    Args:
        folder: where it may write.
        program: the path of Caddy.
        ports: of the assistants.

    Raises:
        TargetGone: it doesn't start.
    """
    site = f"http://127.0.0.1:{free_port()}"
    written = folder / "Caddyfile"
    written.write_text(caddyfile(ports), encoding="utf-8")
    places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(folder))
    server = subprocess.Popen(  # noqa: S603 - the proxy that was named
        [program, "run", "--adapter", "caddyfile", "--config", str(written)],
        env={**os.environ, **places, "SITE": site},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"{site}{PREFIX}/readyz", server)
        yield f"{site}{PREFIX}"
    finally:
        server.terminate()
        server.wait()


def _wait(address: str, process: subprocess.Popen[bytes] | None) -> None:
    limit = time.monotonic() + _START_S
    while time.monotonic() < limit and process is not None and process.poll() is None:
        try:
            if httpx.get(address, timeout=10).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise TargetGone(f"Rien ne répond à « {address} » : le programme n’a pas démarré.")
