"""Tell what this assistant doesn't deal with: other subjects, other regions, attempts to turn it."""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.reading.topics import find_topics
from corpus.french.folding import fold
from corpus.labels import Topic

# "Mon mari a une crêperie" speaks of a business, not of the household.
_BUSINESS = frozenset({Topic.SHOP, Topic.CRAFT})


class OutOfScope(StrEnum):
    """Why a question isn't for this assistant."""

    ATTACK = "attack"
    OPINION = "opinion"
    PERSONAL = "personal"
    OTHER_REGION = "other_region"
    TASK = "task"
    OTHER = "other"


_ATTACK = re.compile(
    r"(?:ignor|oubli|contourn|desactiv|abandonn)\w{0,20}[^.?!]{0,40}(?:instruction|consigne|regle|filtre|prompt|precedent|securite)"
    r"|\bprompts?\b|\bconsignes? (?:systeme|cachee|internes?)|\bmessage systeme|\bcles? (?:d')?(?:api|secret\w*)|\bapi[_ ]key"
    r"|\bvariables? d'environnement|\bmots? de passe|\bmode (?:maintenance|developpeur|debug|libre|admin\w*|dan\b)"
    r"|<\s*(?:script|img|iframe|svg)|javascript:|\bonerror\b|\bjailbreak|\bpour prouver que\b|\bsans filtres?\b"
    r"|\b(?:tes|vos) (?:reglages?|parametres?|instructions|consignes|regles)\b|\bfais comme si tu\b|\bjoue le role\b"
    r"|\bpretend\w* (?:etre|que tu)|\btu es (?:desormais|maintenant)\b|\bdrop table\b|\bsystem prompt|\bignore (?:all|your|previous)"
    r"|\bautres utilisateurs\b|\bnote cachee\b|\breponds? (?:uniquement|seulement|juste)\b"
)
_OPINION = re.compile(
    r"\bton avis\b|\bpour qui\b.{0,20}\bvot\w+|\bvotre avis\b|\btu (?:penses|voterais|votes|preferes)\b|\bvous (?:pensez|voteriez)\b|\bpresidentielle|\belections?\b"
    r"|\bvoter(?:ais|as|iez|a)? pour\b|\bmacron\b|\ble pen\b|\bmelenchon\b|\bgouvernement\b.{0,30}\bnul|\bparti (?:politique|socialiste)"
    r"|\bqu'en (?:dites|pensez|dis|penses)\b|\bque (?:pensez|dites)[- ]vous\b|\b(?:etes|es)[- ](?:vous|tu) d'accord|\bvous etes d'accord|\bpour ou contre\b"
    r"|\btrouvez[- ]vous (?:normal|juste|que)|\bnormal que\b|\bfaut[- ]il (?:supprimer|interdire|voter)|\bvous confirmez\b|\bmeilleure? (?:maire|elu|president)"
    r"|\bexager\w+|\bpots?[- ]de[- ]vin|\bmagouill\w+|\b(?:mon|un|l') ?adversaire"
    r"|\b(?:rn|lfi|lr|ps)\b.{0,20}\bgagn|\bgagner la region\b|\bgreve\b|\bpresidente? (?:de la region|du conseil|de la republique|du departement)|\bpremiere? ministre|\bqui est (?:le|la) (?:maire|depute|senat|prefet|ministre)\w*"
)
_PERSONAL = re.compile(
    r"\bpasseports?\b|\bcartes? (?:nationale )?d'identite|\bcni\b|\bpermis de conduire|\bcarte grise|\bcarte vitale"
    r"|\bimpots?\b|\btaxe (?:fonciere|d'habitation)|(?<!en )(?<!prend sa )(?<!pris sa )\bretraite\b(?! active)|\bcaf\b|\brsa\b|\bapl\b|\bchomage\b|\bpole emploi|\bfrance travail"
    r"|\ballocations?\b|\bpension\b|\bdivorc\w+|\bnaturalis(?:ation|e|er|ee)\b|\bm(?:on|e) mari(?:age|er)\b|\bacte de mariage|\bacte de naissance|\bextrait de naissance"
    r"|\barret maladie|\bsecu\b|\bsecurite sociale|\bmdph\b|\bhlm\b|\bcrous\b|\bcpf\b|\bchanger de prenom|\bnaissance de (?:mon|ma)|\bsuccession\b"
    r"|\bherit\w+ d|\bcheque energie|\bmon proprietaire\b|\bvoiture electrique quand\b|\bsmic\b"
    r"|\bmaprimerenov\w*|\bma (?:maison|chaudiere|voiture|salle de bain|toiture|cuisine|banque)\b|\bmon (?:appartement|logement|loyer|salaire|jardin|voisin|assurance|chien|chat|fils|mari)\b"
    r"|\bma (?:fille|femme|mere)\b|\bprud'?hom\w+|\bamende\b|\bpermis de construire de mon"
)
# Not what ends a longer name: "l'agence de l'eau Seine-Normandie" is that of the Oise, too.
_REGIONS = re.compile(
    r"(?<!\w-)\b(?:region )?(?:normandie|bretagne|ile[- ]de[- ]france|grand est|occitanie|nouvelle[- ]aquitaine|paca|provence|bourgogne|franche[- ]comte"
    r"|auvergne|rhone[- ]alpes|pays de la loire|centre[- ]val de loire|corse|alsace|wallonie|guadeloupe|martinique|(?:ile de )?la reunion(?! (?:du|de|des|publique|d'|avec|est|sera|a ))|mayotte|belgique)\b"
    r"|\b(?:seine[- ]maritime|val[- ]d'oise|seine[- ]et[- ]marne|marne\b|ardennes)"
)
# "à la frontière belge", "dans la Somme, près de la Normandie": still our region.
_OURS = re.compile(
    r"\bhauts[- ]de[- ]france\b|\b(?:dans|de) (?:la somme|l'aisne|l'oise|le nord|le pas[- ]de[- ]calais)\b"
)
_NEXT_TO = re.compile(
    r"\b(?:limitrophe|frontali\w+|frontiere|voisine?s?|proche|pres|a cote|cote) (?:avec |de |d'|du )?(?:la |l'|le )?[\w-]+"
)
_TASK = re.compile(
    r"\b(?:ecris|redige|ecrivez|redigez|traduis|traduire|resume|code|programme|corrige|dessine|compose|invente|raconte)[- ](?:moi|nous|le|la|les|un|une|ce|cette)\b"
    r"|\b(?:trouve|propose|fais|donne|cherche|corrige|traduisez|corrigez)[- ]moi (?:un|une|le|la|des|trois|cinq)\b|\bcombien font\b|\bresou\w+ "
    r"|\b(?:peux|pourrais)[- ]tu (?:corriger|traduire|ecrire|rediger|resumer)|\btraduisez\b|\bscore d[ue]\b|\bquelle heure\b|\bpublipostage|\bformule excel"
    r"|\bresume \w+ en\b|\bimprimante\b|\bquel film\b"
    r"|\bpouvez[- ]vous (?:le|la|me|nous)? ?(?:rediger|ecrire|traduire)|\bscript (?:python|bash)|\bfichiers? excel|\bpython\b|\bjavascript\b"
    r"|\brecettes? (?:de|du|pour) (?!fonctionnement)|\bblague|\bpoeme|\bdissertation|\bdevoirs?\b(?= (?:de|d')| maison)|\bexercice de|\bparagraphe\b"
    r"|\bmeteo\b|\btemps (?:qu'il )?(?:fait|fera)|\bpleuvoir|\bresultats? (?:du|de) (?:match|foot|loto)|\bhoroscope|\bcapitale de\b"
    r"|\bcheap\w* flights?|\bmal (?:au|a la|aux) (?:dos|tete|ventre|dents|gorge)|\bsymptome|\bmedicaments?\b|\battestation (?:officielle|certifi\w+)|\b(?:redige|fais|ecris|etablis|delivre)\w*[- ]?(?:moi|nous)? une attestation"
    r"|\bm57\b|\bm14\b|\bdgf\b|\barticle du chapitre|\bs'impute\b|\bimputation\b|\bcompte 6\d|\btrains?\b.{0,20}\bhoraires?|\bhoraires? (?:du|des) (?:train|bus)"
)
_INSULT = re.compile(
    r"\b(?:connard|connasse|merde|daube|debile|idiot\w*|cretin\w*|abruti\w*|nul a chier|va te faire|ta gueule|stupide|encule)\b"
)


def out_of_scope(text: str, *, names_scheme: bool, earlier: str = "") -> OutOfScope | None:
    """Say why a message is out of scope by its words; None when they don't show it.

    Args:
        text: the last message.
        names_scheme: whether it names a scheme that we know.
        earlier: the turns before; an attack begun there goes on.
    """
    folded = fold(text)
    if _ATTACK.search(folded) or _ATTACK.search(fold(earlier)):
        return OutOfScope.ATTACK
    if _INSULT.search(folded) and not names_scheme:
        return OutOfScope.OTHER
    if _OPINION.search(folded):
        return OutOfScope.OPINION
    if _TASK.search(folded) and not names_scheme:
        return OutOfScope.TASK
    if _REGIONS.search(_NEXT_TO.sub(" ", folded)) and not _OURS.search(folded):
        return OutOfScope.OTHER_REGION
    if _PERSONAL.search(folded) and not names_scheme and not find_topics(text) & _BUSINESS:
        return OutOfScope.PERSONAL
    return None
