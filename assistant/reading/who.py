"""Read who asks: a town hall, an association, a business, someone for themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.labels import Beneficiary

# Who asks. Each pattern is a way to say "I am", then a class of nouns.
_I_AM = (
    r"(?:je suis|j'suis|jsuis|chui|moi c'est|en tant qu[e']|nous sommes|on est|on et|c'est pour|"
    r"je (?:represente|preside|dirige|tiens|gere|travaille (?:pour|a|dans))|au nom d[eu']s?|pour le compte d[eu']|portee? par|"
    r"demand\w+ par|depose\w* par|par|si c'est)"
)
# The part of it that the speaker says of themselves, whatever the message asks and of whom.
_MYSELF = (
    r"(?:je suis|j'suis|jsuis|chui|moi c'est|en tant qu[e']|nous sommes|on est|on et|c'est pour|"
    r"je (?:represente|preside|dirige|tiens|gere|travaille (?:pour|a|dans))|au nom d[eu']s?|pour le compte d[eu'])"
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
        r"boulang\w+|bouch\w+|charcuti\w+|epic\w+|coiffeu\w+|salon de coiffure|restaurateu\w+|restauratrice\w*|restaurant(?! (?:communal|scolaire|municipal))|cafetier\w*|"
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
_A_PLACE_ALONE = re.compile(
    r"\W*(?:(?:une?|le|la|notre) )?(?:dernier |petite? )?(?:commerce|magasin|boutique|restaurant|epicerie|boulangerie|boucherie|"
    r"cafe|librairie|pharmacie|brasserie|creperie|friterie|pizzeria|bistrot?|bar|tabac|salon de coiffure)s?\W*"
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
        r"(?:entreprise|societe|sarl|eurl|sasu?|tpe|pme)\b",
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
_TOWN = r"(?:commune|village|ville|bourg|mairie|municipalite)\b"
_NAMED = tuple((who, re.compile(rf"\b(?:{nouns})")) for who, nouns in _NOUNS)
_SOMEONE = re.compile(
    rf"\b(?:une?|le|la|l'|notre|mon|ma) (?!{_TOWN}|projet|dossier|aide|subvention|region|departement|etat|montant|taux)"
    r"\w{4,40}(?:\W{1,9}\w{2,20}){0,4}\W{1,9}(?:qui (?:investit|s'installe|veut|voudrait|souhaite)|peut[- ](?:il|elle)\b|peut \w{4,12} )"
)
_SPEAKERS = tuple((who, re.compile(rf"\b{_I_AM}{_DET}{_ADJ}(?:{nouns})")) for who, nouns in _NOUNS)
_SPEAKING = tuple((who, re.compile(rf"\b{_MYSELF}{_DET}{_ADJ}(?:{nouns})")) for who, nouns in _NOUNS)
_OWNERS = tuple((who, re.compile(rf"\b{_MINE}(?:{nouns})")) for who, nouns in _MINE_NOUNS)
_SUBJECTS = tuple((who, re.compile(rf"{_SUBJECT}{_ADJ}(?>{nouns}){_MAY}")) for who, nouns in _NOUNS)
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
# "Boulanger à Don, sommes-nous…", "Une association de Don, …": who speaks, when no verb follows.
_BARE = re.compile(r"^\W*(?:bonjour|bonsoir|salut|slt|bjr|allo)?[\s,!.:]*(?:ici )?(?:une? )?")
_ENDS_SOON = re.compile(
    r"(?: (?:locale?|sportive|culturelle|independante?))?(?: (?:de|d'|a|au|en|sur))*+\s*+[,:;]"
)
# "Avec l’appui de notre interco", "notre association nous aide": someone beside who asks.
_BESIDE = re.compile(r"(?:\b(?:de|a|par|via|avec|pour|chez|dans|selon|sans|que)|\bd'|\bqu')\s*$")
_HELPS_US = re.compile(r"[\w' -]{0,40}?\bnous\b(?! (?:voulons|souhaitons|sommes|avons|pouvons|aimerions))")
_TOGETHER = frozenset({Beneficiary.EPCI, Beneficiary.SYNDICATE})
_TOGETHER_MAY = tuple(pattern for who, pattern in _SUBJECTS if who in _TOGETHER)
_OUR_TOWN = re.compile(rf"\b(?:notre|ma) {_TOWN}|\b{_TOWN}[^.?!;]{{0,40}}\bla notre\b")
_NOT_A_SPEAKER = re.compile(r"(?:pas|plus|ni) (?:une?|le|la|l'|de|d')?\s*$")


def kinds_named(folded: str) -> frozenset[Beneficiary]:
    """The kinds of applicants that a folded text names, whoever speaks."""
    return frozenset(who for who, pattern in _NAMED if pattern.search(folded))


def read_who(folded: str, *, commune_asks: bool = False) -> Beneficiary | None:
    """The kind of applicant that a folded message speaks for; None when it doesn't say.

    Args:
        folded: the message, without its places and the aids that it names.
        commune_asks: whether what it asks is asked of a commune: then only who says "je suis", "notre
            association", is someone else.
    """
    if commune_asks:
        is_town = _WE_THE_TOWN.search(folded) or dict(_SUBJECTS)[Beneficiary.COMMUNE].search(folded)
        return _myself(folded) or (Beneficiary.COMMUNE if is_town else None)
    if _A_PLACE_ALONE.fullmatch(folded):
        return None  # "un commerce": what is to be built or kept, not who asks
    opening = _OPENING.match(folded)
    if opening is not None and (who := _first_noun(folded[opening.end() :])) is not None:
        return _asked_for(folded) if who is Beneficiary.COMMUNE else who
    if _MY_BUSINESS.search(folded):
        return Beneficiary.COMPANY
    for who, pattern in _SPEAKERS:
        if any(not _NOT_A_SPEAKER.search(folded[: match.start()]) for match in pattern.finditer(folded)):
            return _speaker(who, folded)
    for who, pattern in (*_owners(folded), *_SUBJECTS):
        if pattern.search(folded):
            return who
    return Beneficiary.COMMUNE if _WE_THE_TOWN.search(folded) else None


def read_other(folded: str, among: Sequence[Beneficiary]) -> Beneficiary | None:
    """Which of some kinds of applicant a folded message names, whoever speaks; None where it's the town, or none.

    Args:
        folded: the message, without its places and the aids that it names.
        among: the kinds.
    """
    someone = _SOMEONE.search(folded)
    if someone is None and dict(_SUBJECTS)[Beneficiary.COMMUNE].search(folded):
        return None
    named = next((who for who, pattern in _NAMED if who in among and pattern.search(folded)), None)
    # Whoever it is, by their trade: "un serrurier qui investit".
    return named or (among[0] if someone else None)


def _myself(folded: str) -> Beneficiary | None:
    """Who the speaker says, in the first person, that they are; None when only others are named."""
    if _MY_BUSINESS.search(folded):
        return Beneficiary.COMPANY
    opening = _BARE.match(folded)
    start = opening.end() if opening else 0
    nouns = ((who, pattern.match(folded, start)) for who, pattern in _FIRST)
    if who := next((who for who, noun in nouns if noun and _ENDS_SOON.match(folded, noun.end())), None):
        return who
    for who, pattern in _SPEAKING:
        if any(_says_so(who, match, folded) for match in pattern.finditer(folded)):
            return _speaker(who, folded)
    for who, pattern in _owners(folded):
        if any(not _is_beside(match, folded) for match in pattern.finditer(folded)):
            return who
    return None


def _owners(folded: str) -> tuple[tuple[Beneficiary, re.Pattern[str]], ...]:
    """Ways to say "notre…": beside "notre commune", "notre interco" is who asks only when asked about."""
    apart = _OUR_TOWN.search(folded) and not any(pattern.search(folded) for pattern in _TOGETHER_MAY)
    return tuple(item for item in _OWNERS if not (apart and item[0] in _TOGETHER))


def _says_so(who: Beneficiary, said: re.Match[str], folded: str) -> bool:
    """Whether "je suis…" is said and not denied; a commune is a member of its intercommunality."""
    is_member = who in _TOGETHER and "membre" in said[0]
    return not is_member and not _NOT_A_SPEAKER.search(folded[: said.start()])


def _is_beside(owned: re.Match[str], folded: str) -> bool:
    """Whether "notre interco" is told of as someone else: "avec l’appui de…", "… nous aide"."""
    before = folded[max(0, owned.start() - 12) : owned.start()]
    return _BESIDE.search(before) is not None or _HELPS_US.match(folded, owned.end()) is not None


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
