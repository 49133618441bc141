"""``assistant evaluate --model``: the replies without the language model that is set, and with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.commands.options import read_settings
from evaluation.commands.output import save
from evaluation.commands.progress import progress_bar

if TYPE_CHECKING:
    from evaluation.questions.cases import Case


def measure_model(cases: list[Case], set_name: str, publish: Path | None, *, as_json: bool) -> None:
    """Measure both, show them, and write their table in the page of published figures if asked.

    Raises:
        UsageError: no model is set.
        ModelError: the model can't be reached.
    """
    from assistant.model.choice import chat_model, use_of
    from evaluation.benches.model_bench import bench_model
    from evaluation.questions.cases import documents_of
    from evaluation.reports.model_page import model_section, with_section
    from evaluation.runs.own_index import engine_of_fiches

    settings = read_settings()
    model = chat_model(settings)
    if model is None:
        raise click.UsageError("aucun modèle n’est réglé : donnez ASSISTANT_LLM ou ASSISTANT_LLM_BASE_URL")
    model.resolve()
    plain = settings.model_copy(update={"llm": None, "llm_base_url": None})
    with (
        engine_of_fiches(plain, pages=documents_of(cases)) as engine,
        progress_bar(f"questions {set_name}", quiet=as_json) as progress,
    ):
        result = bench_model(cases, engine, use_of(model, settings), set_name, progress)
    section = model_section(result)
    click.echo(result.model_dump_json(indent=1) if as_json else section)
    if publish:
        before = publish.read_text(encoding="utf-8") if publish.exists() else ""
        save(publish, with_section(before, section))
        click.echo(f"Tableau écrit dans « {publish} ».", err=True)
