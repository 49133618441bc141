"""What was offered is read in the very prompt that was given."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_corpus import SmallCorpus, ask

from assistant.reply import ChatRequest, Message
from evaluation.exchanges.models import OfferKeeper
from evaluation.exchanges.offer import asked_by, read_offer

PROMPT = """\
<donnees-1a2b3c4d>
« Aide aux halles »
1. (Montant (en 2023)) La Région payait 40 % (dans la limite de 60 000 €).
2. (Objet) « Une halle » abrite les marchands.
« Aide aux lavoirs »
3. (Objet) L’aide aux lavoirs est une subvention.
</donnees-1a2b3c4d>
<conversation-donnees-1a2b3c4d>
Mairie : Bonjour
Assistant : Bonjour. Dernière question : laquelle ?
Dernière question : Combien pour une halle ?
</conversation-donnees-1a2b3c4d>
Quelles phrases répondent à la dernière question ? Donne « status » et « statements ».
"""


def test_statements_keep_their_number_their_document_and_their_section() -> None:
    offer = read_offer(PROMPT)
    assert [(item.n, item.document, item.section, item.text) for item in offer.statements] == [
        (1, "Aide aux halles", "Montant (en 2023)", "La Région payait 40 % (dans la limite de 60 000 €)."),
        (2, "Aide aux halles", "Objet", "« Une halle » abrite les marchands."),
        (3, "Aide aux lavoirs", "Objet", "L’aide aux lavoirs est une subvention."),
    ]
    assert offer.question == "Combien pour une halle ?"
    assert offer.turns == ("Mairie : Bonjour", "Assistant : Bonjour. Dernière question : laquelle ?")
    assert offer.asked == ("Bonjour", "Combien pour une halle ?")


def test_an_offer_is_named_by_what_it_holds() -> None:
    assert read_offer(PROMPT).id == read_offer(PROMPT).id
    assert read_offer(PROMPT).id != read_offer(PROMPT.replace("40 %", "30 %")).id
    assert read_offer(PROMPT).id != read_offer(PROMPT.replace("Combien", "Quand")).id


@pytest.mark.slow
def test_a_conversation_is_found_again_by_what_the_user_says(tmp_path: Path) -> None:
    corpus = SmallCorpus(tmp_path)
    corpus.ingest()
    keeper = OfferKeeper()
    engine = corpus.engine().worded_by(keeper.use(3000))
    turns = ("Bonjour", "Qui peut demander <l’aide> aux [halles] de marché ?  ", "a" * 400, "Et le taux ?")
    messages: list[Message] = []
    for turn in turns[:-1]:
        messages += [Message(role="user", content=turn), Message(role="assistant", content="Oui.")]
    engine.reply(ChatRequest(messages=(*messages, Message(role="user", content=turns[-1]))))
    engine.reply(ask("Quel est le montant de l’aide aux halles de marché ?"))
    assert keeper.offers[0].asked == asked_by(turns)
    assert keeper.offers[0].asked == (
        "Qui peut demander (l’aide) aux (halles) de marché ?",
        "a" * 300,
        "Et le taux ?",
    )
    assert keeper.offers[1].asked == ("Quel est le montant de l’aide aux halles de marché ?",)
    assert any("jusqu’à 40 %" in item.text for item in keeper.offers[1].statements)
