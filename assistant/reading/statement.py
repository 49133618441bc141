"""Read what a message states of the applicant: inhabitants, who asks, cost, labels, with negations.

Patterns work on folded text (no accents, lower case) and tolerate the spelling of short messages.
"""

from __future__ import annotations

import re
from dataclasses import replace
from math import inf

from assistant.eligibility.facts import Facts, Range, label_key, laureate_key
from corpus.communes.commune import DEPARTMENTS
from corpus.french.folding import fold
from corpus.labels import Beneficiary, TerritoryList

# A number starts where no digit stands before it and gives no digit back: linear on any run of digits or spaces.
_NUMBER = r"(?<!\d)(\d{1,3}(?:[ .\u00a0\u202f]\d{3})++(?!\d)|\d++(?:[.,]\d++)?)\s*+(k|mille)?"
_PEOPLE = r"(?:hab(?:itant|itan|it|s|t|ts)?e?s?\b\.?|hbts?\b|ames?\b|administres?\b|personnes\b)"
_LESS = r"(?P<less>moins d[e']|inferieure? a|en dessous d[e']|sous les|pas (?:plus|tout a fait)(?: d[e'])?|< ?)\s*"
_MORE = r"(?P<more>plus d[e']|superieure? a|au[- ]dessus d[e']|depass\w{1,20}(?: les)?|au moins|> ?)\s*"
_ABOUT = r"(?P<about>environ|presque|a peu pres|autour d[e']|dans les|pres d[e']|quelque)\s*"
_POPULATION = re.compile(rf"(?:{_LESS}|{_MORE}|{_ABOUT})?(?:les |de |d')?{_NUMBER}\s*{_PEOPLE}")
# "on est 1 500", "nous sommes 900", "et si on est 3 500 ?"
_WE_ARE = re.compile(
    rf"\b(?:on est|on et|nous sommes|on n'est que|on compte|nous comptons|commune (?:compte|fait)|on fait|"
    rf"village (?:compte|fait)|population (?:est |de |: ?|d'environ )+)(?: a| que)?\s*"
    rf"(?:{_LESS}|{_MORE}|{_ABOUT})?{_NUMBER}(?!\d|[ .,\u00a0\u202f]\d)(?!\s*(?:%|euros?|€|k€|m€|ans?\b|mois|elus?|commerc|associ|artisan|pour\b|jours?|m2|m²|projets?|communes))"
)
_NOT_OURS = re.compile(r"communes? (?:de|ayant|comptant) $|seuil|reserve")

_IN_DEPARTMENT = re.compile(
    r"\b(?:dans (?:l'|le |la )|(?:commune|village|bourg|ville|maire|mairie|elue?|departement)s? (?:de l'|du |de la |dans l'|dans le |dans la )"
    r"|departement (?:de l'|du |de la ))(oise|aisne|somme|nord|pas-de-calais)\b(?!-)"
)
_MONEY = r"(?:€|euros?\b|eur\b|e\b(?! )|balles\b)"
_AMOUNT = re.compile(
    rf"(?:{_LESS}|{_MORE}|{_ABOUT})?(?:de |d')?(?<!\d)(\d{{1,3}}(?:[ .\u00a0\u202f]\d{{3}})++(?!\d)|\d++(?:[.,]\d++)?)\s*+(k|mille|m|millions?)?\s*+(?:d'|de )?{_MONEY}"
)
_COST_CUE = re.compile(
    r"\b(?:cout\w*|devis|travaux|projet|budget|depens\w+|investi\w*|factur\w*|chiffr\w+|estim\w+|montant|operation|"
    r"programme|prevo\w+|prevu\w*|ht|ttc|achat\w*|materiel|equipement|pour)\b"
)
_AID_CUE = re.compile(
    r"\b(?:subvention|aide|plafond|obten\w+|recev\w+|recu\w*|touch\w+|octroy\w+|accord\w+|verse\w*|ca|chiffre d'affaires)\b"
)

