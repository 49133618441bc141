"""Names, codes and postcodes typed alone lead to their commune, homonyms to a choice."""

from __future__ import annotations

import random
import unicodedata
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.communes.commune import Commune
from corpus.communes.territory import Territory
from corpus.places.gazetteer import Gazetteer
from corpus.places.name import How, name_key
from corpus.places.resolution import Ambiguous, Found, NotFound, Resolution

pytestmark = pytest.mark.slow


def candidates(resolution: Resolution) -> tuple[Commune, ...]:
    match resolution:
        case Found(commune):
            return (commune,)
        case Ambiguous(found):
            return found
        case NotFound():
            return ()


def bare(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name.replace("œ", "oe").replace("Œ", "oe"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def homonyms(territory: Territory) -> dict[str, set[str]]:
    """The codes of the communes that share a folded name, by name."""
    shared: dict[str, set[str]] = defaultdict(set)
    for commune in territory.communes.values():
        shared[name_key(commune.name)].add(commune.insee)
    return {name: codes for name, codes in shared.items() if len(codes) > 1}


def test_every_official_name_resolves(gazetteer: Gazetteer, territory: Territory) -> None:
    for commune in territory.communes.values():
        assert commune in candidates(gazetteer.find(commune.name)), commune


def test_a_found_name_is_never_another_commune(gazetteer: Gazetteer, territory: Territory) -> None:
    for commune in territory.communes.values():
        resolution = gazetteer.find(commune.name)
        if isinstance(resolution, Found):
            assert resolution.commune is commune


@pytest.mark.parametrize(
    "spelling",
    [
        bare,
        lambda name: bare(name).upper(),
        lambda name: bare(name).replace("-", " ").replace("'", " "),
        lambda name: bare(name).replace("saint", "st").replace("-", " "),
        lambda name: unicodedata.normalize("NFD", name),
        lambda name: name.replace("'", "’"),
    ],
    ids=["folded", "shouted", "spaces", "st", "decomposed", "curly"],
)
def test_names_resolve_however_they_are_typed(
    gazetteer: Gazetteer, territory: Territory, spelling: object
) -> None:
    assert callable(spelling)
    resolved = [c in candidates(gazetteer.find(spelling(c.name))) for c in territory.communes.values()]
    assert sum(resolved) / len(resolved) >= 0.99


def test_every_homonym_is_flagged(gazetteer: Gazetteer, territory: Territory) -> None:
    shared = homonyms(territory)
    assert len(shared) == 56
    for name, codes in shared.items():
        resolution = gazetteer.find(name)
        assert isinstance(resolution, Ambiguous), name
        assert codes <= {commune.insee for commune in resolution.candidates}


def test_the_department_settles_every_name(gazetteer: Gazetteer, territory: Territory) -> None:
    """So a choice, shown as a label, always leads to the commune chosen."""
    for commune in territory.communes.values():
        for text in (commune.label, f"{commune.name} ({commune.department})"):
            assert gazetteer.find(text) == Found(commune, How.NAME), text


def test_every_insee_code_resolves(gazetteer: Gazetteer, territory: Territory) -> None:
    for code, commune in territory.communes.items():
        assert commune in candidates(gazetteer.find(code))


def test_every_postcode_resolves(gazetteer: Gazetteer, territory: Territory) -> None:
    for commune in territory.communes.values():
        for postcode in commune.postcodes:
            found = gazetteer.find(postcode)
            assert commune in candidates(found)
            sharing = [c for c in territory.communes.values() if postcode in c.postcodes]
            assert len(sharing) == 1 or isinstance(found, Ambiguous)


def test_former_communes_lead_to_their_successor(gazetteer: Gazetteer, territory: Territory) -> None:
    for former in territory.former_communes.values():
        successor = territory.communes[former.successor]
        assert successor in candidates(gazetteer.find(former.name)), former
        assert successor in candidates(gazetteer.find(former.insee)), former


def test_one_typo_is_mended(gazetteer: Gazetteer, territory: Territory) -> None:
    """A letter dropped, doubled, changed or swapped, after the first one, in names of 8 or more."""
    chance = random.Random(3)
    tried = mended = wrong = 0
    for commune in territory.communes.values():
        name = commune.name
        if len(name) < 8:
            continue
        place = chance.randrange(1, len(name) - 1)
        slip = chance.choice(
            [
                name[:place] + name[place + 1 :],
                name[:place] + name[place] + name[place:],
                name[:place] + chance.choice("aeinrst") + name[place + 1 :],
                name[:place] + name[place + 1] + name[place] + name[place + 2 :],
            ]
        )
        found = gazetteer.find(slip)
        tried += 1
        mended += commune in candidates(found)
        wrong += isinstance(found, Found) and found.commune is not commune
    assert mended / tried >= 0.97
    assert wrong / tried <= 0.01


@pytest.mark.parametrize(
    ("text", "label", "how"),
    [
        ("Nieppe", "Nieppe (Nord)", How.NAME),
        ("59 850", "Nieppe (Nord)", How.POSTCODE),
        ("59431", "Nieppe (Nord)", How.INSEE),
        ("59850 Nieppe", "Nieppe (Nord)", How.NAME),
        ("St-Quentin", "Saint-Quentin (Aisne)", How.NAME),
        ("Ste Preuve", "Sainte-Preuve (Aisne)", How.NAME),
        ("Villers s/ Authie", "Villers-sur-Authie (Somme)", How.NAME),
        ("Sainghin-en-Mélantois", "Sainghin-en-Mélantois (Nord)", How.NAME),
        ("noyelles lez seclin", "Noyelles-lès-Seclin (Nord)", How.NAME),
        ("Portel", "Le Portel (Pas-de-Calais)", How.WITHOUT_ARTICLE),
        ("Le Touquet", "Le Touquet-Paris-Plage (Pas-de-Calais)", How.SHORT_NAME),
        ("Bohain", "Bohain-en-Vermandois (Aisne)", How.SHORT_NAME),
        ("henin-beaumont", "Hénin-Beaumont (Pas-de-Calais)", How.NAME),
        ("Guignicourt", "Villeneuve-sur-Aisne (Aisne)", How.FORMER_NAME),
        ("Lomme", "Lille (Nord)", How.FORMER_NAME),
        ("mairie d'Albert", "Albert (Somme)", How.NAME),
        ("commune de La Fère", "La Fère (Aisne)", How.NAME),
        ("Niepppe", "Nieppe (Nord)", How.TYPO),
        ("Hazebrouk", "Hazebrouck (Nord)", How.TYPO),
        ("Saint Omer en Chaussé", "Saint-Omer-en-Chaussée (Oise)", How.TYPO),
    ],
)
def test_a_name_alone(gazetteer: Gazetteer, text: str, label: str, how: How) -> None:
    resolution = gazetteer.find(text)
    assert isinstance(resolution, Found)
    assert (resolution.commune.label, resolution.how) == (label, how)


@pytest.mark.parametrize("text", ["", "   ", "?", "99999", "Nantes", "Rennes", "Marseille", "Lans", "xyz"])
def test_nothing_is_guessed(gazetteer: Gazetteer, text: str) -> None:
    assert isinstance(gazetteer.find(text), NotFound)


@pytest.mark.parametrize("text", ["Montreuil", "Bruay", "Quesnoy", "Avesnes"])
def test_a_shortened_name_of_several_communes_is_a_choice(gazetteer: Gazetteer, text: str) -> None:
    assert isinstance(gazetteer.find(text), Ambiguous)


def test_not_found_offers_the_nearest(gazetteer: Gazetteer) -> None:
    resolution = gazetteer.find("Nippe")
    assert isinstance(resolution, NotFound)
    assert "Nieppe" in [commune.name for commune in resolution.nearest]


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=40))
def test_any_text_is_resolved_without_failing(gazetteer: Gazetteer, text: str) -> None:
    assert isinstance(gazetteer.find(text), Found | Ambiguous | NotFound)


