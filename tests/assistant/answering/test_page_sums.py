"""What a plain page comes to for the cost told is first, cited and checked; in doubt there is no sum."""

from __future__ import annotations

import pytest
from small_corpus import SmallCorpus, ask

from assistant.answering.engine import Engine
from assistant.reply import Message, Reply

REGULATION = """\
SYNDICAT DU VAL D'AUTHIE
RÈGLEMENT DU FONDS POUR LES HORLOGES ET LES CLOCHES

ARTICLE 1 - BÉNÉFICIAIRES

Les communes de moins de 2 000 habitants peuvent demander le fonds.
Les associations ne sont pas éligibles.

ARTICLE 2 - DÉPENSES

2.1 Sont retenus les travaux sur les horloges et les cloches.

2.2 Ne sont pas retenus : les carillons ; les paratonnerres.

ARTICLE 3 - MONTANT DE L'AIDE

3.1 Le taux de l'aide est de 35 % du montant hors taxes des travaux.

3.2 Il est porté à 45 % lorsque le mécanisme est classé.

3.3 L'aide est plafonnée à 9 000 euros par horloge et à 4 000 euros par cloche.

3.4 Les projets de moins de 1 000 euros hors taxes ne sont pas recevables.
"""
PAGE = """\
<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Plan abreuvoirs</title></head><body><main>
<h1>Plan abreuvoirs : des abreuvoirs dans chaque village</h1>
<p>Le syndicat du Marquenterre aide à restaurer un abreuvoir communal.</p>
<h2>Quel est le taux de l’aide aux abreuvoirs ?</h2>
<table><tr><th>Taille</th><th>Taux d’aide</th><th>Plafond d’aide</th></tr>
<tr><td>Moins de 500 habitants</td><td>70 %</td><td>1 800 €</td></tr>
<tr><td>De 500 à 1 999 habitants</td><td>50 %</td><td>1 500 €</td></tr></table>
<p>La dépense subventionnable pour un abreuvoir est plafonnée à 3 000 € HT.</p>
</main></body></html>
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    root = tmp_path_factory.mktemp("pages")
    regulation, page = root / "horloges.txt", root / "abreuvoirs.html"
    regulation.write_text(REGULATION, encoding="utf-8")
    page.write_text(PAGE, encoding="utf-8")
    corpus = SmallCorpus(root / "corpus")
    corpus.ingest(regulation, page)
    return corpus.engine()


def sums(reply: Reply) -> list[str]:
    return [item.text.replace("\u00a0", " ") for item in reply.lines if item.kind == "amount"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Combien pour réparer une horloge à 20 000 € HT avec le fonds du Val d’Authie ?",
            "Jusqu’à 7 000 € (35 % de 20 000 € HT, plafond 9 000 € par horloge).",
        ),
        (
            "Combien pour une cloche à 20 000 € HT avec le fonds du Val d’Authie ?",
            "Jusqu’à 4 000 € (35 % de 20 000 € HT, plafond 4 000 € par cloche).",
        ),
        (
            "Combien pour une horloge à 800 € HT avec le fonds du Val d’Authie ?",
            "0 € : une dépense de 800 € HT est sous le minimum de 1 000 €.",
        ),
        (
            "Plan abreuvoirs : combien pour un abreuvoir à 2 000 € HT dans une commune de 900 habitants ?",
            "Jusqu’à 1 000 € (50 % de 2 000 € HT, plafond 1 500 €), de 500 à 1 999 habitants.",
        ),
        (
            "Plan abreuvoirs : combien pour un abreuvoir à 9 000 € HT dans une commune de 300 habitants ?",
            "Jusqu’à 1 800 € (70 % de 3 000 € retenus au plus sur 9 000 € HT, plafond 1 800 €), moins de "
            "500 habitants.",
        ),
    ],
)
def test_the_sum_opens_the_answer_with_its_rule(engine: Engine, question: str, told: str) -> None:
    reply = engine.reply(ask(question))
    assert reply.dropped == 0
    assert reply.lines[0].kind == "amount"
    assert sums(reply)[0].startswith(f"{told} [1]")
    quoted = [citation for citation in reply.citations if citation.n in reply.lines[0].citations]
    assert quoted
    assert {citation.scheme_id for citation in quoted} == {None}
    assert not reply.estimates


@pytest.mark.parametrize(
    "question",
    [
        "Combien pour réparer des horloges à 60 000 € HT avec le fonds du Val d’Authie ?",
        "Combien pour un carillon à 20 000 € HT avec le fonds du Val d’Authie ?",
        "Combien pour une horloge au mécanisme classé à 20 000 € HT avec le fonds du Val d’Authie ?",
        "Combien pour une horloge à 20 000 € HT, nous sommes une association, fonds du Val d’Authie ?",
        "Combien pour une horloge à 20 000 € HT dans une commune de 5 000 habitants, fonds du Val d’Authie ?",
        "Combien pour réparer une horloge avec le fonds du Val d’Authie ?",
        "Plan abreuvoirs : combien pour un abreuvoir à 2 000 € HT ?",
    ],
)
def test_in_doubt_no_sum_is_told(engine: Engine, question: str) -> None:
    assert not sums(engine.reply(ask(question)))


def test_a_cost_told_next_is_worked_out_for_what_was_asked(engine: Engine) -> None:
    first = "Combien pour réparer une cloche avec le fonds du Val d’Authie ?"
    asked = ask(first)
    reply = engine.reply(asked)
    turns = (*asked.messages, Message.of_reply(reply), Message(role="user", content="10 000 € HT"))
    (told, *_) = sums(engine.reply(asked.model_copy(update={"messages": turns})))
    assert told.startswith("Jusqu’à 3 500 € (35 % de 10 000 € HT, plafond 4 000 € par cloche).")


def test_a_raise_that_may_apply_is_told_beside(engine: Engine) -> None:
    reply = engine.reply(ask("Combien pour une horloge à 20 000 € HT avec le fonds du Val d’Authie ?"))
    assert "porté à 45" in reply.answer


def test_what_is_left_to_pay(engine: Engine) -> None:
    question = "Combien nous restera-t-il à payer pour une horloge à 20 000 € HT, fonds du Val d’Authie ?"
    reply = engine.reply(ask(question))
    assert any("il resterait au moins 13 000 € à payer" in text for text in sums(reply))
    assert reply.dropped == 0


def test_a_fiche_s_sentences_are_left_to_its_typed_rules(engine: Engine) -> None:
    reply = engine.reply(ask("Combien pour isoler une école à 100 000 € HT ?"))
    assert "25 % des dépenses" in reply.answer
    assert not sums(reply)