# Who asks. Each pattern is a way to say "I am", then a class of nouns.
_I_AM = (
    r"(?:je suis|j'suis|jsuis|chui|moi c'est|en tant qu[e']|nous sommes|on est|on et|c'est pour|"
    r"je (?:represente|preside|dirige|tiens|gere|travaille (?:pour|a|dans))|au nom d[eu']s?|pour le compte d[eu']|portee? par|"
    r"demand\w+ par|depose\w* par|par|si c'est)"
)
_DET = r"\s*+(?:(?:une?|le|la|l'|les|notre|nos|mon|ma|mes|du|de la|de l'|des|d'une?|de notre|d'|de)\s*+)?"
_ADJ = r"(?:(?:petite?|jeune|nouvelle?|nouveau|ancienne?|simple|grande?|future?|president\w* d\w*(?: la| l'| notre| une?)?|maire d\w*|gerante? d\w*(?: une?)?|patronn?e? d\w*(?: une?)?|tresorier\w* d\w*(?: la| l'| une?)?|responsable d\w*(?: la| l'| une?)?|secretaire d\w*(?: la| l'| une?| notre)?|membre d\w*(?: la| l'| une?)?|charge\w* de mission (?:a|de|pour)(?: la| l')?|technicien\w* (?:a|de)(?: la| l')?)(?:(?<=')\s*|\s+)){0,4}+"
_NOUNS: tuple[tuple[Beneficiary, str], ...] = (
    (
        Beneficiary.FARMER,
        r"agricult\w+|exploitant\w* agricole|eleveu\w+|maraicher\w*|exploitation agricole|gaec",
    ),
    (
        Beneficiary.COMPANY,
        r"boulang\w+|bouch\w+|charcuti\w+|epic\w+|coiffeu\w+|salon de coiffure|restaurat\w+|restaurant|cafetier\w*|"
        r"fleurist\w+|librair\w*|commercant\w*|artisan\w*|gerante?s?|entreprise|societe|sarl|sas|tpe|pme|"
        r"auto[- ]?entrepreneu\w+|micro[- ]?entrepr\w+|entrepreneu\w+|patissi\w+|hotelier\w*|garagist\w+|menuisi\w+|"
        r"plombi\w+|electricien\w*|macon\w*|traiteur\w*|estheticien\w*|cordonni\w+|bijouti\w+|tabac\w*|bar\b|"
        r"creperie|friterie|pizzeria|brasserie|bistrot?|poissonn\w+|fromag\w+|chocolat\w+|primeur|mercerie|quincaill\w+|"
        r"droguerie|pressing|laverie|jardinerie|pharmac\w+|boutique|magasin|commerce",
    ),
    (
        Beneficiary.ASSOCIATION,
        r"association\w*|asso\b|assos\b|assoc\b|comite des fetes|club\b|amicale|federation|collectif|"
        r"foyer rural|union sportive|parents d'eleves",
    ),
    (
        Beneficiary.EPCI,
        r"communaute (?:de|d'agglo\w*|urbaine)(?: communes?)?|comcom|com com|intercommunalite|interco\w*|agglo\w*|epci|"
        r"metropole|cc\b",
    ),
    (Beneficiary.SYNDICATE, r"syndicat\w*|petr\b|pole metropolitain|pays\b(?! de)"),
    (Beneficiary.DEPARTMENT, r"departement\b|conseil departemental"),
    (Beneficiary.LANDLORD, r"proprietaire\w*|bailleur\w*|sci\b|chatelain\w*"),
    (
        Beneficiary.INDIVIDUAL,
        r"particuli\w+|habitante?s?\b|porteu\w+ de projet|simple citoyen\w*|citoyen\w*|riverain\w*|retraite\w*|locataire\w*",
    ),
    (Beneficiary.PUBLIC_BODY, r"etablissement public|universite|hopital|lycee|college|chambre d\w+"),
    (
        Beneficiary.COMMUNE,
        r"maires?\b|adjointe?s?\b|mairie|commune\b|village|conseil\w* municip\w+|elue?s?\b|bourg\b|ville\b",
    ),
)
_OPENING = re.compile(
    r"^\W*(?:bonjour|bonsoir|salut|slt|bjr|allo)?[\s,!.:]*(?:ici |un |une |petite? |la |le )?"
)
_SUBJECT = r"(?:\b(?:une?|la|le|l'|les|notre|nos|cette|des)\s*)"
_MAY = (
    r"[\w' -]{0,40}?\b(?:peut|peuvent|pourrait|pourraient|a(?:-t-elle|-t-il)? droit|ont droit|port(?:e|er|erait|ent)|"
    r"depos\w+|demand\w+|candidat\w+|est(?:-elle|-il)? eligible|sont eligibles|est concerne\w*|touche\w*)\b"
)
_MINE = r"(?:notre|nos|mon|ma)\s+"
_MINE_NOUNS: tuple[tuple[Beneficiary, str], ...] = (
    (
        Beneficiary.COMPANY,
        r"(?<=mon )(?:salon|restaurant|commerce|magasin|fonds de commerce|atelier|institut|garage|bar\b|cafe\b|enseigne|entreprise)|"
        r"(?<=ma )(?:boutique|boulangerie|boucherie|pharmacie|epicerie|vitrine|librairie|tpe|societe|devanture)|"
        r"(?:entreprise|societe|tpe|pme)\b",
    ),
    (Beneficiary.ASSOCIATION, r"(?:association|asso\b|club|comite des fetes|amicale)"),
    (
        Beneficiary.EPCI,
        r"(?:communaute (?:de|d'agglo|urbaine)\w*|comcom|com com|intercommunalite|interco|agglo\w*|epci)",
    ),
    (Beneficiary.SYNDICATE, r"(?:syndicat|petr)"),
    (Beneficiary.COMMUNE, r"(?:commune|village|mairie|bourg|ville|conseil municipal|municipalite|bled)"),
)
_FIRST = tuple((who, re.compile(rf"{_ADJ}(?:{nouns})")) for who, nouns in _NOUNS)
_SPEAKERS = tuple((who, re.compile(rf"\b{_I_AM}{_DET}{_ADJ}(?:{nouns})")) for who, nouns in _NOUNS)
_OWNERS = tuple((who, re.compile(rf"\b{_MINE}(?:{nouns})")) for who, nouns in _MINE_NOUNS)
_SUBJECTS = tuple((who, re.compile(rf"{_SUBJECT}{_ADJ}(?:{nouns}){_MAY}")) for who, nouns in _NOUNS)
_KIN = r"\bm(?:on|a) (?:mari|femme|fils|fille|frere|soeur|pere|mere|conjointe?|compagn\w+|epou\w+|cousine?|voisine?|amie?)"
# "Un traiteur du plateau veut demander": said of someone else, in one go.
_WANTS = (
    r"\b(?:(?!\b(?:on|nous|je|j|mairie|commune|maire|et|que|qui|dont|ou)\b)[\w' -]){0,40}?"
    r"\b(?:peut|peuvent|pourrait|pourraient|veut|veulent|voudrait|voudraient|souhait\w+|a droit|ont droit|aurait droit)"
    r"(?:[- ](?:il|elle)s?)? (?:le |la |l'|en |y )?(?:demand|obten|avoir|touch|recev|benefici|pretend|depos|candidat)\w*"
)
_THIRDS = tuple(
    (who, re.compile(rf"{_SUBJECT}{_ADJ}(?:{nouns}){_WANTS}"))
    for who, nouns in _NOUNS
    if who is not Beneficiary.COMMUNE
)
_LEAVES = re.compile(
    r"[\w' -]{0,30}?\b(?:part|partent|ferm\w+|cess\w+|arret\w+|retraite|quitt\w+|disparai\w+)\b"
)
_MY_BUSINESS = re.compile(
    rf"\b(?:j'(?:ai|avais)|{_KIN} (?:a|avait|tient|gere|possede|reprend|ouvre)) (?:une?|mon|ma|sa|son) {_ADJ}"
    rf"(?:{dict(_NOUNS)[Beneficiary.COMPANY]})|"
    rf"\bcomme (?:patron\w*|{dict(_NOUNS)[Beneficiary.COMPANY]})"
)
_OFFICIAL = re.compile(
    r"\b(?:je suis|en tant qu[e']|chui|jsuis) (?:une?|le|la|l')? ?(?:maire|adjointe?|elue?|secretaire de mairie|conseill\w+ municip)"
)
_WE_THE_TOWN = re.compile(
    r"\bla mairie\b|\ble conseil municipal\b|\bsecretaire de mairie\b|\bla municipalite\b|\ble village\b|\bma commune\b|"
    r"\bnotre commune\b|\bla commune\b|\bpetite commune\b|\bnotre village\b|\bcommune de \d"
)
_NOT_A_SPEAKER = re.compile(r"(?:pas|plus|ni) (?:une?|le|la|l'|de|d')?\s*$")

