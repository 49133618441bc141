"""What a project is about, from the everyday words of a message: classes of words by topic."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from corpus.french.folding import fold
from corpus.labels import Topic

_WORDS: Mapping[Topic, str] = MappingProxyType(
    {
        Topic.TOWN_CENTRE: r"centres?[- ](?:villes?|bourgs?)|coeurs? de (?:ville|village|bourg)|redynamis\w+|revitalis\w+",
        Topic.PUBLIC_SPACE: (
            r"\bplaces?\b(?! de (?:parking|stationnement|cinema))|\bplacettes?|\bespaces? publics?|\bvoiries?|\btrottoirs?|"
            r"\brues?\b|\bparvis|\bsquares?\b|\bamenagements? (?:urbain|paysager|qualitatif)\w*|\bmobilier urbain"
        ),
        Topic.SHOP: (
            r"\bcommerc\w+|\bboutiq\w+|\bmagasins?|\bepicer\w+|\bboulang\w+|\bboucher\w+|\bbar\b|\bcafes?\b|\brestaurants?|\bcreper\w+|\bpizzer\w+|\bbrasser\w+|\bmercer\w+|"
            r"\bbistro\w*|\bestaminets?|\bfriter\w+|\btraiteurs?|\bprimeurs?|\bfromager\w+|\bpoissonner\w+|\blibrair\w+|"
            r"\bquincailler\w+|\bsuper(?:ettes?|marches?)|\bbijout\w+|\bcordonn\w+|"
            r"\bvitrines?|\bmultiservices?|\bmarches?\b(?= couvert)|\bhalles?\b|\bcoiffeu\w+|\bfleurist\w+|\blocal (?:vide|vacant)"
        ),
        Topic.CRAFT: r"\bartisan\w*|\bmenuis\w+|\bmacon\w*|\bplomb\w+|\bgarag\w+|\batelier de|\bateliers? d'art",
        Topic.BUILDING_ENERGY: (
            r"\bisol\w+|\brenov\w+ energ\w+|\benergetiques?\b|\bchauff\w+|\bchaudieres?|\bpompes? a chaleur|\bfenetres?\b|"
            r"\bthermiques?\b|\bfactures? (?:d'energie|de chauffage|d'electricite)|\bpassoires?\b|\bdouble vitrage"
        ),
        Topic.RENEWABLE_ENERGY: (
            r"\bphotovolt\w+|\bpanneaux? (?:solaires?|pv)|\bsolaires?\b|\bgeotherm\w+|\bbois[- ]energie|\bbiomethane|"
            r"\bmethanis\w+|\breseaux? de chaleur|\beoliennes?|\benergies? renouvelables?|\benr\b"
        ),
        Topic.BUILDING_REUSE: (
            r"\b(?:transform|convert|reconvert|rehabilit|amenag)\w+ (?:une?|l'|la|le|notre|ancien\w*|en) ?(?:ancien\w*)? ?"
            r"(?:ecole|presbytere|gare|ferme|grange|batiment|mairie|usine)|\bancien(?:ne)? (?:ecole|presbytere|gare|ferme|usine)"
        ),
        Topic.BROWNFIELD: r"\bfriches?\b|\bdepollu\w+|\bdemoli\w+|\bsites? industriels?|\bsols? pollues?|\busine (?:abandonnee|desaffectee|fermee)|\busines?\b|\bterrains? pollues?|\brecyclage foncier",
        Topic.ACTIVE_MOBILITY: (
            r"\bvelos?\b|\bcyclabl\w+|\bcyclis\w+|\bpietons?\b|\bpietonn\w+|\bmarche a pied|\bvoies? vertes?|\bvelorout\w+|"
            r"\bliaison douce|\bmobilites? (?:active|douce|decarbonee)s?"
        ),
        Topic.TRANSPORT: r"\btransports?\b|\bcovoiturag\w+|\bnavettes?\b|\bmobilites?\b(?! (?:active|douce))|\bbornes? (?:de recharge|electrique)",
        Topic.SPORT: (
            r"\bsport\w*|\bcity[- ]?stades?|\bcity\b|\bstades?\b|\bgymnases?|\bterrains? (?:multi\w*|de (?:foot|tennis|basket|rugby))|\bbasket\b|\bmusculation|\bfootball\b|\bjudo\b|\bathletis\w+|"
            r"\bfitness|\bparcours de sante|\bvestiaires?|\bdojos?\b|\bpiscines?\b|\bskate\w*|\btennis\b|\bagres\b"
        ),
        Topic.CULTURE: (
            r"\bcultur\w+|\bcinemas?\b|\btheatres?\b|\bfestivals?|\bexpositions?\b|\bmediatheques?|\bbibliotheques?|\bmusees?\b|"
            r"\bresidences? d'artistes?|\bconcerts?\b|\bspectacles?"
        ),
        Topic.HERITAGE: (
            r"\bpatrimoin\w+|\beglises?\b|\bchapelles?\b|\bcalvaires?\b|\bclochers?\b|\blavoirs?\b|\bmonuments?\b|\bchateaux?\b|"
            r"\bretables?\b|\borgues?\b|\bvitraux\b|\bmoulins?\b|\bpigeonniers?\b|\boratoires?\b|\bkiosques?\b|\bfontaines?\b|\bfours? a pain|\bcroix\b|\bstatues?\b|\bcloches?\b|\bpuits\b|\bbeffrois?\b|\bcollegiale|\babbayes?\b|\bmonument"
        ),
        Topic.TREES: r"\barbres?\b|\bplantations?\b|\bplants?\b|\bhaies?\b|\bboise\w+|\bboisements?|\bbosquets?\b|\bvergers?\b|\bplanter\b",
        Topic.BIODIVERSITY: r"\bbiodiversite|\bhaies?\b|\bmares?\b|\bchemins? rura\w+|\bzones? humides?|\bpollinisat\w+|\bnature\b",
        Topic.WATER: r"\binondations?\b|\bcrues?\b|\bbassins? (?:versant|de retention)|\bruissellement|\beau potable|\brivieres?\b|\bcoulees? de boue|\bzones? d.expansion|\bbassins? de rete\w+|\brueissel\w+|\bdebord\w+|\bcours d'eau|\bhydraul\w+",
        Topic.DISASTER: (
            r"\bintemperies?|\btempetes?\b|\bcatastroph\w+|\bsinistr\w+|\bdegats?\b|\bcoulees? de boue|\binondee?s?\b"
            r"|\bdebord\w+|\bcrues?\b|\b(?:emport|abim|detrui|endommag|arrach|effondr|foutu|ravag)\w*"
        ),
        Topic.CCTV: r"\bcam(?:e|é)?ras?\b|\bvideo[- ]?(?:protec|surveil)\w*|\bvideosurv\w+",
        Topic.HEALTH: r"\bmedecins?\b|\bsante\b(?! publique)|\bmaison (?:medicale|de sante)|\bcabinet medical|\binfirmi\w+",
        Topic.DIGITAL: r"\bnumeriques?\b|\bfibre\b|\binternet\b|\bwifi\b|\bfablabs?\b|\bteletravail",
        Topic.SHARED_PLACE: r"\btiers[- ]lieux?\b|\bcowork\w*|\bfablabs?\b|\bespaces? partages?|\bservices? mutualises?",
        Topic.TOURISM: r"\btouris\w+|\b14[- ]18\b|\btranchees?\b|\bchamps? de bataille|\bmemoriel\w*|\bgites?\b|\bcamping\w*|\bhebergements?\b|\bitinerance|\brandonn\w+",
        Topic.DEPRIVED_AREA: r"\bquartiers? prioritaires?|\bqpv\b",
        Topic.SCHOOL: r"\becoles?\b|\bclasses?\b|\bcantines?\b|\bcreches?\b|\bperiscolaires?",
    }
)
_PATTERNS = {topic: re.compile(pattern) for topic, pattern in _WORDS.items()}


def find_topics(text: str) -> frozenset[Topic]:
    """Return the topics that a message speaks of; empty when its words tell none."""
    folded = fold(text)
    return frozenset(topic for topic, pattern in _PATTERNS.items() if pattern.search(folded))
