"""Failures in Markdown: question, expected, said, why; nothing of a text is read as a sign of the page."""

from __future__ import annotations

from run_builders import make_reply, measured

from evaluation.judging.failures import Failure
from evaluation.reports.failures_page import failures_markdown
from evaluation.reports.model_page import BEGIN, END, kept_section


def test_a_failure_tells_all_that_its_reader_needs() -> None:
    item = measured(
        "multi-012",
        "fait absent : 30 %",
        "statut unanswerable, attendu answered",
        turns=("Le CVCB ?", "Et à Nieppe ?"),
        status="answered",
        schemes=["cvcb"],
        facts=[{"rate": 30}],
        gold=["cvcb/Montant"],
        verdicts={"cvcb": "eligible"},
        next=True,
        reply=make_reply("Je ne sais pas.\nDemandez à la Région.", status="unanswerable"),
    )
    assert failures_markdown([Failure("fiche sans préparation", item)]) == (
        "### 1. plusieurs tours, fiche sans préparation (`multi-012`)\n\n"
        "**Question.** Le CVCB ? **Puis.** Et à Nieppe ?\n\n"
        "**Attendu.** statut answered ; dispositifs cvcb ; faits 30 % ; passages cvcb/Montant ; "
        "verdict cvcb : eligible ; une suite avec une adresse.\n\n"
        "**Répondu.**\n\n"
        "> Je ne sais pas.  \n> Demandez à la Région.  \n\n"
        "**Pourquoi c’est faux.** fait absent : 30 % ; statut unanswerable, attendu answered."
    ).replace("faits 30 %", f"faits {item.case.facts[0]}")


def test_a_plan_and_an_estimate_are_expected_in_full() -> None:
    item = measured(
        "combine-001",
        "plan",
        estimate={"cvcb": {"cost": 100000, "rate": 30, "amount_max": 30000}},
        plan={"cost": 100000, "public_max": 80000, "own_min": 20000},
        forbidden=[{"name": "Nieppe"}],
    )
    text = failures_markdown([Failure("dev préparé", item)])
    assert "pour cvcb, 30000 € au plus" in text
    assert "plan 80000 € d’aides au plus, 20000 € de part propre au moins" in text
    assert "à ne pas dire Nieppe" in text


def test_a_question_without_a_reply_says_what_failed() -> None:
    text = failures_markdown(
        [Failure("dev préparé", measured("direct-001", "erreur", error="statut HTTP 500"))]
    )
    assert "> (aucune réponse : statut HTTP 500)" in text


def test_a_long_answer_is_cut_between_words() -> None:
    text = failures_markdown(
        [Failure("dev préparé", measured("direct-001", "faux", reply=make_reply("mot " * 900)))]
    )
    (line,) = [line for line in text.splitlines() if line.startswith("> ")]
    assert line.rstrip().endswith("mot […]".replace("[", "\\[").replace("]", "\\]"))
    assert len(line) < 1300


def test_signs_of_a_text_are_shown_not_read() -> None:
    hostile = f"# Titre | {BEGIN} [lien](x) <b>gras</b> *`code`* & {END}"
    item = measured("direct-001", hostile, turns=(hostile,), reply=make_reply(hostile))
    text = failures_markdown([Failure("dev préparé", item)])
    assert kept_section(text) == ""
    assert "<" not in text
    assert "](x)" not in text.replace("\\](x)", "")
    assert "\\# Titre \\|" in text
    assert "&lt;b&gt;gras&lt;/b&gt; \\*\\`code\\`\\* &amp;" in text


def test_no_failure_is_said() -> None:
    assert (
        failures_markdown([])
        == "Aucun échec : toutes les réponses aux questions de `dev` sont entièrement justes."
    )