_LABELS: tuple[tuple[TerritoryList, str], ...] = (
    (TerritoryList.PVD, r"\bpvd\b|petites? villes? de dem(?:ain|in|1)"),
    (TerritoryList.ACV, r"\bacv\b|(?:action )?c(?:oe|e)urs? de villes?"),
    (TerritoryList.VILLAGES_AVENIR, r"villages? d'?\s?avenir"),
    (TerritoryList.FRANCE_SERVICES, r"(?:maison |espace )?france[- ]services?"),
    (
        TerritoryList.CVCB_PHASE_2,
        r"\bcvcb\b|\bcvbc\b|centres?[- ]villes? (?:et|/) centres?[- ]bourgs?|103 (?:communes|laureates)",
    ),
)
_MEMBER = re.compile(
    r"\b(?:on est|on et|nous sommes|sommes|suis|etes|est|commune|ville|etre|fai(?:t|sons) partie|bien|label(?:lisee?s?|s?)|"
    r"laureate?s?|retenue?s?|selectionnee?s?|classee?s?|membres?|signe\w*|dans l[ea])\b"
)
_LAUREATE = re.compile(
    r"\blaureate?s?\b|\bretenue?s?\b|\bselectionnee?s?\b|\ba ete (?:retenu|choisi)\w*|\bfai(?:t|sons) partie\b"
)
NEGATION = re.compile(
    r"\b(?:ne|n'|pas|aucune?|jamais|non|ni|sans|rien|plus de|plus aucun\w*|nan|hors)(?:\b|(?<='))|\bn'"
)
_DEFINING = re.compile(
    r"\bc'est quoi\b|\bquoi\b|\bqu'est[- ]ce\b|\bc'est (?:une?|le|la)\b|\bveut dire\b|\bdifference\b"
)
# A message that only states a label is short.
_SHORT = 14
_CLAUSES = re.compile(
    r"[.!?;:\n]+|,| mais | par contre | en revanche | alors que | donc | sauf | et (?=on |nous |pas |n'|ne |je |non |jamais |aucun|c'est )"
)
_ONE_PHASE = re.compile(r"\bphase|\b(?:2|deuxieme|seconde)\b(?! fois)|\b20\d\d\b")
# What is said of others, or asked of anyone, isn't the applicant's own.
_OF_OTHERS = re.compile(
    r"\b(?:une|des|les|ces|certaines|plusieurs|d'autres|toutes les|\d+) (?:\w+ )?(?:communes?|villes?|villages?)\b"
    r"|\bcombien\b|\bquel(?:le)?s?\b|\bqui (?:est|sont|a|ont)\b|\bliste\b|\bsont\b"
)
_OUR_OWN = re.compile(r"\b(?:on est|on et|on a|nous sommes|nous avons|je suis|suis|sommes|notre|nos|ma)\b")
_TURNOVER = re.compile(r"\s*(?:de |d'|en )?(?:chiffres? d'affaires?|ca\b)")
_ASKING_MEMBERSHIP = re.compile(
    r"\best[- ]ce (?:que|qu')|\bsommes[- ]nous\b|\best[- ]elle\b|\bfaut[- ]il\b|\bdevons[- ]nous\b"
)


