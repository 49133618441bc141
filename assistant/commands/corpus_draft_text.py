"""What ``assistant corpus draft`` says at a terminal: what was found and where, what wasn't, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from assistant.commands.counted import counted
from assistant.drafting.criteria import Written, criteria_of
from assistant.drafting.fiche_text import CONFIDENCE, fiche_values, funding_of, quoted, windows_of
from assistant.drafting.unknown import missing_fields, unknown_of
from corpus.labels import AID_TYPE_LABELS, BENEFICIARY_LABELS, FUNDER_LABELS, TOPIC_LABELS

if TYPE_CHECKING:
    from assistant.drafting.read import Drafted
    from assistant.drafting.shape import Draft
    from assistant.reading.stated.finding import Found

Label = TypeVar("Label", bound=str)
_FIELDS = {
    "funder": "qui paie (funder)",
    "aid_types": "la forme de l’aide (aid_types)",
    "beneficiaries": "qui peut la recevoir (beneficiaries)",
    "topics": "de quoi parlent les projets (topics)",
}


def draft_report(drafted: Drafted, written: str | None, problems: Sequence[str]) -> str:
    """Say what a draft found.

    Args:
        drafted: the draft.
        written: where the fiche was written; None when it was only shown.
        problems: what the check of the fiche says.
    """
    draft = drafted.draft
    lines = [f"Trouvé dans « {draft.source.title} » :"]
    if drafted.loaded.is_recognised:
        lines.append("  (texte reconnu sur une image : relisez chaque chiffre)")
    lines += _found(draft)
    if missing := missing_fields(draft):
        lines += ["", "Pas trouvé, à compléter avant de vérifier la fiche :"]
        lines += [f"  {_FIELDS[name]}" for name in missing]
    lines += ["", "Pas trouvé, écrit dans « Ce que l’on ne sait pas » :"]
    lines += [f"  {text}" for text in unknown_of(draft)]
    lines += _to_check(draft, drafted.loaded.unread)
    lines += ["", *_end(draft, written, problems)]
    return "\n".join(lines).replace("« ", "«\u00a0").replace(" »", "\u00a0»").replace(" :", "\u00a0:")


def _found(draft: Draft) -> Iterator[str]:
    name = draft.name
    yield f"  nom : {name.value} ({CONFIDENCE[name.confidence]})"
    yield f"      {quoted(name.statement) or 'titre du document'}"
    if draft.funder:
        yield _line("financeur", FUNDER_LABELS[draft.funder.value], draft.funder)
    yield from _labelled("forme", draft.forms, AID_TYPE_LABELS)
    yield from _labelled("bénéficiaire", draft.beneficiaries, BENEFICIARY_LABELS)
    yield from _labelled("thème", draft.topics, TOPIC_LABELS)
    for what, written in (
        ("financement", funding_of(draft)),
        ("période", windows_of(draft)),
        ("condition", criteria_of(draft)),
    ):
        for item in written:
            yield from _written(what, item)
    yield from (_line("contact", item.value, item) for item in draft.contacts)


def _labelled(what: str, found: Iterable[Found[Label]], labels: Mapping[Label, str]) -> Iterator[str]:
    yield from (_line(what, labels[item.value], item) for item in found)


def _line(what: str, value: str, item: Found[object]) -> str:
    return f"  {what} : {value} ({CONFIDENCE[item.confidence]})\n      {quoted(item.statement)}"


def _written(what: str, item: Written) -> Iterator[str]:
    yield f"  {what} : {fiche_values(item.values)} ({CONFIDENCE[item.confidence]})"
    if item.values.get("kind") != "manual_check":
        yield from (f"      {quoted(statement)}" for statement in item.statements)


def _to_check(draft: Draft, unread: Sequence[str]) -> Iterator[str]:
    if not (draft.doubts or unread):
        return
    yield from ("", "À vérifier, rien n’en a été écrit dans l’en-tête :")
    for doubt in draft.doubts:
        yield f"  {doubt.why}"
        if doubt.statement is not None:
            yield f"      {quoted(doubt.statement)}"
    yield from (f"  {line}" for line in unread)


def _end(draft: Draft, written: str | None, problems: Sequence[str]) -> Iterator[str]:
    if draft.left_out:
        told = counted(draft.left_out, "énoncé")
        yield f"{told} du document sans place dans une fiche : à relire dans le document."
    if written is None:
        yield "Rien n’est écrit : donnez --out pour enregistrer la fiche."
        return
    yield f"Fiche écrite : {written}"
    if problems:
        yield f"{counted(len(problems), 'point')} à corriger (assistant corpus check {written}) :"
        yield from (f"  {problem}" for problem in problems)
    else:
        yield f"Elle passe la vérification. Relisez-la, puis : assistant corpus check {written}"
