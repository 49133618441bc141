"""The way to a reply as plain text, for the terminal: what was read, found, decided and dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.trace import DecisionTrace, ReadTrace, Trace

_DECISIONS = {"answer": "répondre", "not_published": "dire que ce n’est pas publié"}
_MEASURES = {"likelihood": "vraisemblance", "coverage": "mots couverts", "like": "ressemblance"}


def explained(trace: Trace) -> Iterator[str]:
    """Give the lines, a heading before each part that isn't empty."""
    yield from _part("Lu", _read(trace.read))
    yield from _part(
        "Dispositifs",
        (
            f"{'*' if item.is_subject else ' '} {item.likelihood:6.3f}  {item.scheme_id}"
            for item in trace.schemes
        ),
    )
    yield from _part(
        "Passages",
        (
            f"{item.score:8.3f}  {item.document_id} / {item.section}"
            f"  ({', '.join(f'{name} {part:.2f}' for name, part in item.reasons.items())})"
            for item in trace.passages
        ),
    )
    yield from _part(
        "Phrases",
        (
            f"{'*' if item.is_told else ' '} {item.logit:7.2f}  [{item.section}] {item.text}"
            for item in trace.sentences
        ),
    )
    yield from _part("Décisions", map(_decision, trace.decisions))
    yield from _part(
        "Écarté", (f"{item.text} — sans source : {', '.join(item.lacking)}" for item in trace.dropped)
    )


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    told = list(lines)
    if told:
        yield f"\n{title}"
        yield from (f"  {line}" for line in told)


def _read(read: ReadTrace) -> Iterator[str]:
    yield f"message : {read.text}"
    if read.searched != read.text:
        yield f"cherché : {read.searched}"
    yield f"demandé : {', '.join(read.intents) or 'rien de reconnu'}"
    if read.named:
        yield f"{'repris' if read.carried else 'nommé'} : {', '.join(read.named)}"
    if read.by != "trained":
        yield f"lu par : {read.by}"
    if read.answers_us:
        yield "répond à une question de l’assistant"
    if read.commune:
        yield f"commune : {read.commune}"
    yield from (f"{key} : {value}" for key, value in read.facts.items())


def _decision(item: DecisionTrace) -> str:
    sign = "≥" if item.passed else "<"
    verb, measure = _DECISIONS.get(item.decision, item.decision), _MEASURES.get(item.measure, item.measure)
    return f"{verb} : {'oui' if item.passed else 'non'} ({measure} {item.value:.3f} {sign} {item.threshold})"
