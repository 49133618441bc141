"""Question files: what is read, and every problem named with the file and the question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from evaluation_builders import GAPS, NIEPPE, small_catalogue, small_territory
from run_builders import make_case

from assistant.eligibility.assess import fact_keys
from assistant.reply import MAX_QUESTION_CHARS
from evaluation.errors import CaseError
from evaluation.questions.cases import QUESTIONS_DIR, STRATA, Case, committed_cases, documents_of, read_cases
from evaluation.questions.documents import document_files
from evaluation.questions.facts import Fact

Write = Callable[..., Path]

RIGHT: dict[str, Any] = {
    "id": "direct-001",
    "turns": ["Quel montant pour une halle ?"],
    "commune": NIEPPE.insee,
    "status": "answered",
    "schemes": ["halles"],
    "facts": [{"rate": 40}, {"amount": [60000, 6]}, {"date": "2023"}, {"name": "Ambleville"}],
    "gold": ["halles/Montant"],
    "also": [f"halles/{GAPS}"],
    "verdicts": {"halles": "eligible"},
    "forbidden": [{"amount": 200000}],
    "note": "Le plafond change chaque année.",
}
ESTIMATE = {"cost": 80000, "rate": 30, "amount_max": 24000}
PLAN = {"cost": 350000, "public_max": 280000, "own_min": 70000, "schemes": ["halles"]}
LEAST: dict[str, Any] = {"id": "scope-001", "turns": ["Bonjour", "Et la météo ?"], "status": "out_of_scope"}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_rows(*rows: Any, name: str = "questions.yaml") -> Path:
        path = tmp_path / name
        path.write_text(yaml.safe_dump(list(rows), allow_unicode=True), encoding="utf-8")
        return path

    return write_rows


def read(*paths: Path) -> list[Case]:
    return read_cases(paths, small_catalogue(), small_territory())


def problems(*paths: Path) -> list[str]:
    with pytest.raises(CaseError) as raised:
        read(*paths)
    return str(raised.value).splitlines()


# --- reading --------------------------------------------------------------------------------------


def test_a_case_is_read_as_written(write: Write) -> None:
    whole, least = read(write(RIGHT, LEAST))
    assert whole.status == ("answered",)
    assert whole.facts[1] == Fact(kind="amount", values=(60000.0, 6.0))
    assert (whole.gold, whole.also) == (("halles/Montant",), (f"halles/{GAPS}",))
    assert whole.verdicts == {"halles": "eligible"}
    assert (whole.commune, whole.note) == (NIEPPE.insee, "Le plafond change chaque année.")
    assert least.turns == ("Bonjour", "Et la météo ?")
    assert (least.commune, least.facts, least.gold, least.verdicts, least.asks) == (None, (), (), {}, ())


def test_several_files_are_read_in_order(write: Write) -> None:
    first = write(LEAST, name="b.yaml")
    second = write(RIGHT, name="a.yaml")
    assert [case.id for case in read(first, second)] == ["scope-001", "direct-001"]


def test_several_statuses_may_be_right(write: Write) -> None:
    (case,) = read(write({**RIGHT, "status": ["clarification", "answered"], "asks": ["population"]}))
    assert case.status == ("clarification", "answered")
    assert case.asks == ("population",)


def test_a_date_that_yaml_takes_for_one_stays_as_written(tmp_path: Path) -> None:
    path = tmp_path / "dates.yaml"
    path.write_text(
        "- {id: sms-001, turns: [quand], status: answered, facts: [{date: 2026-01-28}, {date: 2026}]}\n",
        encoding="utf-8",
    )
    assert [fact.values for fact in read(path)[0].facts] == [("2026-01-28",), ("2026",)]


def test_what_an_answer_must_add_up_to_is_read(write: Write) -> None:
    (case,) = read(
        write(
            {
                **RIGHT,
                "id": "combine-001",
                "act": "combine",
                "aspect": "cumul",
                "gold_first": [{"amount": 24000}],
                "estimate": {"halles": ESTIMATE, "haies": {"cost": 900, "amount_max": 0}},
                "plan": PLAN,
                "next": True,
            }
        )
    )
    assert (case.act, case.aspect, case.next) == ("combine", "cumul", True)
    assert [str(fact) for fact in case.first] == ["24\u00a0000\u00a0€"]
    assert (case.estimate["halles"].rate, case.estimate["haies"].rate) == (30, None)
    assert case.plan is not None
    assert (case.plan.public_max, case.plan.own_min) == (280000, 70000)


def test_what_a_first_line_must_state_is_a_fact_unless_it_is_told_apart(write: Write) -> None:
    (case,) = read(write(RIGHT))
    assert case.first == case.facts


def test_a_conversation_has_a_status_of_its_own(write: Write) -> None:
    (case,) = read(write({"id": "talk-001", "turns": ["Bonjour"], "status": "conversation", "act": "social"}))
    assert case.status == ("conversation",)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "talk-001"},
        {"act": "about_assistant"},
        {"status": ["answered", "unanswerable"]},
        {"status": ["answered", "clarification"], "asks": ["cost"]},
        {"verdicts": {"halles": "eligible"}},
        {"estimate": {"halles": ESTIMATE}},
        {"plan": PLAN},
    ],
)
def test_an_answer_needs_no_fact_where_something_else_is_expected(
    write: Write, change: dict[str, object]
) -> None:
    assert read(write({**RIGHT, "facts": [], "verdicts": {}, **change}))


def test_a_question_on_a_document_names_it_and_its_headings(write: Write) -> None:
    row = {
        "id": "page-001",
        "turns": ["Au bout de combien d’années ?"],
        "status": "answered",
        "documents": ["fiche-biens-sans-maitre.txt"],
        "facts": [{"number": 30}],
        "gold": ["fiche-biens-sans-maitre.txt/Passez à l'action"],
        "also": ["fiche-biens-sans-maitre/*"],
    }
    (case,) = read(write(row))
    assert case.documents == case.asked_documents == ("fiche-biens-sans-maitre",)
    assert case.gold == ("fiche-biens-sans-maitre/Passez à l'action",)
    assert case.is_on_documents
    assert documents_of([case]) == document_files()
    assert documents_of([make_case("direct-001")]) == ()
    del row["documents"]
    assert read(write(row))[0].asked_documents == ("fiche-biens-sans-maitre",)
    row["gold"] = row["also"] = []
    (line,) = problems(write(row))
    assert "Nommez-le dans « documents » ou dans « gold »" in line


def test_the_key_of_a_criterion_may_be_written_with_its_prefix() -> None:
    case = make_case("commune-001", status="clarification", asks=["fact:commune_rurale", "population"])
    assert case.asks == ("commune_rurale", "population")


# --- problems -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"schemes": ["piscines"]}, "dispositif inconnu « piscines »"),
        ({"verdicts": {"piscines": "eligible"}}, "dispositif inconnu « piscines »"),
        ({"gold": ["halles/Prix"]}, "passage inconnu « halles/Prix »"),
        ({"gold": ["haies/Démarche"]}, "passage inconnu « haies/Démarche »"),
        ({"gold": ["Montant"]}, "passage inconnu « Montant »"),
        ({"also": ["halles/montant"]}, "passage inconnu « halles/montant »"),
        ({"commune": "59999"}, "code INSEE inconnu « 59999 »"),
        ({"commune": "Nieppe"}, "champ « commune »"),
        ({"commune": 59431}, "champ « commune »"),
        ({"status": "maybe"}, "champ « status.0 »"),
        ({"status": ["answered", "maybe"]}, "champ « status.1 »"),
        ({"status": []}, "champ « status »"),
        ({"verdicts": {"halles": "oui"}}, "champ « verdicts.halles »"),
        ({"facts": [{"taux": 40}]}, "champ « facts.0 » : un fait s’écrit avec une seule clé parmi amount"),
        ({"facts": [{"rate": 40}, {"rate": "40 %"}]}, "champ « facts.1 » : « 40 % » n’est pas un nombre"),
        ({"forbidden": [{"date": "hier"}]}, "champ « forbidden.0 » : « hier » n’est pas une date"),
        ({"forbidden": [{"rate": 40}]}, "un même fait est attendu et interdit"),
        ({"forbidden": [{"name": "AMBLEVILLE"}]}, "un même fait est attendu et interdit"),
        ({"forbidden": [{"rate": [39, 40]}]}, "un même fait est attendu et interdit : 39"),
        ({"forbidden": [{"amount": 6}]}, "un même fait est attendu et interdit : 6"),
        (
            {"forbidden": [{"date": "2023-02-30"}]},
            "champ « forbidden.0 » : « 2023-02-30 » n’est pas une date",
        ),
        ({"facts": [{"name": None}]}, "champ « facts.0 » : une valeur est vide"),
        (
            {"status": ["answered", "clarification"], "asks": ["population", "humeur"]},
            "« asks » nomme un fait inconnu, « humeur »",
        ),
        ({"asks": ["population"]}, "« asks » n’a de sens qu’avec le statut clarification"),
        ({"id": "autre-001"}, "champ « id » : il s’écrit genre-001, le genre parmi direct, sms,"),
        ({"id": "direct-1"}, "champ « id »"),
        ({"turns": []}, "champ « turns »"),
        ({"turns": ["Bonjour", " "]}, "champ « turns » : la question du tour 2 est vide"),
        ({"turns": ["a" * (MAX_QUESTION_CHARS + 1)]}, f"dépasse {MAX_QUESTION_CHARS} caractères"),
        ({"turns": ["a"] * 11}, "champ « turns »"),
        ({"golds": []}, "champ « golds » : champ inconnu"),
        ({"act": "demander"}, "champ « act » : valeur inconnue, à choisir parmi ask_scheme, find_schemes,"),
        ({"aspect": "prix"}, "champ « aspect » : valeur inconnue, à choisir parmi what, who, amount,"),
        ({"next": "peut-être"}, "champ « next » : valeur incorrecte"),
        ({"documents": ["fiche-piscines"]}, "document inconnu « fiche-piscines »"),
        ({"gold": ["fiche-biens-sans-maitre/Prix"]}, "passage inconnu « fiche-biens-sans-maitre/Prix »"),
        (
            {"gold_first": [{"taux": 40}]},
            "champ « gold_first.0 » : un fait s’écrit avec une seule clé parmi amount",
        ),
        (
            {"gold_first": [{"amount": 24000}], "forbidden": [{"amount": 24000}]},
            "un même fait est attendu et interdit",
        ),
        ({"facts": [], "verdicts": {}}, "une réponse est attendue, et rien de ce qu’elle doit dire"),
        ({"estimate": {"piscines": ESTIMATE}}, "dispositif inconnu « piscines »"),
        (
            {"estimate": {"halles": {**ESTIMATE, "amount_max": 25000}}},
            "« estimate » de « halles » se contredit : 25000 € dépasse 30 % du coût, 24000 €",
        ),
        (
            {"estimate": {"halles": {"cost": 80000, "amount_max": 90000}}},
            "« estimate » de « halles » se contredit : 90000 € dépasse le coût, 80000 €",
        ),
        ({"estimate": {"halles": {"cost": 0, "amount_max": 0}}}, "champ « estimate.halles.cost »"),
        ({"estimate": {"halles": {**ESTIMATE, "rate": 130}}}, "champ « estimate.halles.rate »"),
        ({"plan": {**PLAN, "schemes": ["piscines"]}}, "dispositif inconnu « piscines »"),
        ({"plan": {**PLAN, "own_min": 80000}}, "« plan » se contredit"),
        ({"plan": {"cost": 350000, "own_min": 0}}, "champ « plan.public_max » : champ obligatoire absent"),
    ],
)
def test_a_problem_is_named_with_the_file_and_the_question(
    write: Write, change: dict[str, object], words: str
) -> None:
    row = {**RIGHT, **change}
    path = write(row)
    (line,) = problems(path)
    assert line.startswith(f"{path}: question {row['id']}: ")
    assert words in line


@pytest.mark.parametrize("missing", ["id", "turns", "status"])
def test_a_missing_field_is_named(write: Write, missing: str) -> None:
    path = write(
        LEAST | {"id": "scope-002"}, {name: value for name, value in RIGHT.items() if name != missing}
    )
    name = "n° 2" if missing == "id" else "direct-001"
    assert problems(path) == [f"{path}: question {name}: champ « {missing} » : champ obligatoire absent."]


def test_what_is_no_question_is_named_by_its_number(write: Write) -> None:
    path = write(LEAST, "une phrase")
    (line,) = problems(path)
    assert line.startswith(f"{path}: question n° 2: champ « question »")


def test_an_identifier_serves_once(write: Write) -> None:
    path = write(RIGHT, RIGHT)
    assert problems(path) == [
        f"{path}: question direct-001: cet identifiant existe déjà. Changez son numéro."
    ]


def test_an_identifier_serves_once_over_all_the_files(write: Write) -> None:
    first, second = write(RIGHT, name="a.yaml"), write(LEAST, RIGHT, name="b.yaml")
    (line,) = problems(first, second)
    assert line.startswith(f"{second}: question direct-001: cet identifiant existe déjà")


def test_every_problem_is_told_at_once(write: Write) -> None:
    first = write(
        {**RIGHT, "schemes": ["piscines", "stades"], "commune": "59999"},
        {**RIGHT, "id": "direct-002", "status": "maybe", "facts": [{"taux": 1}]},
        name="a.yaml",
    )
    second = write({**RIGHT, "id": "direct-003", "gold": ["halles/Prix"]}, name="b.yaml")
    lines = problems(first, second)
    told = [
        ("direct-001", "« piscines »"),
        ("direct-001", "« stades »"),
        ("direct-001", "« 59999 »"),
        ("direct-002", "« status.0 »"),
        ("direct-002", "« facts.0 »"),
        ("direct-003", "« halles/Prix »"),
    ]
    assert len(lines) == len(told)
    for name, words in told:
        assert any(f"question {name}: " in line and words in line for line in lines), words
    assert [line.partition(":")[0] for line in lines] == [str(first)] * 5 + [str(second)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- id: direct-001\n  turns: [a\n  status: answered\n", 3),
        ("- id: direct-001\n\tturns: [a]\n", 2),
        ('- id: direct-001\n  turns: ["a]\n', 3),
        ("- {id: a}\n- id: b: c\n", 2),
    ],
)
def test_malformed_yaml_is_named_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    assert problems(path) == [f"{path}:{line}: YAML mal formé. Relisez cette ligne."]


def test_an_impossible_date_is_named_with_its_question(tmp_path: Path) -> None:
    path = tmp_path / "dates.yaml"
    path.write_text(
        "- {id: sms-001, turns: [quand], status: answered, facts: [{date: 2026-02-30}]}\n", encoding="utf-8"
    )
    (line,) = problems(path)
    assert line.startswith(f"{path}: question sms-001: champ « facts.0 » : « 2026-02-30 » n’est pas une date")
    path.write_text("- {id: sms-001, note: !!timestamp 2026-02-30}\n", encoding="utf-8")
    (line,) = problems(path)
    assert line.startswith(f"{path}: une date ou un nombre est impossible")


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("- id: direct-001\n  turns: [a]\n  id: direct-002\n", 3, "id"),
        ("- id: direct-001\n  facts:\n    - {rate: 30, rate: 40}\n", 3, "rate"),
        ("- id: direct-001\n  verdicts: {halles: eligible, 'halles': not_eligible}\n", 2, "halles"),
    ],
)
def test_a_repeated_key_is_refused(tmp_path: Path, text: str, line: int, key: str) -> None:
    path = tmp_path / "twice.yaml"
    path.write_text(text, encoding="utf-8")
    assert problems(path) == [f"{path}:{line}: clé « {key} » répétée. Gardez-en une seule."]


def test_what_may_be_asked(write: Write) -> None:
    asks = ["population", "epci_population", "beneficiary", "commune", "project", "cost", "scheme"]
    asks += sorted(fact_keys(small_catalogue().schemes))
    (case,) = read(write({**RIGHT, "status": "clarification", "asks": asks}))
    assert case.asks == tuple(asks)


@pytest.mark.parametrize(
    "text", ["", "# rien\n", "[]\n", "id: direct-001\nstatus: answered\n", "une phrase\n"]
)
def test_a_file_without_a_list_of_questions_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "empty.yaml"
    path.write_text(text, encoding="utf-8")
    (line,) = problems(path)
    assert line.startswith(f"« {path} » ne contient pas de liste de questions")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("- id: é".encode("latin-1"))
    for wrong in (path, tmp_path / "nowhere.yaml", tmp_path):
        (line,) = problems(wrong)
        assert line.startswith(f"« {wrong} » est illisible")


# --- strata and halves ----------------------------------------------------------------------------


@pytest.mark.parametrize("stratum", STRATA)
def test_the_stratum_is_that_of_the_identifier(stratum: str) -> None:
    assert make_case(f"{stratum}-042").stratum == stratum


def test_the_half_of_a_question_never_changes() -> None:
    """Drawn once for all: a draw that moved questions would spoil the half that is only reported."""
    drawn = {
        "overview-001": "test",
        "overview-002": "dev",
        "talk-001": "dev",
        "talk-003": "test",
        "page-001": "test",
        "amount-002": "dev",
        "contact-144": "dev",  # the nearest to the edge on either side
        "contact-033": "test",
        "fresh-001": "dev",
        "fresh-002": "test",
        "updated-001": "dev",
        "updated-002": "test",
    }
    assert {name: make_case(name).split for name in drawn} == drawn
    assert make_case("talk-003", "Une autre question", status="unanswerable").split == "test"


FIRST = {"direct", "sms", "multi", "compare", "commune", "unknown", "scope"}


def test_the_first_strata_serve_the_work_whole_and_the_others_by_half() -> None:
    assert len(STRATA) == len(FIRST) + 12
    for stratum in STRATA:
        dev = sum(make_case(f"{stratum}-{number:03}").split == "dev" for number in range(1000))
        assert dev == 1000 if stratum in FIRST else 450 < dev < 550


# --- the committed set ----------------------------------------------------------------------------

LEAST_BY_STRATUM = {
    "direct": 80,
    "sms": 50,
    "multi": 40,
    "compare": 30,
    "commune": 60,
    "unknown": 30,
    "scope": 30,
}


@pytest.fixture(scope="module")
def committed() -> list[Case]:
    return committed_cases()


@pytest.mark.slow
def test_the_committed_set_is_large_enough(committed: list[Case]) -> None:
    counts = Counter(case.stratum for case in committed)
    assert len(committed) >= 320
    assert LEAST_BY_STRATUM.keys() == FIRST
    assert {name: counts[name] for name in FIRST if counts[name] < LEAST_BY_STRATUM[name]} == {}


@pytest.mark.slow
def test_the_committed_identifiers_are_unique(committed: list[Case]) -> None:
    written = [
        row["id"] for path in QUESTIONS_DIR.glob("*.yaml") for row in yaml.safe_load(path.read_text("utf-8"))
    ]
    assert len(set(written)) == len(written) == len(committed)
    assert {case.id for case in committed} == set(written)


@pytest.mark.slow
def test_the_committed_halves(committed: list[Case]) -> None:
    dev = committed_cases("dev")
    kept = [case for case in committed if case.split == "test"]
    assert {case.split for case in dev} == {"dev"}
    assert sorted(case.id for case in (*dev, *kept)) == sorted(case.id for case in committed)
    assert not FIRST & {case.stratum for case in kept}


def test_a_half_without_a_question_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "- {id: scope-001, turns: [la météo], status: out_of_scope}\n"
    (tmp_path / "scope.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("evaluation.questions.cases.QUESTIONS_DIR", tmp_path)
    assert [case.id for case in committed_cases("dev")] == ["scope-001"]
    with pytest.raises(CaseError, match="Le jeu « test » ne contient aucune question"):
        committed_cases("test")


@pytest.mark.slow
def test_no_question_is_asked_twice_in_the_same_place(committed: list[Case]) -> None:
    asked = Counter((case.turns, case.commune) for case in committed)
    assert [turns for (turns, _), count in asked.items() if count > 1] == []


@pytest.mark.slow
def test_a_committed_question_expects_something(committed: list[Case]) -> None:
    for case in committed:
        if case.status == ("answered",) and case.stratum in FIRST:
            assert case.gold, case.id
            assert case.schemes, case.id
        if case.stratum == "commune":
            assert case.verdicts, case.id
        if case.stratum == "multi":
            assert len(case.turns) > 1, case.id
        if case.stratum == "scope":
            assert {"out_of_scope", "unanswerable"} & set(case.status), case.id
