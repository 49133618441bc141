"""What a question follows on from, what it is about and who asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest
from acts_builders import ReadsAlways, reading
from small_corpus import SmallCorpus, ask

from assistant.messages.questions import WHICH_SCHEME
from assistant.reading.acts import ACTS, ASPECTS, Act, ReadAct
from assistant.reading.french.lexicon import official_words
from assistant.reading.intents import Intent
from assistant.reading.names import SchemeNames
from assistant.reading.understand import Question, understand
from assistant.reply import Asked, Message
from corpus.fiches.catalogue import load_catalogue


@pytest.fixture(scope="module")
def names() -> SchemeNames:
    return SchemeNames(load_catalogue().schemes)


@pytest.fixture
def small(small_corpus: SmallCorpus) -> SchemeNames:
    return SchemeNames(small_corpus.catalogue.schemes)


# --- conversation ---------------------------------------------------------------------------------


def test_a_first_question_is_searched_as_it_is(small: SchemeNames) -> None:
    question = understand(ask("  Quel montant pour les halles ? ").messages, small)
    assert question.text == question.search_text == "Quel montant pour les halles ?"
    assert question.schemes == ("halles",)
    assert not question.carried
    assert question.intents == {Intent.HOW_MUCH}


@pytest.mark.parametrize(
    "follow_up",
    [
        "Et le montant ?",
        "Combien ?",
        "et jusqu'à quand ?",
        "Qui peut en bénéficier ?",
        "mais combien au juste",
    ],
)
def test_a_follow_up_keeps_the_scheme_of_the_turn_before(small: SchemeNames, follow_up: str) -> None:
    question = understand(ask("C’est quoi l’aide aux halles ?", "Une aide.", follow_up).messages, small)
    assert question.schemes == ("halles",)
    assert question.carried
    assert question.text == follow_up


def test_a_scheme_is_carried_over_turns_that_name_none(small: SchemeNames) -> None:
    turns = ("L’aide aux lavoirs ?", "…", "Combien ?", "…", "Et quand ?")
    question = understand(ask(*turns).messages, small)
    assert (question.schemes, question.carried) == (("lavoirs",), True)


def test_the_latest_scheme_named_is_the_one_carried(small: SchemeNames) -> None:
    question = understand(ask("Les lavoirs ?", "…", "Les haies ?", "…", "Combien ?").messages, small)
    assert question.schemes == ("haies",)


def test_what_the_assistant_said_carries_no_scheme(small: SchemeNames) -> None:
    question = understand(ask("Bonjour", "Je connais les halles.", "Combien ?").messages, small)
    assert question.schemes == ()


def test_a_question_that_names_a_scheme_follows_on_from_nothing(small: SchemeNames) -> None:
    question = understand(ask("Les lavoirs ?", "…", "Et pour les haies ?").messages, small)
    assert (question.schemes, question.carried) == (("haies",), False)


def test_a_long_question_on_something_else_carries_nothing(small: SchemeNames) -> None:
    long = "Pouvez-vous me dire quelles aides existent pour rénover une piscine municipale cette année ?"
    question = understand(ask("Les lavoirs ?", "…", long).messages, small)
    assert (question.schemes, question.carried, question.search_text) == ((), False, long)


def test_a_follow_up_without_any_scheme_is_completed_by_the_question_before(small: SchemeNames) -> None:
    question = understand(ask("Une aide pour la piscine ?", "…", "Et combien ?").messages, small)
    assert "piscine" in question.search_text
    assert "combien" in question.search_text
    assert question.text == "Et combien ?"


def test_the_intent_of_the_turn_before_is_kept_when_the_follow_up_has_none(small: SchemeNames) -> None:
    question = understand(ask("Quel montant pour les halles ?", "…", "en 2022").messages, small)
    assert question.intents == {Intent.HOW_MUCH}


def test_the_scheme_chosen_by_the_client_goes_first(small: SchemeNames) -> None:
    question = understand(ask("Combien pour les haies ?").messages, small, "lavoirs")
    assert question.schemes == ("lavoirs", "haies")
    assert understand(ask("Combien ?").messages, small, "lavoirs").schemes == ("lavoirs",)
    assert understand(ask("Les haies ?").messages, small, "haies").schemes == ("haies",)


# --- follow-ups and changes of subject ------------------------------------------------------------


@pytest.mark.parametrize(
    "follow_up",
    [
        "Changeons de sujet : les haies",
        "Rien à voir, mais pour les haies ?",
        "Pas les lavoirs, autre sujet : les haies",
        "Et pour les haies ?",
        "Parlons plutôt des haies",
        "Parlons plutôt de l’aide aux haies.",
    ],
)
def test_a_change_of_subject_leaves_the_scheme_before(small: SchemeNames, follow_up: str) -> None:
    question = understand(ask("Les lavoirs ?", "…", follow_up).messages, small)
    assert (question.schemes, question.carried) == (("haies",), False)


@pytest.mark.parametrize(
    "follow_up",
    [
        "Quelle différence avec les haies ?",
        "Et vs les haies ?",
        "Comment la distinguer de l’aide aux haies ?",
    ],
)
def test_a_comparison_brings_the_scheme_before_along(small: SchemeNames, follow_up: str) -> None:
    question = understand(ask("Les lavoirs ?", "…", follow_up).messages, small)
    assert question.schemes == ("lavoirs", "haies")
    assert Intent.DIFFERENCE in question.intents


@pytest.mark.parametrize(("sure", "expected"), [(0.7, True), (0.3, False)])
def test_schemes_called_by_ordinary_words_are_compared_where_it_is_read_so(
    sure: float, expected: bool
) -> None:
    names = SchemeNames(load_catalogue().schemes, official_words())
    text = "Nature en chemins et le Plan Arbres, que dire au conseil"
    question = understand(ask(text).messages, names, acts=ReadsAlways(reading("compare", sure)))
    assert set(question.schemes) == {"nature-en-chemins", "plan-arbres"}
    assert (Intent.DIFFERENCE in question.intents) is expected


@pytest.mark.parametrize(
    "need", ["Et pour un gymnase ?", "Je voudrais changer la chaudière de la mairie, que faire ?"]
)
def test_a_need_of_another_kind_carries_nothing(small: SchemeNames, need: str) -> None:
    question = understand(ask("Les lavoirs ?", "…", need).messages, small)
    assert (question.schemes, question.carried, question.search_text) == ((), False, need)


@pytest.mark.parametrize("need", ["Et pour une chapelle ?", "Notre calvaire aussi est abîmé, que faire ?"])
def test_a_need_of_the_same_kind_goes_on(small: SchemeNames, need: str) -> None:
    question = understand(ask("Les lavoirs ?", "…", need).messages, small)
    assert (question.schemes, question.carried) == (("lavoirs",), True)


def test_the_scheme_that_a_reply_quotes_is_carried(small: SchemeNames) -> None:
    reply = "D’après «\u00a0Plantation de haies\u00a0», oui. «\u00a0Aide aux halles de marché\u00a0» aussi."
    question = understand(ask("Une aide pour planter ?", reply, "Quel taux ?").messages, small)
    assert (question.schemes, question.carried) == (("haies",), True)


def test_a_label_that_is_no_scheme_of_ours_carries_nothing(small: SchemeNames) -> None:
    turns = ("Une aide pour un pont ?", "«\u00a0Une aide inconnue\u00a0», sans doute.", "Quel taux ?")
    assert understand(ask(*turns).messages, small).schemes == ()


def test_what_the_user_named_goes_before_what_the_reply_quotes(small: SchemeNames) -> None:
    turns = ("Les lavoirs ?", "Voyez «\u00a0Plantation de haies\u00a0».", "Combien ?")
    assert understand(ask(*turns).messages, small).schemes == ("lavoirs",)


def test_what_the_applicant_is_names_no_scheme(names: SchemeNames) -> None:
    question = understand(
        ask("Le CVCB nous aide-t-il ?", "…", "et on est Petite ville de demain").messages, names
    )
    assert (question.schemes, question.carried) == (("cvcb",), True)


@pytest.mark.parametrize(
    ("reply", "answers"), [("Avez-vous une convention ?", True), ("C’est une aide.", False), ("…", False)]
)
def test_a_message_after_a_question_of_ours_answers_it(small: SchemeNames, reply: str, answers: bool) -> None:
    assert understand(ask("Les lavoirs ?", reply, "oui").messages, small).answers_us is answers


def test_a_message_without_a_reply_before_answers_nothing(small: SchemeNames) -> None:
    assert not understand(ask("oui ?").messages, small).answers_us


# --- who speaks, and what of the message asks -----------------------------------------------------


@pytest.mark.parametrize(
    "text", ["On peut ?", "notre église", "J’ai un commerce", "la mairie demande", "moi"]
)
def test_who_speaks_for_the_town_hall(text: str) -> None:
    assert Question(text, text).speaks_of_us


@pytest.mark.parametrize("text", ["Qui peut l’avoir ?", "Les communes de 3 000 habitants", "", "le toit"])
def test_a_question_in_general_is_not_about_us(text: str) -> None:
    assert not Question(text, text).speaks_of_us


def test_the_sentence_that_asks_is_the_focus() -> None:
    text = "Notre toit fuit depuis l’hiver. Quelle aide demander ? Merci d’avance."
    assert Question(text, text).focus.strip() == "Quelle aide demander ?"
    assert Question("Une aide. Vite.", "x").focus == "Une aide. Vite."


def test_the_sections_asked_for_come_once_each() -> None:
    question = Question("x", "x", intents=frozenset({Intent.WHAT, Intent.COVERED}))
    assert sorted(question.sections) == sorted(set(question.sections))
    assert {"Objet", "Dépenses éligibles"} <= set(question.sections)
    assert Question("x", "x").sections == ()


# --- what only tells a need -----------------------------------------------------------------------


def test_a_need_told_without_asking_asks_for_what_exists(names: SchemeNames) -> None:
    told = ask("On veut isoler la salle des fêtes.").messages
    question = understand(told, names, acts=ReadsAlways(reading("find_schemes")))
    assert question.intents == {Intent.LIST}
    assert not understand(told, names, acts=ReadsAlways(reading("give_fact", other=1.0))).intents


def test_no_need_of_ones_own_asks_for_nothing(names: SchemeNames) -> None:
    assert not understand(ask("La salle des fêtes est jolie.").messages, names).intents


def test_a_change_of_mind_leaves_what_was_said_before(names: SchemeNames) -> None:
    text = "Finalement non pour les caméras. Parlons plutôt du gymnase à rénover : quel plafond ?"
    question = understand(ask(text).messages, names)
    assert "camera" not in question.text
    assert "videoprotection" not in question.schemes


def test_what_is_taken_back_is_not_asked(names: SchemeNames) -> None:
    talk = ask("Date limite de l’aide aux caméras ?", "…", "non pas la date, excusez : est-ce ouvert ?")
    assert understand(talk.messages, names).text == "est-ce ouvert ?"


@pytest.mark.parametrize(
    ("follow_up", "text"),
    [
        ("en 2024 plutôt", "Combien de communes aidées en 2024 pour les caméras ?"),
        ("et quel taux en 2024 ?", "et quel taux en 2024 ?"),
        ("en 2023 ou 2024", "en 2023 ou 2024"),
    ],
)
def test_a_year_alone_asks_the_question_before_of_that_year(
    names: SchemeNames, follow_up: str, text: str
) -> None:
    talk = ask("Combien de communes aidées en 2022 pour les caméras ?", "…", follow_up)
    assert understand(talk.messages, names).text == text


class _Sure:
    """A reader that is sure that a message compares, or that it doesn't."""

    def __init__(self, compare: float) -> None:
        self._compare = compare

    def read(self, text: str, *, goes_on: bool = False) -> ReadAct:
        acts = {name: 0.0 for name in ACTS} | {"compare": self._compare, "ask_scheme": 1 - self._compare}
        return ReadAct(acts, dict.fromkeys(ASPECTS, 1 / len(ASPECTS)))