def read_statement(text: str, facts: Facts) -> Facts:
    """Return the facts with what a message states; what it doesn't speak of stays as it was."""
    folded = fold(text)
    population = _population(folded)
    if population is not None:
        facts = replace(facts, population=population)
    who = _beneficiary(folded)
    if who is not None:
        facts = replace(facts, beneficiary=who)
    department = _department(folded)
    if department is not None:
        facts = replace(facts, department=department)
    cost = _cost(folded)
    if cost is not None:
        facts = replace(facts, cost=cost)
    return facts.with_claims(_claims(folded))


def is_only_membership(text: str) -> bool:
    """Whether a message only says which labels the applicant has or hasn't."""
    folded = fold(text)
    return bool(_claims(folded)) and "?" not in text and len(folded.split()) <= _SHORT


def clauses(folded: str) -> list[str]:
    """Cut a folded message where a negation stops."""
    return [part.strip() for part in _CLAUSES.split(folded) if part.strip()]


def is_negative(clause: str) -> bool:
    """Whether a clause denies; two negations ("ni classé ni inscrit") are still one denial."""
    return bool(NEGATION.search(clause))


def _population(folded: str) -> Range | None:
    found: Range | None = None
    for pattern in (_POPULATION, _WE_ARE):
        for match in pattern.finditer(folded):
            if not _NOT_OURS.search(folded[max(0, match.start() - 18) : match.start()]):
                found = _range(match, *match.groups()[-2:])
    return found


