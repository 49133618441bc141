"""``assistant eligibility``: assess the schemes for a commune, without an index and without a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.commands.options import json_option

if TYPE_CHECKING:
    from pydantic import ValidationError


@click.command("eligibility", short_help="Examine les dispositifs pour une commune.")
@click.option("--commune", metavar="COMMUNE", help="Nom, code INSEE ou code postal, par exemple Nieppe.")
@click.option("--scheme", metavar="ID", help="Un seul dispositif, avec tous ses critères.")
@click.option("--beneficiary", metavar="QUI", help="Qui demande : commune (par défaut), epci, association…")
@click.option(
    "--fact", "facts", multiple=True, metavar="CLÉ=VALEUR", help="Ce que vous savez : population=1500."
)
@click.option("--on", metavar="JOUR", help="Jour de l’examen, AAAA-MM-JJ ; aujourd’hui par défaut.")
@json_option
def command(
    commune: str | None,
    scheme: str | None,
    beneficiary: str | None,
    facts: tuple[str, ...],
    on: str | None,
    as_json: bool,
) -> None:
    """Examine les dispositifs pour une commune : ce qui semble acquis, ce qui reste à vérifier, pourquoi.

    --fact se répète : population, epci_population (habitants), cost (euros), project (thème), ou une
    condition par oui ou non, par exemple --fact label:pvd=oui.
    """
    from pydantic import ValidationError

    from assistant.eligibility.request import EligibilityRequest
    from assistant.eligibility.service import load_service

    try:
        request = EligibilityRequest.model_validate(
            {
                "commune": commune,
                "scheme": scheme,
                "beneficiary": beneficiary,
                "facts": read_pairs(facts),
                "on": on,
            }
        )
    except ValidationError as error:
        raise click.UsageError(_refusal(error)) from error

    from assistant.commands.eligibility_text import eligibility_text
    from assistant.commands.options import read_settings
    from ingest.configured import configured_generations
    from ingest.kept import Kept
    from ingest.kept_catalogue import load_kept_catalogue

    settings = read_settings()
    kept = Kept(configured_generations(settings).kept)
    service = load_service(load_kept_catalogue(kept))
    response = service.check(request)
    if as_json:
        click.echo(response.model_dump_json(indent=2))
    else:
        overview = None if scheme else service.sorted_for(request)
        click.echo(eligibility_text(response, service.catalogue, overview))


def read_pairs(pairs: tuple[str, ...]) -> dict[str, object]:
    """Read ``KEY=VALUE`` pairs; only ``project`` may come several times.

    Raises:
        click.UsageError: a pair is malformed, or a fact is given twice.
    """
    found: dict[str, object] = {}
    projects: list[str] = []
    for pair in pairs:
        key, sign, value = (part.strip() for part in pair.partition("="))
        if not (key and sign and value):
            raise click.UsageError(f"« {pair} » n’a pas la forme CLÉ=VALEUR, par exemple population=1500")
        if key == "project":
            projects += [topic.strip() for topic in value.split(",")]
            found[key] = projects
        elif key in found:
            raise click.UsageError(f"le fait « {key} » est donné deux fois")
        else:
            found[key] = value
    return found


def _refusal(error: ValidationError) -> str:
    from assistant.api.problems import validation_problem

    first = (validation_problem(error.errors()).errors or ())[0]
    return f"« --{(first.pointer or '').removeprefix('#/')} » refusé : {first.detail}"