@pytest.mark.parametrize(("compare", "schemes"), [(0.6, ("lavoirs", "haies")), (0.0, ("haies",))])
def test_what_was_said_before_is_compared_unless_the_reader_is_sure_it_is_not(
    small: SchemeNames, compare: float, schemes: tuple[str, ...]
) -> None:
    talk = ask("Les lavoirs ?", "…", "Je mélange tout, c’était pour les haies, où ça se dépose ?")
    assert understand(talk.messages, small, acts=_Sure(compare)).schemes == schemes


def test_what_is_wanted_rather_than_money_is_no_change_of_mind(names: SchemeNames) -> None:
    text = "Qui aide à refaire venir un commerce ? Pas forcément de l’argent, plutôt du conseil"
    assert understand(ask(text).messages, names).text == text


def test_an_answer_to_our_question_goes_on_with_what_was_asked(names: SchemeNames) -> None:
    asked = "La vidéoprotection, on y a droit et à quelle hauteur ?"
    question = understand(ask(asked, "Combien avez-vous d’habitants ?", "4 300").messages, names)
    assert question.text == asked
    assert question.answers_us
    assert Intent.HOW_MUCH in question.intents


# --- what a client sends back with the assistant's message --------------------------------------------


def typed(asked: Asked | None, *schemes: str, text: str = "Voilà ce que disent nos sources.") -> Message:
    """A message of the assistant's, with what its reply asked and was about."""
    return Message(role="assistant", content=text, asked=asked, schemes=schemes)


