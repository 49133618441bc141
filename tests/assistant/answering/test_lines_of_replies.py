"""Every kind of reply is lines: its answer is their texts, and each cites what its markers say."""

from __future__ import annotations

import pytest
from pydantic import SecretStr
from scripted_model import Script, scripted
from small_corpus import SmallCorpus, ask

from assistant.answering.engine import Engine
from assistant.events import DeltaEvent, DoneEvent
from assistant.lines import LineKind
from assistant.markers import markers
from assistant.model.calls import Limits
from assistant.model.connection import ChatModel, ModelUse
from assistant.reply import Reply, ReplyStatus

AMOUNT = "Quel est le montant de l’aide aux halles de marché ?"
# A question of each kind, the status of its reply, and the kinds that its lines must have, in order.
KINDS: list[tuple[tuple[str, ...], ReplyStatus, list[LineKind]]] = [
    ((AMOUNT,), "answered", ["statement"]),
    (("Combien donne la Région par plant de haie ?",), "answered", ["statement", "caution"]),
    (("Quelles aides pour construire une halle ou une école ?",), "answered", ["item"]),
    (
        ("Quelle est la différence entre l’aide aux halles et l’aide aux écoles ?",),
        "answered",
        ["heading", "table_head", "table_row"],
    ),
    (("Quel est le taux de l’aide aux lavoirs ?",), "unanswerable", ["unknown", "advice"]),
    (("Quelle heure est-il ?",), "out_of_scope", ["note"]),
    (("aide",), "clarification", ["question"]),
    (("Bonjour",), "conversation", ["note"]),
    (("How much is the grant for the écoles, what is the rate?",), "answered", ["note", "statement"]),
]


def check(reply: Reply) -> None:
    """The answer is the lines; markers, citations of lines and citations of the reply agree."""
    assert reply.answer == "\n".join(line.text for line in reply.lines)
    for line in reply.lines:
        assert line.text.strip()
        assert line.citations == tuple(dict.fromkeys(markers(line.text)))
        assert set(line.citations) == {number for part in line.parts for number in markers(part)}
    cited = {number for line in reply.lines for number in line.citations}
    cited |= {item.citation for shape in reply.eligibility for item in shape.criteria if item.citation}
    assert [item.n for item in reply.citations] == list(range(1, len(reply.citations) + 1))
    assert cited == {item.n for item in reply.citations}
    assert Reply.model_validate_json(reply.model_dump_json()) == reply


@pytest.mark.parametrize(("turns", "status", "kinds"), KINDS, ids=[turns[0] for turns, _, _ in KINDS])
def test_each_kind_of_reply_is_lines_of_its_kinds(
    small_engine: Engine, turns: tuple[str, ...], status: ReplyStatus, kinds: list[LineKind]
) -> None:
    reply = small_engine.reply(ask(*turns))
    check(reply)
    assert reply.status == status
    found = list(dict.fromkeys(line.kind for line in reply.lines))
    assert [kind for kind in found if kind in kinds] == kinds


def test_a_verdict_says_which_of_its_lines_is_what() -> None:
    from verdict_builders import Conversation, commune, commune_of

    asked = Conversation("videoprotection", commune_of(1200)).say("Sommes-nous éligibles à cette aide ?")
    refused = Conversation("videoprotection", commune("59350")).say("Sommes-nous éligibles à cette aide ?")
    for reply in (asked, refused):
        check(reply)
        assert reply.lines[0].kind == "verdict"
        assert [line.kind for line in reply.lines].count("verdict") == 1
    question, *conditions = asked.lines[-4:]
    assert (question.kind, {line.kind for line in conditions}) == ("question", {"condition"})
    assert all(line.citations for line in conditions)
    assert "reason" in {line.kind for line in refused.lines}
    assert not {"question", "condition"} & {line.kind for line in refused.lines}


def test_a_table_has_a_cell_a_scheme_in_every_row(small_engine: Engine) -> None:
    reply = small_engine.reply(ask("Quelle est la différence entre l’aide aux halles et l’aide aux écoles ?"))
    rows = [line for line in reply.lines if line.cells]
    assert rows[0].kind == "table_head"
    assert {len(row.cells) for row in rows} == {3}
    assert rows[0].cells[0] == ""


@pytest.mark.parametrize(
    "said",
    [
        "Pour une halle, la Région payait en 2023 jusqu’à 40 % du coût, dans la limite de 60 000 € [1].",
        "Le taux est de 99 % [1].",
        "- La Région payait en 2023 jusqu’à 40 % du coût d’une halle [1].\n| a | b |",
    ],
    ids=["supported", "false", "disguised"],
)
def test_what_a_model_words_is_lines_too(small_corpus: SmallCorpus, said: str) -> None:
    with scripted(Script(pieces=(said,))) as script:
        chat = ChatModel(script.address, "petit", SecretStr("cle"), Limits(5, 5, 10, 400))
        events = list(small_corpus.engine().worded_by(ModelUse(chat, 1500)).stream(ask(AMOUNT)))
    done = events[-1]
    assert isinstance(done, DoneEvent)
    check(done.reply)
    deltas = [event for event in events if isinstance(event, DeltaEvent)]
    assert "".join(event.text for event in deltas) == done.reply.answer
    assert tuple(event.line for event in deltas if event.line is not None) == done.reply.lines
    assert not {"item", "table_row"} & {line.kind for line in done.reply.lines}
