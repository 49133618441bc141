"""Who may receive the aid, from the sentences that say so: never from those that only name someone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.reading.stated.finding import Doubt, Found
from assistant.reading.stated.statement import Unit, plain
from corpus.labels import Beneficiary

_NOUNS: tuple[tuple[Beneficiary, re.Pattern[str]], ...] = tuple(
    (who, re.compile(words))
    for who, words in (
        (
            Beneficiary.EPCI,
            r"\bepci\b|\bintercommunalites?\b|\bcommunautes? (?:de communes|d'agglomerations?|urbaines?)\b|\bmetropoles?\b(?! d)"
            r"|\bgroupements? de (?:communes|collectivites)\b|\b(?:leurs|ses|a leurs|et) groupements?\b"
            r"|\betablissements? publics? de cooperation intercommunale\b",
        ),
        (
            Beneficiary.COMMUNE,
            r"\bcommunes?\b|\bmunicipalites?\b|\bvilles\b|\bmairies?\b|\bcollectivites\b(?! d'outre)",
        ),
        (Beneficiary.SYNDICATE, r"\bsyndicats?\b|\bpetr\b|\bpoles? (?:metropolitains?|territoria\w{1,4})\b"),
        (
            Beneficiary.DEPARTMENT,
            r"\bconseils? departementa\w{1,2}\b|(?<!dans )(?:\b(?:les|aux|des|et)|,) departements\b(?! (?:d'outre|limitrophes))",
        ),
        (
            Beneficiary.PUBLIC_BODY,
            r"\betablissements? publics?\b(?! (?:de cooperation|foncier))|\boperateurs? publics?\b|\bhopita\w{1,2}\b",
        ),
        (Beneficiary.ASSOCIATION, r"\bassociations?\b|\bfondations?\b"),
        (
            Beneficiary.COMPANY,
            r"\bentreprises?\b|\btpe\b|\bpme\b|\bcommercants?\b|\bartisans?\b|\bsocietes?\b|\bindependants\b",
        ),
        (
            Beneficiary.FARMER,
            r"\bagriculteurs?\b|\bagricultrices?\b|\bexploitant\w{0,3} agricoles?\b|\bexploitations? agricoles?\b|\beleveurs?\b",
        ),
        (
            Beneficiary.LANDLORD,
            r"\bproprietaires? (?:prives?|bailleurs?|occupants?)\b|\bbailleurs?\b|\bsci\b",
        ),
        (Beneficiary.INDIVIDUAL, r"\bparticuliers?\b|\bporteurs de projets? prives?\b|\bcitoyens\b"),
    )
)
# Whoever stands after these may have the aid; whoever stands before gives it.
_GIVEN_TO = re.compile(
    r"\bs'adress\w{1,5}(?: \w+){0,4}? (?:a |aux? )|\b(?:reserv|ouvert|destin|attribu|vers|accord)\w{0,5} (?:a |aux? )|\bau profit d|\ben faveur d"
    r"|\b(?:soutient|aide|accompagne|finance) (?:les|des|la|le)\b"
)
_MAY = re.compile(
    r"\bpeu(?:t|vent)(?: \w+)? (?:deposer|beneficier|pretendre|candidater|demander|solliciter|presenter|obtenir|recevoir|etre (?:demandee?s?|sollicitee?s?))\b"
    r"|\beligibles?\b|\bbeneficiaires?\b|\bdemandeurs?\b|\bporteurs de projet\b"
)
_WHO_HEADING = re.compile(
    r"\bbeneficiaires?\b|\bpour qui\b|(?<!ce )\bqui (?:est|peut|sont)\b|\bs'adresse\b|\bdemandeurs?\b|\bporteurs?\b|\beligib\w{2,6}|\bpublics? (?:concerne|vise)"
    r"|\bcandidats?\b|\bcommunes concernees\b|\bmaitres? d'ouvrage\b"
)
_OPENS = re.compile(r"^(?:les |des |aux? |l'|la |le |une? |toutes? les |tous les |seuls? les |seules? les )?")
_REFUSES = re.compile(
    r"\bexclu\w{0,4}|\bne (?:peuvent|peut|sont|sera|seront)\b|\bn'est\b|\bn'ont\b|\bineligib\w{2,3}|\bni les\b"
)
_EXCEPT = re.compile(r"\b(?:sauf|hors|mais pas|et non|a l'exception d\w{1,2}|autres? que)\b[^,.;)]{0,60}")
# Someone named for another part than the applicant's: who agrees, who owns, where it stands.
_BESIDE = re.compile(
    r"\b(?:accord|avis|avec l'appui|avec le soutien|delegation|partenariat|convention\w{0,8}|aupres|validation|autorisation)(?: \w+){0,2}? (?:de|des|du|d'|avec|par|entre|aupres)\b[^.,;()]{0,80}"
    r"|\b(?:dans|sur) (?:une?|la|le|les|des|toutes les|leurs?)(?: \w+)? (?:communes?|villes?|intercommunalites?|territoires?)\b"
    r"|\ba l'echelle (?:de |d')[^.,;]{0,30}|\bassociations? (?:des|de) maires\b|\bassociation fonciere d\w+ \w+\b(?=.{0,40}\bcommission\b)"
    r"|\b(?:appartenant|appartient|propriete|possed\w{1,4}|maires?|charge) (?:a|aux?|des?|d'|du|de la) (?:\w+ )?(?:communes?|collectivites?|entreprises?|particuliers?|associations?)\b"
    r"|\ble plus souvent\b[^.;)]{0,60}|\bappartenant\b[^.;)]{0,80}|\bconfiee?s? a [^.,;]{0,40}|\bfonds propres de [^.,;]{0,20}"
)
_VAGUE = re.compile(r"\bcollectivites\b")
_TOLD = re.compile(r"\bcollectivites \(|\bcommunes?\b")
_IS_PART = re.compile(r"\bgroupements? de communes\b|\bcommunautes? de communes\b|\bsyndicats? de communes\b")


def applicants_in(unit: Unit) -> Iterator[Found[Beneficiary]]:
    """The kinds of applicants that a unit says may receive the aid."""
    folded = unit.folded
    heading = plain(unit.statement.heading)
    if (_GIVEN_TO.search(heading) or _MAY.search(heading)) and not _REFUSES.search(heading):
        yield from (Found(who, unit.statement, "likely") for who in named_in(_receiving(heading)))
    under_who = _WHO_HEADING.search(heading) is not None
    said = f"{unit.lead} : {folded}" if unit.lead and unit.lead not in folded else folded
    says_who = _GIVEN_TO.search(said) is not None or _MAY.search(said) is not None
    if _REFUSES.search(f"{unit.lead} {folded}"):
        return
    if not says_who and not (under_who and _opens_with_someone(folded)):
        return
    for who in named_in(_receiving(folded)):
        yield Found(who, unit.statement)


def _receiving(folded: str) -> str:
    """The part of a text that names who may have the aid: not the one that gives it."""
    given = _GIVEN_TO.search(folded)
    return folded[given.end() - 4 :] if given and not _MAY.search(folded) else folded


def vague_in(unit: Unit) -> Iterator[Doubt]:
    """Words that may name several kinds of applicants: the officer says which."""
    if _VAGUE.search(unit.folded) and not _TOLD.search(unit.folded) and any(applicants_in(unit)):
        yield Doubt(
            "« collectivités » : dites lesquelles (communes, intercommunalités, Départements…)",
            unit.statement,
        )


def named_in(folded: str) -> tuple[Beneficiary, ...]:
    """The kinds of applicants that a folded text names, those named for another part left out."""
    text = _BESIDE.sub(" ", _EXCEPT.sub(" ", folded))
    found = []
    for who, pattern in _NOUNS:
        bare = _IS_PART.sub(" ", text) if who is Beneficiary.COMMUNE else text
        if pattern.search(bare):
            found.append(who)
    return tuple(sorted(found, key=list(Beneficiary).index))


def _opens_with_someone(folded: str) -> bool:
    start = _OPENS.match(folded)
    end = start.end() if start else 0
    return any(pattern.match(folded, end) for _, pattern in _NOUNS)