def user(text: str) -> Message:
    return Message(role="user", content=text)


@pytest.mark.parametrize(
    ("before", "answers"),
    [
        (typed(Asked(about="commune")), True),
        (typed(None, text="Avez-vous une convention ?"), False),
        (typed(None), False),
    ],
)
def test_what_was_asked_is_known_without_a_question_mark(
    small: SchemeNames, before: Message, answers: bool
) -> None:
    question = understand((user("Combien pour les lavoirs ?"), before, user("Nieppe")), small)
    assert question.answers_us is answers


def test_our_questions_in_a_row_go_back_to_what_was_asked(names: SchemeNames) -> None:
    asked = "La vidéoprotection, on y a droit et à quelle hauteur ?"
    told = (typed(Asked(about="commune"), "videoprotection"), typed(Asked(about="need"), "videoprotection"))
    question = understand((user(asked), told[0], user("Nieppe"), told[1], user("oui")), names)
    assert question.text == asked


@pytest.mark.parametrize("choice", ["Plantation de haies", "les haies", "PLANTATION DE HAIES"])
def test_a_scheme_offered_is_chosen(small: SchemeNames, choice: str) -> None:
    offered = Asked(about="scheme", choices=("Plantation de haies", "Aide aux halles de marché"))
    question = understand((user("Quel taux ?"), typed(offered, "haies", "halles"), user(choice)), small)
    assert (question.text, question.schemes) == ("Quel taux ?", ("haies",))


