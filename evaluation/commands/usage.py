"""What ``assistant evaluate`` checks of its options before it measures, so that no measure is lost."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from evaluation.judging.gate import Baseline
    from evaluation.questions.cases import Case

_LAST_PORT = 65535


def check_url(url: str) -> None:
    """Refuse an address that no server can have.

    Raises:
        click.UsageError: it isn't ``http(s)://host`` with a port that exists.
    """
    import httpx

    try:
        address = httpx.URL(url)
        address.host.encode("idna")  # as the look-up of the name does it
    except (httpx.InvalidURL, ValueError) as error:
        raise _not_an_address() from error
    known = address.scheme in ("http", "https") and address.host
    if not known or not 1 <= (1 if address.port is None else address.port) <= _LAST_PORT:
        raise _not_an_address()


def check_together(
    set_name: str,
    *,
    url: str | None,
    accept: bool,
    gate: bool,
    sample: int | None,
    with_model: bool,
) -> None:
    """Refuse options that don't go together.

    Raises:
        click.UsageError: two of them don't.
    """
    if accept and (set_name != "dev" or url):
        raise click.UsageError("la référence se fait sur le jeu dev, sans --url : retirez --set ou --url")
    if (sample or with_model) and (accept or gate or url):
        raise click.UsageError("--sample et --model ne vont pas avec --accept, --gate ou --url")


def check_alone(measure: str, others: Mapping[str, object]) -> None:
    """Refuse options that another measure would leave aside without a word.

    Args:
        measure: the option of the measure.
        others: what was given, if anything, by the option that names it.

    Raises:
        click.UsageError: one of them was given.
    """
    given = [option for option, value in others.items() if value]
    if given:
        raise click.UsageError(f"{measure} ne va pas avec {', '.join(given)} : retirez l’un ou l’autre")


def check_prepared(unprepared: str | None, prepared: Path | None) -> None:
    """Refuse a prepared result that nothing is held against.

    Raises:
        click.UsageError: ``--prepared`` was given without ``--unprepared``.
    """
    if prepared and not unprepared:
        raise click.UsageError("--prepared va avec --unprepared : ajoutez --unprepared")


def check_peers(unprepared: str | None, *, with_peers: bool) -> None:
    """Refuse other searches where there is no page to search.

    Raises:
        click.UsageError: ``--peers`` was given without ``--unprepared document``.
    """
    if with_peers and unprepared != "document":
        raise click.UsageError("--peers va avec --unprepared document : ajoutez-le, ou retirez --peers")


def check_whole_dev(set_name: str, sample: int | None, *, accept: bool, gate: bool) -> None:
    """Refuse to accept or to judge what nobody prepared on other questions than those of dev.

    Raises:
        click.UsageError: some other questions, or some of them only, would be asked.
    """
    if (accept or gate) and (set_name != "dev" or sample):
        raise click.UsageError(
            "la référence sans préparation est celle de tout le jeu dev : retirez --set et --sample"
        )


def check_outputs(outputs: Mapping[str, Path | None]) -> None:
    """Refuse a file that can't be written.

    Args:
        outputs: the file to write, if any, by the option that names it.

    Raises:
        click.UsageError: its folder doesn't exist, or writing there isn't allowed.
    """
    for option, path in outputs.items():
        if path is None:
            continue
        try:
            has_folder = path.parent.is_dir()
            writable = os.access(path if path.exists() else path.parent, os.W_OK)
        except OSError:  # a name too long, for instance
            has_folder, writable = True, False
        if not has_folder:
            raise click.UsageError(
                f"{option} : le dossier « {path.parent} » n’existe pas, créez-le ou changez le chemin"
            )
        if not writable:
            raise click.UsageError(f"{option} : « {path} » ne peut pas être écrit, changez le chemin")


def baseline_for(set_name: str) -> Baseline:
    """Read the baseline that a run of a set is held against.

    Raises:
        click.UsageError: the baseline is of another set.
        RunFileError: there is no baseline that can be read.
    """
    from evaluation.judging.gate import read_baseline

    baseline = read_baseline()
    if baseline.set_name != set_name:
        raise click.UsageError(
            f"la référence est celle du jeu « {baseline.set_name} », pas du jeu « {set_name} » : "
            f"mesurez --set {baseline.set_name}, ou retirez --gate"
        )
    return baseline


def without_documents(cases: list[Case]) -> list[Case]:
    """Leave out the questions on plain documents, which only an index of our own holds, and say so.

    Raises:
        CaseError: there is no other question.
    """
    from evaluation.errors import CaseError

    kept = [case for case in cases if not case.is_on_documents]
    if not kept:
        raise CaseError(
            "Toutes les questions de ce jeu portent sur des documents, que cet index n’a pas. "
            "Retirez --url, --index et --collection."
        )
    if left := len(cases) - len(kept):
        one = left == 1
        click.echo(
            f"{left} question{'' if one else 's'} sur des documents {'est' if one else 'sont'} "
            f"mise{'' if one else 's'} de côté : cet index n’a pas ces documents.",
            err=True,
        )
    return kept


def _not_an_address() -> click.UsageError:
    return click.UsageError("--url attend une adresse comme http://127.0.0.1:7860")
