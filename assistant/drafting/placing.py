"""The section of a fiche that each statement goes to: by what it says, then by the heading that it stands under."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.choosing.asked_sections import section_shares
from assistant.choosing.headings import Headings
from assistant.reading.stated.statement import Statement, plain

_HEADINGS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (section, re.compile(words))
    for section, words in (
        (
            "Dépenses exclues",
            r"\b(?:non |in)(?:eligibles?|retenue?s?|prises? en compte|finance\w{0,3})\b|\bexclu\w{0,5}|\bn'est pas (?:finance|aide|pris)",
        ),
        ("Cumul", r"\bcumul\w{0,5}|\bautres aides\b|\bautofinancement\b|\bcompatib\w{2,6}"),
        (
            "Montant",
            r"\bmontants?\b|\btaux\b|\bcombien\b|\bcalcul\b|\bplafonds?\b|\bparticipation\b|\bbudget\b|\bmodalites financieres\b|\bintensite\b|\bsoutien (?:financier|de la|du|regional)\b|\bappui (?:propose|financier)\b",
        ),
        (
            "Calendrier",
            r"\bcalendrier\b|\bdates?\b|\bquand\b|\bdelais?\b|\bperiodes?\b|\becheanc\w{1,4}|\bdepot des (?:dossiers|demandes|candidatures)\b",
        ),
        (
            "Bénéficiaires",
            r"\bbeneficiaires?\b|\bpour qui\b|(?<!ce )\bqui (?:est|peut|sont)\b|\bs'adresse\b|\bdemandeurs?\b|\bporteurs? de projet|\bconditions?\b|\bcriteres?\b|\beligibilite\b|\b(?:communes|collectivites|entreprises) (?:eligibles|concernees)\b",
        ),
        (
            "Dépenses éligibles",
            r"\bdepenses?\b|\bprojets?\b|\boperations?\b|\btravaux\b|\binvestissements?\b|\bfinance\w{0,3}\b|\bsubventionnables?\b|\bquoi\b",
        ),
        (
            "Démarche",
            r"\bdemarches?\b|\bdemandes?\b|\bcomment\b|\bdossiers?\b|\bcontacts?\b|\brenseignements?\b|\bdepot\b|\bprocedure\b|\bcandidater\b|\binstruction\b|\bpasser a l'action\b|\bpassez a l'action\b|\bpieces\b",
        ),
        ("Exemples", r"\bexemples?\b|\blaureats\b|\brealisations\b|\bprojets soutenus\b"),
        ("Chiffres clés", r"\bchiffres\b|\bbilan\b|\bresultats\b"),
        (
            "Objet",
            r"\bobjets?\b|\bobjectifs?\b|\bpresentation\b|\bcadre\b|\bcontexte\b|\bpourquoi\b|\bpreambule\b|\ben bref\b|\bprincipe\b|\bqu'est-ce\b|\bsaviez-vous\b|\bfinalites?\b",
        ),
    )
)
_EXCLUDES = re.compile(
    r"\b(?:ne|n')[^.;]{0,30}\b(?:pas|plus|ni|aucun\w{0,2})\b[^.;]{0,40}\b(?:finance\w{0,4}|pris\w{0,2} en (?:charge|compte)|retenu\w{0,2}|admis\w{0,2}|eligibles?|subventionn\w{1,5}|aidee?s?)\b|\bexclue?s?\b"
    r"|\b(?:reste|restent) a la charge\b|\bn'ouvre\w{0,3} (?:pas )?droit\b"
)
_CUMUL = re.compile(
    r"\bcumul\w{0,5}|\baides publiques\b|\bautofinanc\w{0,7}|\btoutes aides\b|\breste a charge\b|\bgarde[^.;]{0,40}a sa charge\b"
)
_CONTACT = re.compile(
    r"@|\bcontact\w{0,4}\b|\btelephone\b|\btel\b|(?<!\d)0\d(?:[ .]\d\d){4}|\brenseignements?\b|\bplateformes?\b|\ben ligne\b|\bportail\b|\bdossiers?\b|\bformulaires?\b|\b[a-z-]{3,40}\.(?:fr|com|eu|org)\b"
)
_PAYS_FOR = re.compile(
    r"\b(?:finance|financent|couvre|couvrent|porte sur|portent sur|sont (?:finances|financees|retenus|retenues|eligibles|pris en charge)|sont eligibles)\b|^sont (?:retenu|finance|eligible|pris|subventionn)"
)
_PROJECTS = re.compile(
    r"\b(?:depenses?|operations?|travaux|investissements?)\b[^.;:]{0,40}\b(?:eligibles?|financ\w{1,4}|retenu\w{0,2}|subventionnables?)\b"
)
_PURPOSE = re.compile(
    r"\b(?:vise|permet|a pour (?:but|objet|objectif)|soutient|aide|accompagne|encourage|contribue|destine\w{0,3})\b"
)
# From this share on, what the trained reader makes of a heading's words is believed.
_BELIEVED = 0.45


class Placer:
    """Tells where the statements of a document go in a fiche."""

    def __init__(self, headings: Headings | None) -> None:
        """Take the trained reader of headings; None to go by words alone."""
        self._headings = headings

    def place(self, statement: Statement, said: Mapping[int, str]) -> str:
        """The section of a statement; empty where nothing tells.

        Args:
            statement: the statement.
            said: by number of statement, the section of the typed values that were found in it.
        """
        folded = statement.folded
        under = self.under(statement)
        if _CUMUL.search(folded):
            return "Cumul"
        if (section := said.get(statement.number)) and not self._is_opening(statement, section, under):
            return section
        if under == "Bénéficiaires" and _PROJECTS.search(folded):
            return "Dépenses éligibles"
        if under in {"Dépenses éligibles", "Montant", ""} and _EXCLUDES.search(folded):
            return "Dépenses exclues"
        if "@" in folded:
            return "Démarche"
        if under == "Calendrier" and _CONTACT.search(folded):
            return "Démarche"
        return under or self._by_words(statement)

    def _is_opening(self, statement: Statement, section: str, under: str) -> bool:
        """Whether a statement that names who may ask says first what the aid is for."""
        is_first = under == "Objet" or (not statement.headings and _PURPOSE.search(statement.folded))
        return section == "Bénéficiaires" and bool(is_first)

    def under(self, statement: Statement) -> str:
        """The section that the headings of a statement announce; empty where they tell none."""
        for heading in reversed(statement.headings):
            if section := self._of_heading(heading):
                return section
        return ""

    def _of_heading(self, heading: str) -> str:
        folded = plain(heading)
        for section, pattern in _HEADINGS:
            if pattern.search(folded):
                return section
        shares = section_shares(heading, self._headings)
        best = max(shares, key=lambda section: shares[section], default="")
        return best if best and shares[best] >= _BELIEVED else ""

    def _by_words(self, statement: Statement) -> str:
        folded = statement.folded
        if _PAYS_FOR.search(folded):
            return "Dépenses éligibles"
        if _CONTACT.search(folded):
            return "Démarche"
        return "Objet" if _PURPOSE.search(folded) else ""