def test_a_scheme_named_after_another_question_is_no_choice(small: SchemeNames) -> None:
    before = typed(Asked(about="commune"), "halles", text=WHICH_SCHEME)
    assert understand((user("Quel taux ?"), before, user("les haies")), small).text == "les haies"


def test_the_scheme_of_a_reply_is_carried_whatever_it_quotes(small: SchemeNames) -> None:
    text = "Voyez «\u00a0Aide aux halles de marché\u00a0», ou «\u00a0Plantation de haies\u00a0»."
    for before in (typed(None, "haies", text=text), typed(Asked(about="commune", scheme="haies"), text=text)):
        question = understand((user("Une aide pour planter ?"), before, user("Quel taux ?")), small)
        assert (question.schemes, question.carried) == (("haies",), True)


def test_a_scheme_that_a_reply_found_without_naming_it_is_not_carried(small: SchemeNames) -> None:
    before = typed(None, "haies")
    assert understand((user("Une aide pour planter ?"), before, user("Quel taux ?")), small).schemes == ()


@pytest.mark.parametrize(
    "before",
    [
        typed(None, "inconnu"),
        typed(None),
        typed(Asked(about="scheme", choices=("Plantation de haies",)), "haies"),
    ],
)
def test_a_reply_about_no_scheme_of_ours_carries_none(small: SchemeNames, before: Message) -> None:
    assert understand((user("Une aide ?"), before, user("Quel taux ?")), small).schemes == ()