def test_search_puts_prefixes_first_and_big_towns_before_small(gazetteer: Gazetteer) -> None:
    assert [commune.name for commune in gazetteer.search("niep")] == ["Nieppe"]
    found = gazetteer.search("saint-q", 3)
    assert found[0].name == "Saint-Quentin"
    assert [c.population for c in found] == sorted((c.population for c in found), reverse=True)
    assert gazetteer.search("beaumont", 20)[-1].name != "Beaumont-Hamel"
    assert "Hénin-Beaumont" in [commune.name for commune in gazetteer.search("beaumont", 20)]


def test_search_knows_codes_former_names_and_limits(gazetteer: Gazetteer) -> None:
    assert gazetteer.search("59431")[0].name == "Nieppe"
    assert "Nieppe" in [commune.name for commune in gazetteer.search("5985")]
    assert gazetteer.search("guignic")[0].name == "Villeneuve-sur-Aisne"
    assert len(gazetteer.search("a", 7)) == 7
    assert gazetteer.search("  ") == gazetteer.search("x", 0) == ()


@pytest.mark.parametrize(
    "text", ["BÃ©thune", "B%E9thune", "B%C3%A9thune", "B&eacute;thune", "HÃ©nin-Beaumont"]
)
def test_a_name_badly_encoded_on_its_way_is_read(gazetteer: Gazetteer, text: str) -> None:
    found = gazetteer.find(text)
    assert isinstance(found, Found)
    assert found.commune.name in {"Béthune", "Hénin-Beaumont"}
