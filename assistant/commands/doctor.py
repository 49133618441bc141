"""``assistant doctor``: check the encoder, the index and the language model; list what is installed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.options import index_options, json_option, read_settings

if TYPE_CHECKING:
    from assistant.model.ability import Ability
    from assistant.model.calls import Method
    from assistant.settings import AssistantSettings


@click.command("doctor", short_help="Vérifie l’encodeur, l’index et le modèle de langage.")
@click.option("--repair", is_flag=True, help="Écrit à nouveau ce qui est abîmé dans l’index.")
@click.option("--licences", is_flag=True, help="Liste les paquets installés et leurs licences, rien d’autre.")
@click.option("--sbom", is_flag=True, help="Donne leur nomenclature (CycloneDX, JSON), rien d’autre.")
@index_options
@json_option
def command(
    index_dir: Path | None, collection: str | None, as_json: bool, repair: bool, licences: bool, sbom: bool
) -> int:
    """Vérifie la configuration et dit ce qui ne va pas ; code de sortie 1 s’il y a un défaut."""
    if licences or sbom:
        return _installed(as_bill=sbom)
    settings = read_settings(index_dir=index_dir, collection=collection)
    checks = {"Encodeur": _encoder, "Index": _index, "Modèle de langage": _model}
    results = [_checked(name, check, settings) for name, check in checks.items()]
    if repair:
        results = [
            _checked("Index", _repaired, settings)
            if result["name"] == "Index" and not result["ok"]
            else result
            for result in results
        ]
    if as_json:
        click.echo(json.dumps({"checks": results}, ensure_ascii=False, indent=2))
    else:
        for result in results:
            click.echo(f"{result['name']}\u00a0: {'bon' if result['ok'] else 'défaut'}. {result['detail']}")
    return 0 if all(result["ok"] for result in results) else 1


def _installed(*, as_bill: bool) -> int:
    """List the packages installed; 1 where a licence of theirs would bind the service."""
    from assistant.installed.listing import bound_of, lines_of
    from assistant.installed.packages import installed, needed
    from assistant.installed.sbom import bill_of

    packages = installed()
    serving = needed(packages)
    if as_bill:
        click.echo(json.dumps(bill_of(packages), ensure_ascii=False, indent=2))
        return 0
    click.echo("\n".join(lines_of(packages, serving)))
    return 1 if bound_of(packages, serving) else 0


def _checked(
    name: str, check: Callable[[AssistantSettings], str], settings: AssistantSettings
) -> dict[str, str | bool]:
    from assistant.errors import AssistantError
    from corpus.errors import CorpusError
    from ingest.errors import IngestError

    try:
        return {"name": name, "ok": True, "detail": check(settings)}
    except (AssistantError, IngestError, CorpusError) as error:
        return {"name": name, "ok": False, "detail": str(error)}


def _encoder(settings: AssistantSettings) -> str:
    from ingest.embed import load_embedder
    from ingest.processor import lacks_avx2

    encoder = load_embedder(settings.encoder, settings.encoder_query_prefix, settings.encoder_passage_prefix)
    encoder.embed_question("aide")  # its weights are opened by the first text
    told = f"« {encoder.name} » donne des vecteurs de {encoder.dimension} nombres."
    if lacks_avx2():
        told += " Ce processeur n’a pas AVX2\u00a0: chaque question y prendra plusieurs fois plus de temps."
    return told


def _index(settings: AssistantSettings) -> str:
    from ingest.checking import ailments
    from ingest.configured import configured_generations
    from ingest.embed import load_embedder
    from ingest.errors import ForeignIndex
    from ingest.reader import IndexReader

    embedder = load_embedder(settings.encoder, settings.encoder_query_prefix, settings.encoder_passage_prefix)
    generations = configured_generations(settings)
    reader = IndexReader(generations, embedder)
    if damaged := ailments(generations):
        raise ForeignIndex(
            f"L’index de « {generations.where} » est abîmé ({', '.join(damaged)}). "
            "Relancez : assistant ingest"
        )
    reader.snapshot()
    if not reader.snapshot().manifest.has_vectors:
        return (
            f"Celui de « {generations.where} » s’ouvre, mais ne sert que par les mots\u00a0: ses vecteurs "
            "ne sont pas tous calculés. Si aucune indexation n’est en cours, relancez\u00a0: assistant ingest"
        )
    return f"Celui de « {generations.where} » s’ouvre et va avec l’encodeur."


def _repaired(settings: AssistantSettings) -> str:
    """Write again what is damaged, and look again."""
    from assistant.commands.ingest import describe, run

    report = run(settings, show=False)
    return " ".join([describe(report), *report.unreachable, *report.unread, _index(settings)])


def _model(settings: AssistantSettings) -> str:
    from assistant.model.ability import ability_of
    from assistant.model.choice import chat_model

    model = chat_model(settings)
    if model is None:
        return "Aucun n’est réglé : les réponses citent les fiches mot pour mot."
    name = model.resolve()
    if not settings.llm_chooses:
        return f"« {name} » est proposé par son serveur\u00a0: il rédige, sans choisir les phrases."
    return f"« {name} » répond. {_told(ability_of(model, settings.llm_choose_s), settings.llm_structured)}"


def _told(ability: Ability, method: Method) -> str:
    """What a model can do, in French.

    Raises:
        ModelError: it doesn't answer in form in the way that is set.
    """
    from assistant.errors import ModelError

    if ability.problem is not None:
        raise ability.problem
    ways = ", ".join(
        f"{way} ({seconds:.1f}\u00a0s)".replace(".", ",") for way, seconds in ability.methods.items()
    )
    if method not in ability.methods:
        best = next(iter(ability.methods))
        raise ModelError(
            f"il ne répond pas en forme par «\u00a0{method}\u00a0», mais il le fait par {ways}\u00a0; "
            f"réglez ASSISTANT_LLM_STRUCTURED={best}"
        )
    tools = "il sait" if "function_calling" in ability.methods else "il ne sait pas"
    return f"Il répond en forme par {ways}\u00a0; {tools} appeler des outils."