@pytest.mark.parametrize("space", ["\u00a0", " ", "\u202f"])
def test_without_it_the_words_are_read_with_any_kind_of_space(small: SchemeNames, space: str) -> None:
    before = f"{WHICH_SCHEME}\n- Plantation de haies\n- Aide aux halles de marché".replace("\u00a0", space)
    question = understand(ask("Quel taux ?", before, "Plantation de haies").messages, small)
    assert (question.text, question.schemes) == ("Quel taux ?", ("haies",))


# --- what is left out ------------------------------------------------------------------------------


@dataclass(frozen=True)
class LeavesOut:
    """Leaves out of each message the schemes told by hand."""

    names: SchemeNames
    by_text: Mapping[str, str]

    def of(self, text: str, before: Sequence[str] = ()) -> frozenset[str]:
        del before
        return frozenset(self.by_text[text].split()) if text in self.by_text else frozenset()

    def without(self, text: str, schemes: frozenset[str]) -> str:
        return self.names.without(text, schemes)

    def named(self, text: str) -> frozenset[str]:
        return frozenset(self.names.find(text))


def understood(
    names: SchemeNames,
    by_text: Mapping[str, str],
    *turns: str,
    act: Act = "find_schemes",
    scheme: str | None = None,
) -> Question:
    out = LeavesOut(names, by_text)
    acts = ReadsAlways(reading(act))
    return understand(ask(*turns).messages, names, scheme, acts, out)  # type: ignore[arg-type]


def test_a_scheme_left_out_is_as_if_it_were_not_named(small: SchemeNames) -> None:
    text = "Sauf l’aide aux halles, qui paie le toit de la place ?"
    question = understood(small, {text: "halles"}, text)
    assert question.schemes == question.subjects == ()
    assert question.apart == {"halles"}
    assert "halles" not in question.search_text
    assert "toit" in question.search_text
    assert question.intents == {Intent.LIST}


def test_the_one_that_is_asked_beside_it_stays_the_subject(small: SchemeNames) -> None:
    text = "Pas l’aide aux halles : quel montant pour l’aide aux lavoirs ?"
    question = understood(small, {text: "halles"}, text, act="ask_scheme")
    assert (question.schemes, question.apart) == (("lavoirs",), {"halles"})
    assert question.intents == {Intent.HOW_MUCH}


def test_what_is_asked_stays_where_no_aid_is_looked_for(small: SchemeNames) -> None:
    text = "L’aide aux halles est refusée, quel montant pour un toit ?"
    question = understood(small, {text: "halles"}, text, act="ask_scheme")
    assert Intent.HOW_MUCH in question.intents
    assert Intent.LIST not in question.intents


def test_nothing_but_what_is_left_out_says_nothing(small: SchemeNames) -> None:
    text = "on a déjà l’aide aux halles, quoi d’autre ?"
    assert understood(small, {text: "halles"}, text, act="ask_scheme").says_nothing
    assert not understood(small, {text: "halles"}, text).says_nothing
    assert not understood(small, {}, text, act="ask_scheme").says_nothing


def test_another_than_the_one_before_is_looked_for_with_what_was_said(small: SchemeNames) -> None:
    turns = ("Qui paie le toit de la place ?", "« Halles »", "autre chose que les halles ?")
    question = understood(small, {turns[-1]: "halles"}, *turns)
    assert (question.schemes, question.carried, question.apart) == ((), False, {"halles"})
    assert "toit" in question.search_text
    assert question.intents == {Intent.LIST}


def test_what_was_left_out_stays_so_until_it_is_asked_about(small: SchemeNames) -> None:
    first = "Sauf l’aide aux halles, qui paie le toit de la place ?"
    question = understood(small, {first: "halles"}, first, "…", "et combien ?")
    assert question.apart == {"halles"}
    assert not question.schemes
    question = understood(
        small, {first: "halles"}, first, "…", "L’aide aux halles, combien ?", act="ask_scheme"
    )
    assert (question.schemes, question.apart) == (("halles",), frozenset())


def test_a_scheme_that_was_chosen_is_never_left_out(small: SchemeNames) -> None:
    text = "Sauf l’aide aux halles, qui paie le toit ?"
    question = understood(small, {text: "halles"}, text, scheme="halles")
    assert (question.schemes, question.apart) == (("halles",), frozenset())