def _range(match: re.Match[str], digits: str, factor: str | None) -> Range:
    value = float(re.sub(r"[ .\u00a0\u202f](?=\d{3})", "", digits).replace(",", "."))
    value *= {None: 1, "k": 1e3, "mille": 1e3, "m": 1e6, "million": 1e6, "millions": 1e6}.get(factor, 1)
    if match["less"]:
        return Range(0, value - 1)
    if match["more"]:
        return Range(value if "au moins" in match["more"] else value + 1, inf)
    if match["about"]:
        return Range.about(value)
    return Range.exactly(value)


def _department(folded: str) -> str | None:
    """The department that a message says the applicant is in, by its name."""
    found = _IN_DEPARTMENT.search(folded)
    return next((n for n, name in DEPARTMENTS.items() if fold(name) == found[1]), None) if found else None


def _cost(folded: str) -> Range | None:
    """The last amount that is said to be a cost rather than an aid."""
    found: Range | None = None
    for match in _AMOUNT.finditer(folded):
        around = folded[max(0, match.start() - 40) : match.end() + 15]
        if _TURNOVER.match(folded, match.end()):
            continue
        if _COST_CUE.search(around) and not _AID_CUE.search(around[:40]):
            found = _range(match, *match.groups()[-2:])
    return found


def _beneficiary(folded: str) -> Beneficiary | None:
    opening = _OPENING.match(folded)
    if opening is not None and (who := _first_noun(folded[opening.end() :])) is not None:
        return _asked_for(folded) if who is Beneficiary.COMMUNE else who
    if _MY_BUSINESS.search(folded):
        return Beneficiary.COMPANY
    for who, pattern in _SPEAKERS:
        if any(not _NOT_A_SPEAKER.search(folded[: match.start()]) for match in pattern.finditer(folded)):
            return _speaker(who, folded)
    for who, pattern in (*_OWNERS, *_SUBJECTS):
        if pattern.search(folded):
            return who
    return Beneficiary.COMMUNE if _WE_THE_TOWN.search(folded) else None


def _first_noun(text: str) -> Beneficiary | None:
    """The kind of applicant that a text begins with, unless it's said to go: "la boulangère part"."""
    found = ((who, pattern.match(text)) for who, pattern in _FIRST)
    who, noun = next(((who, noun) for who, noun in found if noun is not None), (None, None))
    return None if noun is not None and _LEAVES.match(text, noun.end()) else who


def _asked_for(folded: str) -> Beneficiary:
    """Whom a town hall asks for: someone else who wants the aid or may have it, else itself."""
    return next((who for who, pattern in _THIRDS if pattern.search(folded)), Beneficiary.COMMUNE)


def _speaker(who: Beneficiary, folded: str) -> Beneficiary:
    """A mayor speaks for the commune even with an association's name further on."""
    return Beneficiary.COMMUNE if _OFFICIAL.search(folded) else who


def _claims(folded: str) -> dict[str, bool]:
    """Labels and lists that the applicant says it has or hasn't."""
    claims: dict[str, bool] = {}
    for clause in clauses(folded):
        if _ASKING_MEMBERSHIP.search(clause) or _DEFINING.search(clause):
            continue
        if _OF_OTHERS.search(clause) and not _OUR_OWN.search(clause):
            continue
        for list_id, names in _LABELS:
            match = re.search(names, clause)
            if match is None or not _MEMBER.search(clause[: match.start()] + clause[match.end() :]):
                continue
            if list_id is TerritoryList.CVCB_PHASE_2:
                if not _LAUREATE.search(clause):
                    continue
                denied = is_negative(clause)
                claims[laureate_key(list_id)] = not denied
                if denied and (" ni " in clause or not _ONE_PHASE.search(clause)):
                    claims[laureate_key(TerritoryList.CVCB_PHASE_1)] = False
            else:
                value = not is_negative(clause)
                claims[label_key(list_id)] = value
                claims[laureate_key(list_id)] = value
    return claims
