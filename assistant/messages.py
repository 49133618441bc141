"""Every French sentence of a reply that no source wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from corpus.labels import Funder

NBSP = "\u00a0"

WHOM_TO_ASK = (
    f"Pour une réponse sûre, adressez-vous au service instructeur{NBSP}: le guide des aides de la Région, "
    "guide-aides.hautsdefrance.fr, ou votre préfecture pour les aides de l’État."
)
# Where to go on, by who pays.
NEXT_STEP: Mapping[Funder, str] = MappingProxyType(
    {
        Funder.REGION: f"Où déposer ou vérifier{NBSP}: guide-aides.hautsdefrance.fr, guide des aides de la "
        "Région.",
        Funder.STATE: f"Où déposer ou vérifier{NBSP}: votre préfecture ou sous-préfecture{NBSP}; "
        f"annuaire{NBSP}: aides-territoires.beta.gouv.fr.",
        Funder.DEPARTMENT: f"Où déposer ou vérifier{NBSP}: votre conseil départemental{NBSP}; "
        f"annuaire{NBSP}: aides-territoires.beta.gouv.fr.",
        Funder.EU: f"Où déposer ou vérifier{NBSP}: la Région, sur europe-en-hautsdefrance.eu.",
        Funder.PUBLIC_BODY: f"Où déposer ou vérifier{NBSP}: l’établissement public lui-même{NBSP}; "
        f"annuaire{NBSP}: aides-territoires.beta.gouv.fr.",
        Funder.ASSOCIATION: f"Où s’adresser{NBSP}: l’association elle-même{NBSP}; "
        f"annuaire{NBSP}: aides-territoires.beta.gouv.fr.",
    }
)
# The same, of aids of several funders told together.
_NEXT_OF_SEVERAL: Mapping[Funder, str] = MappingProxyType(
    {
        Funder.REGION: "pour la Région, guide-aides.hautsdefrance.fr",
        Funder.STATE: "pour l’État, votre préfecture ou sous-préfecture",
        Funder.DEPARTMENT: "pour le Département, votre conseil départemental",
        Funder.EU: "pour l’Europe, europe-en-hautsdefrance.eu",
        Funder.PUBLIC_BODY: "pour un établissement public, l’établissement lui-même",
        Funder.ASSOCIATION: "pour une association, l’association elle-même",
    }
)
NOT_FOUND = "Je n’ai pas trouvé la réponse à cette question dans les documents dont je dispose."
COVERAGE = (
    "Je réponds aux questions sur les aides publiques aux communes des Hauts-de-France "
    "(centre-bourg, commerce, sport, patrimoine, arbres, vidéoprotection…)."
)
IN_FRENCH = "(I answer in French, the language of the official texts. — Je réponds en français.)"
UNDERSTOOD = f"Question comprise{NBSP}: «{NBSP}{{question}}{NBSP}»"
WHAT_IS_KNOWN = f"Ce que disent nos sources{NBSP}:"

CLOSED_OPENING = f"Attention{NBSP}: d’après nos sources"
CLOSED_NOW = "D’après nos sources, ce dispositif n’est plus ouvert."
NOT_VERIFIED = (
    f"L’ouverture actuelle de l’aide n’a pas été vérifiée{NBSP}: faites-la confirmer avant de décider."
)
NO_PUBLISHED_RULE = "Nos sources ne donnent pas de condition précise que je puisse vérifier pour vous."
CHECK_THE_FICHE = "Il reste des conditions à vérifier avec le service instructeur."
TO_CHECK = f"Il reste à vérifier{NBSP}:"

_SECTION_QUESTIONS = {
    "Objet": "À quoi sert le dispositif {scheme} ?",
    "Bénéficiaires": "Qui peut bénéficier du dispositif {scheme} ?",
    "Dépenses éligibles": "Quelles dépenses sont prises en charge par le dispositif {scheme} ?",
    "Montant": "Combien peut-on obtenir avec le dispositif {scheme} ?",
    "Calendrier": "Quel est le calendrier du dispositif {scheme} ?",
    "Démarche": "Comment faire une demande pour le dispositif {scheme} ?",
    "Exemples": "Quelles communes ont bénéficié du dispositif {scheme} ?",
    "Cumul": "Peut-on cumuler le dispositif {scheme} avec d’autres aides ?",
}


def age_caution(label: str, year: int, markers: str) -> str:
    """Say that a rule is of a past year and that nothing proves it still holds."""
    return (
        f"Règle de {year} pour {quoted(label)}, reconduction non vérifiée{NBSP}: faites-la confirmer avant "
        f"de décider. {markers}"
    )


def no_longer_open(label: str, successor: str | None, period: str | None) -> str:
    """Say that a scheme is closed, which one has replaced it, and when it was last open."""
    replaced = f", remplacé par {quoted(successor)}" if successor else ""
    text = f"D’après nos sources, {quoted(label)} n’est plus ouvert{replaced}."
    return f"{text} {period}" if period else text


def dates_to_note(label: str) -> str:
    """Offer the dates of a scheme for a calendar."""
    return f"Ajouter les dates de {quoted(label)} à mon agenda (.ics)"


def no_date(label: str) -> str:
    """Say that no source gives a date."""
    return f"Nos sources ne donnent pas de date de dépôt pour {quoted(label)}."


def no_amount(label: str) -> str:
    """Say that no source gives an amount."""
    return f"Nos sources ne donnent ni taux ni montant pour {quoted(label)}."


def closed_caution(label: str, markers: str) -> str:
    """Say that a scheme is closed as far as the sources tell."""
    return f"{CLOSED_OPENING}, {quoted(label)} n’est plus ouvert. {markers}"


def past_caution(markers: str, *, alone: bool) -> str:
    """Say that the last day of what is cited is over: one page (``alone``), or some of it."""
    what = "de ce dispositif est passée." if alone else f"est passée pour ce qui est cité ici{NBSP}:"
    return f"{CLOSED_OPENING}, la date limite {what} {markers}"


def not_published(label: str) -> str:
    """Introduce what the sources are known not to say."""
    return f"Cette information n’est pas publiée dans les sources consultées sur «{NBSP}{label}{NBSP}»."


def not_given(names: Sequence[str], label: str) -> str:
    """Say which figures the sources don't give."""
    return f"Les sources consultées sur «{NBSP}{label}{NBSP}» ne donnent pas {', ni '.join(names)}."


def nearest(labels: Sequence[str]) -> str:
    """Name the schemes that come nearest to a question without an answer."""
    names = ", ".join(f"«{NBSP}{label}{NBSP}»" for label in labels)
    return f"Le sujet le plus proche dans mes documents{NBSP}: {names}."


def section_question(section: str, label: str) -> str | None:
    """Return the question that a section of a fiche answers; None for other sections."""
    pattern = _SECTION_QUESTIONS.get(section)
    return pattern.format(scheme=f"«{NBSP}{label}{NBSP}»").replace(" ?", f"{NBSP}?") if pattern else None


def seems_eligible(who: str, label: str) -> str:
    """Say a favourable verdict, hedged."""
    return (
        f"D’après ce que vous indiquez, {who} semble éligible à «{NBSP}{label}{NBSP}», "
        "sous réserve de l’instruction de la demande par le service compétent."
    )


def seems_not_eligible(who: str, label: str) -> str:
    """Say an unfavourable verdict, hedged."""
    return f"Non{NBSP}: d’après les règles connues, {who} ne semble pas éligible à «{NBSP}{label}{NBSP}»."


def undetermined(who: str, label: str, *, nothing_against: bool) -> str:
    """Say that the verdict is open."""
    if nothing_against:
        return f"C’est possible, sous conditions{NBSP}: à ce stade, rien n’exclut {who} de {quoted(label)}."
    start = f"Cela dépend{NBSP}: pour {quoted(label)}"
    return f"{start}, je ne peux pas encore dire si {who} remplit les conditions."


def rule_of(year: int, markers: str) -> str:
    """Say the year of the rule that a verdict rests on."""
    return f"Règle de {year}, reconduction non vérifiée{NBSP}: faites-la confirmer avant de décider.{markers}"


def takes_no_more(label: str) -> str:
    """Say that a scheme takes no new request, instead of a verdict that is open."""
    return f"D’après nos sources, {quoted(label)} ne prend plus de nouvelle demande."


def next_step(funder: Funder, desk: str | None = None) -> str:
    """Say where to go on with an aid.

    Args:
        funder: who pays.
        desk: who takes requests, where the fiche names them.
    """
    if desk is None:
        return NEXT_STEP[funder]
    return f"Où s’adresser{NBSP}: {desk}{NBSP}; annuaire{NBSP}: aides-territoires.beta.gouv.fr."


def next_steps(funders: Sequence[Funder]) -> str:
    """Say where to go on with aids of these funders, one at least, each once."""
    if len(funders) == 1:
        return NEXT_STEP[funders[0]]
    told = f"{NBSP}; ".join(_NEXT_OF_SEVERAL[funder] for funder in funders)
    return f"Où s’adresser{NBSP}: {told}{NBSP}; annuaire{NBSP}: aides-territoires.beta.gouv.fr."


def confirm_with(funders: Sequence[Funder]) -> str:
    """Say with whom to confirm aids taken together, of these funders, one at least, each once."""
    return f"À confirmer{NBSP}: {f'{NBSP}; '.join(_NEXT_OF_SEVERAL[funder] for funder in funders)}."


def look_at(aids: Sequence[tuple[str, str]]) -> str:
    """Name the aids to look at instead of one that is refused, each with who pays."""
    return f"À regarder plutôt{NBSP}: {_listed([f'{quoted(label)} ({funder})' for label, funder in aids])}."


def would_change(texts: Sequence[str]) -> str:
    """Say what would turn the verdict."""
    return f"La réponse changerait {' et '.join(texts)}."


def headed_by_scheme(label: str, funder: str, text: str) -> str:
    """Put the name of a scheme and who pays before a text."""
    return f"«{NBSP}{label}{NBSP}» (porté par{NBSP}: {funder}){NBSP}: {text}"


def headed_by_page(title: str, text: str) -> str:
    """Put the title of a page that is no fiche's before a text."""
    return f"{column_of_page(title)}{NBSP}: {text}"


def supposing(label: str, funder: str) -> str:
    """Say of which aid an answer speaks, where it isn't sure that this one is meant."""
    return f"S’il s’agit de {quoted(label)} (porté par{NBSP}: {funder}){NBSP}:"


def column_of_page(title: str) -> str:
    """Head the column of a page in a comparison: its title."""
    return f"«{NBSP}{title}{NBSP}»"


def column_of_scheme(label: str, funder: str) -> str:
    """Head the column of a scheme in a comparison: its name and who pays."""
    return f"«{NBSP}{label}{NBSP}» (porté par{NBSP}: {funder})"


def which_commune(name: str, *, partial: bool = False) -> str:
    """Ask which of several communes is meant: of one name, or of names that begin so."""
    shown = quoted(name)
    start = f"Plusieurs communes correspondent à {shown}"
    if not partial:
        start = f"Plusieurs communes s’appellent {shown} dans la région"
    return f"{start}. De laquelle parlez-vous{NBSP}?"


def none_of_them(name: str) -> str:
    """Ask for the name of a commune that is none of those offered."""
    return (
        f"Je ne connais pas d’autre commune appelée {quoted(name)} dans les Hauts-de-France. "
        "Donnez le nom entier de votre commune, ou son code postal."
    )


def on_the_list(name: str, of: str) -> str:
    """Say that a commune is on a list."""
    return f"Oui{NBSP}: {name} figure sur la liste {quoted(of)}."


def not_on_the_list(name: str, of: str) -> str:
    """Say that a commune isn't on a list that is complete."""
    return f"Non{NBSP}: {name} ne figure pas sur la liste {quoted(of)}."


def maybe_on_the_list(name: str, of: str) -> str:
    """Say that a list which is incomplete doesn't settle whether a commune is on it."""
    return (
        f"Je ne peux pas dire si {name} fait partie de la liste {quoted(of)}{NBSP}: "
        "celle dont je dispose est incomplète et ne l’établit pas."
    )


def disagree(name: str, code: str) -> str:
    """Say that a name and a code of one message are those of different communes."""
    return f"{quoted(name)} et le code {quoted(code)} ne désignent pas la même commune."


def which_of_both(name: str, code: str) -> str:
    """Ask which is meant of a name and a code that disagree."""
    return f"{disagree(name, code)} De laquelle parlez-vous{NBSP}?"


def neither_aside(name: str, code: str) -> str:
    """Say that a name and a code that disagree were left aside, beside an answer."""
    return f"{disagree(name, code)} Ma réponse n’en tient pas compte{NBSP}: dites laquelle est la vôtre."


def and_others(count: int) -> str:
    """Say that more communes than those offered have the name."""
    return f" (Il y en a {count} de plus{NBSP}: donnez le nom entier.)"


def which_of_code(code: str, postal: Sequence[str], insee: str | None) -> str:
    """Ask which of the communes that a code may mean is meant."""
    shown = quoted(code)
    if insee is None:
        start = f"Le code postal {shown} est celui de plusieurs communes"
    elif postal:
        start = f"{shown} est à la fois le code postal de {_listed(postal)} et le code INSEE de {insee}"
    else:
        start = f"{shown} est le code INSEE de {insee}"
    return f"{start}. De quelle commune parlez-vous{NBSP}?"


def read_as_insee(commune: str, postal: Sequence[str]) -> str:
    """Say that a code which is also a postcode was read as an INSEE code; the code itself isn't repeated."""
    return (
        f"Le code donné pour la commune a été lu comme le code INSEE de {commune}. C’est aussi le code "
        f"postal de {_listed(postal)}{NBSP}: s’il s’agit de cela, donnez le nom de la commune, ou écrivez "
        f"{quoted('cp:')} devant le code."
    )


def is_it(name: str, label: str) -> str:
    """Ask whether the only commune whose name begins so is meant."""
    return f"{quoted(name)}{NBSP}: parlez-vous de {label}{NBSP}?"


def outside_region(label: str) -> str:
    """Say that a place isn't in the region, and what is covered."""
    return (
        f"{quoted(label)} n’est pas dans les Hauts-de-France. Je ne connais que les communes de cette région "
        "et les aides qui leur sont destinées."
    )


def outside_aside(label: str) -> str:
    """Say that a place named isn't in the region, beside an answer."""
    return (
        f"{quoted(label)} n’est pas dans les Hauts-de-France{NBSP}: ma réponse ne vaut que pour les "
        "communes de cette région."
    )


def unknown_commune(name: str, *, offered: bool) -> str:
    """Say that no commune has this name, and ask for one that is."""
    ask = (
        f"Est-ce l’une des communes ci-dessous{NBSP}?" if offered else f"De quelle commune parlez-vous{NBSP}?"
    )
    return (
        f"Je ne connais pas de commune appelée {quoted(name)} dans les Hauts-de-France, seule région que je "
        f"couvre. {ask} Si c’est un quartier ou une ancienne commune, donnez le nom de la commune actuelle."
    )


def unknown_aside(name: str) -> str:
    """Say that no commune has a name met beside an answer."""
    return (
        f"Je ne connais pas de commune appelée {quoted(name)} dans les Hauts-de-France{NBSP}: ma réponse "
        "n’en tient pas compte."
    )


def which_aside(name: str) -> str:
    """Say that several communes may be meant by a name, beside an answer."""
    return (
        f"Plusieurs communes peuvent correspondre à {quoted(name)}{NBSP}: ma réponse n’en tient pas compte. "
        "Dites laquelle, avec son département, pour qu’elle le fasse."
    )


def former_commune(former: str, commune: str, kind: str) -> str:
    """Say that a former commune belongs to another one, which counts."""
    what = {"delegated": "une commune déléguée", "associated": "une commune associée"}.get(kind, "une partie")
    return f"{former} est aujourd’hui {what} de {commune}{NBSP}: c’est {commune} qui est examinée ici."


def not_examined(names: Sequence[str]) -> str:
    """Say which of many communes were left for another question."""
    return f"Je n’examine pas plus de communes à la fois{NBSP}: reposez la question pour {_listed(names)}."


def commune_noted(label: str, inhabitants: str) -> str:
    """Say which commune was understood, and its population."""
    return f"J’ai bien noté la commune{NBSP}: {label}, {inhabitants}{NBSP}habitants."


def quoted(name: str) -> str:
    """A name between guillemets."""
    return f"«{NBSP}{name}{NBSP}»"


def _listed(names: Sequence[str]) -> str:
    """The names in a sentence: "A, B et C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}"


OTHER_COMMUNES = "d’autres communes"
DID_YOU_MEAN = f"Parlez-vous plutôt de la commune ci-dessous{NBSP}?"
DID_YOU_MEAN_ONE = f"Parlez-vous plutôt de l’une des communes ci-dessous{NBSP}?"


PER_NAMES = {
    "commune": ("commune", "communes"),
    "plant": ("plant", "plants"),
    "year": ("an", "ans"),
    "place": ("place", "places"),
    "square_metre": ("m²", "m²"),
    "hectare": ("hectare", "hectares"),
    "kilometre": ("km", "km"),
}
BASIS_NAMES = {
    "eligible_costs": "des dépenses éligibles",
    "total_costs": "du coût total",
    "remaining_costs": "du reste à charge",
}
RULE_WITHOUT_TAXES = (
    f"La règle porte sur la dépense hors taxes, et votre coût est TTC{NBSP}: le calcul est à refaire sur "
    "le montant HT."
)
RULE_WITH_TAXES = (
    f"La règle porte sur la dépense TTC, et votre coût est hors taxes{NBSP}: le calcul est à refaire sur "
    "le montant TTC."
)
NO_SUM_FOR_EXCLUDED = (
    f"Je ne calcule donc pas de somme{NBSP}: votre coût comprend une dépense que cette aide ne couvre pas."
)
NO_SUM_FOR_RUNNING = (
    f"Je ne calcule pas de somme{NBSP}: nos sources ne disent pas que cette aide couvre l’entretien, la "
    "maintenance ou le fonctionnement."
)
NO_SUM_CASE_UNTOLD = (
    f"Je ne calcule pas de somme{NBSP}: votre question ne dit pas que le projet est dans le cas que vise "
    "cette règle."
)
RULES_OVERLAP = (
    f"Nos sources donnent plusieurs règles pour ce cas{NBSP}: le service instructeur dit laquelle vaut pour "
    "votre projet."
)
NO_SUM_OF_SEVERAL = (
    f"Je n’additionne pas vos dépenses{NBSP}: rien dans nos sources ne dit que la même règle vaut pour "
    "chacune. Demandez l’aide pour une dépense à la fois."
)


def sum_hangs_on_a_list(label: str) -> str:
    """Say that a commune too large for an aid may have it by a list alone, on which it isn't known to be."""
    return (
        f"Attention{NBSP}: cette commune dépasse le seuil d’habitants de {quoted(label)}. La somme ne vaut "
        "que si elle est sur la liste qui en dispense, ce que nos sources n’établissent pas."
    )


COST_UNREAD = (
    f"Je n’ai pas pu calculer l’aide sur le montant que vous donnez{NBSP}: écrivez le coût du projet en "
    "euros, en chiffres."
)


def euros(amount: str) -> str:
    """An amount in euros."""
    return f"{amount}{NBSP}€"


def may_pay(least: str | None, most: str, shown: Sequence[str]) -> str:
    """Say what an aid pays at most, and by which rule."""
    start = f"Jusqu’à {most}" if least is None else f"De {least} à {most}"
    return f"{start} ({', '.join(shown)})"


def share_of(rates: Sequence[str], base: str) -> str:
    """Say a share of a sum: "30 % de 80 000 €"; between two rates where there are two."""
    told = f"{NBSP}% à ".join(rates)
    return f"{told}{NBSP}% de {base}"


def retained_of(retained: str, cost: str) -> str:
    """Say the part of a cost that counts."""
    return f"{retained} retenus au plus sur {cost}"


def added_up(terms: Sequence[str]) -> str:
    """Say which sums make a cost."""
    return f"soit {' + '.join(terms)}"


def at_most(amount: str, per: str | None, count: str | None) -> str:
    """Say a ceiling, for each of something where it's so: "plafond 10 € × 300 plants"."""
    if per is None:
        return f"plafond {amount}"
    one, several = PER_NAMES[per]
    return f"plafond {amount} par {one}" if count is None else f"plafond {amount} × {count} {several}"


def at_most_each(amount: str, per: str) -> str:
    """Say a ceiling of a page, with what it's counted for in its words: "plafond 12 000 € par parcours"."""
    return f"plafond {amount} {per}" if per else f"plafond {amount}"


def under_floor(cost: str, floor: str) -> str:
    """Say that a cost is too small to be helped."""
    return f"0{NBSP}€{NBSP}: une dépense de {cost} est sous le minimum de {floor}"


def not_above(cost: str, floor: str) -> str:
    """Say that a cost reaches a floor that it must be above."""
    return f"0{NBSP}€{NBSP}: une dépense de {cost} n’est pas supérieure à {floor}"


def least(floor: str, *, above: bool) -> str:
    """Say the smallest cost that is helped."""
    return f"dépense supérieure à {floor}" if above else f"dépense de {floor} au moins"


def under_least(amount: str, least: str) -> str:
    """Say that what the rate gives is less than the smallest grant."""
    return f"0{NBSP}€{NBSP}: {amount} serait sous le minimum d’aide de {least}"


def ceiling_alone(cost: str) -> str:
    """Say that a sum is a ceiling, without a known rate."""
    return f"plafond, sans taux connu, pour {cost}"


def no_rate(ceiling: str, cost: str) -> str:
    """Say that only a ceiling is published: nothing more precise can be said for a cost."""
    return f"Jusqu’à {ceiling} (plafond, sans taux connu{NBSP}: l’aide pour {cost} ne se calcule pas)"


def counted(total: str, each: str, per: str, count: str) -> str:
    """Say what a ceiling for each of something comes to: "3 000 € (10 € × 300 plants)"."""
    return f"{total} ({each} × {count} {PER_NAMES[per][1]})"


def rule_alone(rates: Sequence[str], basis: str, most: str | None, per: str | None, floor: str | None) -> str:
    """Say a rule without a cost: its rates, its ceiling, its smallest cost."""
    parts = []
    if rates:
        told = f"{NBSP}% à ".join(rates)
        parts.append(f"{'De' if len(rates) > 1 else 'Jusqu’à'} {told}{NBSP}% {BASIS_NAMES[basis]}")
    if most is not None:
        each = f"{most}{f' par {PER_NAMES[per][0]}' if per else ''}"
        parts.append(f"dans la limite de {each}" if rates else f"Jusqu’à {each}")
    if floor is not None:
        parts.append(f"pour une {floor}")
    return ", ".join(parts)


def rule_of_year(year: str) -> str:
    """Say the year of a rule beside a sum."""
    return f"règle de {year}"


def for_scheme(label: str, text: str) -> str:
    """Put the name of a scheme before a sum, where several are told."""
    return f"{quoted(label)}{NBSP}: {text[:1].lower()}{text[1:]}"


# The rows of a comparison.
ROW_PURPOSE, ROW_WHO, ROW_AMOUNT = "À quoi ça sert", "Pour qui", "Combien"
ROW_WHEN, ROW_WHERE, ROW_BESIDE = "Jusqu’à quand", "Où demander", "À savoir aussi"
MAY_SERVE = f"Ces aides peuvent répondre à votre besoin{NBSP}:"
DISTINCT = f"Ce sont des dispositifs distincts{NBSP}:"
LAST_CALLS_OVER = (
    f"Nos sources ne permettent pas de dire lequel est ouvert aujourd’hui{NBSP}: les derniers dépôts connus "
    "sont clos."
)
NOT_FOR_THEM = f"Sans objet{NBSP}: non éligible d’après les règles connues."
GO_AS_HIGH = "Pour ce coût, d’après les règles connues, ces dispositifs vont aussi haut l’un que l’autre."
# What is known of a calendar without its dates, by state.
AVAILABILITY = MappingProxyType(
    {
        "open": "Donné comme ouvert par nos sources, à confirmer.",
        "closed": "D’après nos sources, ce dispositif n’est plus ouvert.",
        "unknown": "Ouverture actuelle non vérifiée.",
    }
)
# Where an aid is asked for, by who pays.
WHERE_TO_ASK: Mapping[Funder, str] = MappingProxyType(
    {
        Funder.REGION: "Région, guide-aides.hautsdefrance.fr",
        Funder.STATE: "Préfecture ou sous-préfecture",
        Funder.DEPARTMENT: "Conseil départemental",
        Funder.EU: "Région, europe-en-hautsdefrance.eu",
        Funder.PUBLIC_BODY: "L’établissement public lui-même",
        Funder.ASSOCIATION: "L’association elle-même",
    }
)


def where_to_ask(funder: Funder, desk: str | None) -> str:
    """Say where an aid is asked for: whom the fiche names, else by who pays."""
    return WHERE_TO_ASK[funder] if desk is None else f"{desk[:1].upper()}{desk[1:]}"


def applicants(labels: Sequence[str], lists: Sequence[str]) -> str:
    """Say who may ask for an aid, as far as its fiche lists them, and on which list they must be."""
    told = f"Demandeur{NBSP}: {', '.join(labels)}"
    names = " ou ".join(quoted(name) for name in lists)
    return f"{told}, sur la liste {names}." if lists else f"{told}."


def set_apart(kinds: Sequence[tuple[str, str, str]]) -> str:
    """Introduce schemes compared by what they are: each with the form of its help and who pays.

    Args:
        kinds: of each, its name, the form of its help, who pays; one at least.
    """
    if len({kind[1:] for kind in kinds}) == 1:
        _, form, funder = kinds[0]
        same = f"de même financeur ({funder}) et de même forme ({form})"
        return f"Ce sont des dispositifs distincts, {same}{NBSP}:"
    told = f"{NBSP}; ".join(f"{quoted(name)}, {form} ({funder})" for name, form, funder in kinds)
    return f"Ce sont des dispositifs distincts{NBSP}: {told}."


def form_and_topics(form: str, topics: Sequence[str]) -> str:
    """Say what a scheme is by its types, where no sentence of its fiche says what it's for."""
    return f"Forme{NBSP}: {form}{NBSP}; sujets{NBSP}: {', '.join(topics)}."


def which_pays_most_unknown(without: Sequence[str]) -> str:
    """Say that nothing tells which aid pays most: for want of the amounts of some, else it depends."""
    start = "Nos sources ne permettent pas de dire lequel paie le plus"
    if without:
        names = _listed([quoted(name) for name in without])
        return f"{start}{NBSP}: elles ne donnent ni taux ni plafond calculable pour {names}."
    return f"{start}{NBSP}: cela dépend de la règle qui vaut pour votre projet."


def may_not_be_covered(labels: Sequence[str]) -> str:
    """Say that nothing tells which aid pays most: what is known of some may leave the project out."""
    names = _listed([quoted(label) for label in labels])
    return (
        f"Nos sources ne permettent pas de dire lequel paie le plus{NBSP}: ce qu’elles disent de {names} "
        "peut exclure votre projet."
    )


def goes_highest(label: str) -> str:
    """Say which aid goes highest for the cost told."""
    return f"Pour ce coût, {quoted(label)} peut payer le plus d’après les règles connues."


def highest_rate(label: str, rate: str, others: Sequence[tuple[str, str]]) -> str:
    """Say which aid has the highest rate; the others each with its own."""
    return f"Le taux le plus haut est celui de {quoted(label)}{NBSP}: {rate}, {_against(others)}."


def highest_ceiling(label: str, ceiling: str, others: Sequence[tuple[str, str]]) -> str:
    """Say which aid has the highest ceiling; the others each with its own."""
    return f"Le plafond le plus haut est celui de {quoted(label)}{NBSP}: {ceiling}, {_against(others)}."


def _against(others: Sequence[tuple[str, str]]) -> str:
    """Each of the others with its own, its marker right after it."""
    return f"contre {_listed([f'{quoted(label)} ({value})' for label, value in others])}"


def which_is_open(opened: Sequence[str], closed: Sequence[str], unknown: Sequence[str]) -> str:
    """Say which of some aids takes requests, which doesn't, and of which it isn't known."""
    if not (opened or closed):
        return "Nos sources ne permettent pas de dire lequel est ouvert aujourd’hui."
    told = [f"{_listed([quoted(name) for name in opened])}{NBSP}: ouvert"] if opened else []
    told += [f"{_listed([quoted(name) for name in closed])}{NBSP}: pas ouvert"] if closed else []
    told += [f"{_listed([quoted(name) for name in unknown])}{NBSP}: non vérifié"] if unknown else []
    return f"D’après nos sources, {f'{NBSP}; '.join(told)}."


NOTHING_KNOWN = "non précisé dans nos sources"

# The financing plan of a project.
PLAN_HEADS = ("Financement", "Estimation")
ALL_PUBLIC_AIDS = "Toutes les aides publiques, au plus"
GRANTED_AIDS = "Aides déjà accordées, d’après vous"
OWN_SHARE = "Reste à votre charge, au moins"
OTHER_AIDS = "Autres aides publiques possibles, au plus"
NO_KNOWN_AMOUNT = "ni taux ni plafond calculable dans nos sources"
PLAN_IS_AN_ESTIMATE = (
    f"C’est une estimation au plus haut{NBSP}: chaque financeur décide, et le plan se vérifie avec lui avant "
    "le vote."
)
AIDS_TO_LOOK_AT = f"Aides qui peuvent convenir au projet, à vérifier avec chaque financeur{NBSP}:"


def plan_totals(most: str, most_shown: str, least: str, least_shown: str) -> str:
    """Open a financing plan: the most that public aids add up to and the least that is left to pay."""
    return (
        f"En tout, les aides publiques vont au plus à {most} ({most_shown}), et il reste au moins {least} à "
        f"votre charge ({least_shown})."
    )


def left_alone(left: str, shown: str) -> str:
    """Say what is left to pay where one aid alone is had."""
    return f"Avec cette seule aide, il resterait au moins {left} à payer ({shown})."


def stopped_by_all_aids(most: str) -> str:
    """Say that the limit of all public aids, in per cent, is lower than what the rule of an aid gives."""
    return f"Cette règle donnerait plus, mais toutes les aides publiques ensemble s’arrêtent à {most}{NBSP}%."


def other_aids(room: str, shown: str) -> str:
    """Say what other public aids may add to the only one of a plan."""
    return f"D’autres aides publiques peuvent s’y ajouter, jusqu’à {room} ({shown})."


def room_left(room: str, shown: str, granted: str) -> str:
    """Say what other public aids may still add to those granted."""
    return (
        f"Avec {granted} d’aides déjà accordées d’après vous, toutes les autres aides publiques vont "
        f"ensemble au plus à {room} ({shown})."
    )


def capped(room: str, shown: str, rule: str) -> str:
    """Say a sum that all public aids together cap, with the rule of the aid."""
    return f"Jusqu’à {room} ({shown}, plafond de toutes les aides publiques). Règle de l’aide{NBSP}: {rule}"


def worked_out(amount: str, shown: str) -> str:
    """Say a sum with what it's worked out by."""
    return f"{amount} ({shown})"


def less(whole: str, part: str) -> str:
    """Say what is taken from a sum."""
    return f"{whole} moins {part}"


def not_forbidden(labels: Sequence[str], most: str | None, least: str | None) -> str:
    """Say that no source forbids aids together nor allows them; and how far they may add up, in per cent."""
    names = _listed([quoted(label) for label in labels])
    start = f"Aucune de nos sources n’interdit ni n’autorise d’additionner {names}"
    if most is None:
        return f"{start}."
    kept = "" if least is None else f", et {least}{NBSP}% au moins restent à votre charge"
    return f"{start}{NBSP}; toutes les aides publiques ensemble vont à {most}{NBSP}% au plus{kept}."


# Words that open a sentence and are no name.
_OPENING_WORDS = frozenset(
    """
    L Le La Les Un Une Des Du D De Dans En Au Aux À Avec Pour Par Sur Sous Sans Selon Depuis Si S Seul Seule
    Seuls Seules Ce Cet Cette Ces Il Elle Ils Elles On Chaque Tout Toute Tous Toutes Aucun Aucune Ne N Entre
    Après Avant
    """.split()  # noqa: SIM905 - a page of quotes would hide the words
)


def no_to(sentence: str) -> str:
    """Answer no by the sentence of a source that excludes."""
    return f"Non{NBSP}: {_going_on(sentence)}"


def yes_to(sentence: str) -> str:
    """Answer yes by the sentence of a source that allows."""
    return f"Oui{NBSP}: {_going_on(sentence)}"


def _going_on(sentence: str) -> str:
    """A sentence after a colon: its first word in small letters, unless it may be a name."""
    first = sentence.partition(" ")[0].partition("’")[0]
    return sentence[:1].lower() + sentence[1:] if first in _OPENING_WORDS else sentence


def owners_apart(parts: Sequence[str]) -> str:
    """Say that several aids are for different owners."""
    return (
        f"Ce sont des demandes de maîtres d’ouvrage différents{NBSP}: {f'{NBSP}; '.join(parts)}. Chacun "
        "demande la sienne pour les dépenses qu’il paie lui-même."
    )


def meant_for(label: str, who: Sequence[str], markers: str) -> str:
    """Say for whom an aid is."""
    return f"{quoted(label)} s’adresse à{NBSP}: {', '.join(who)}{markers and f' {markers}'}"


def condition_of(label: str, condition: str) -> str:
    """Say of which aid a condition is to check."""
    return f"{quoted(label)}{NBSP}: {condition}"


OUT_OF_SCOPE = {
    "attack": "Je ne peux pas donner suite à cette demande : mes règles et mes réglages ne changent pas "
    "en cours de conversation.",
    "opinion": "Je n’ai pas d’opinion à donner : je m’en tiens aux aides publiques aux communes.",
    "personal": "Je ne traite pas les démarches et les aides personnelles. Pour elles, service-public.fr ou "
    "votre mairie vous renseigneront.",
    "other_region": "Je ne connais que les aides destinées aux communes des Hauts-de-France : adressez-vous "
    "à la Région concernée.",
    "task": "Cette demande sort de ce que je sais faire.",
    "other": "Cette question sort de mon sujet.",
}
OUT_OF_SCOPE = {key: text.replace(" :", f"{NBSP}:") for key, text in OUT_OF_SCOPE.items()}
STARTERS = (
    f"Quelles aides pour refaire la place du village{NBSP}?",
    f"Ma commune peut-elle être aidée pour des caméras de vidéoprotection{NBSP}?",
    f"Quelle aide pour garder le dernier commerce{NBSP}?",
)
GREETED = (
    f"Bonjour{NBSP}! Dites-moi votre projet ou le nom d’une aide, et votre commune si vous voulez savoir ce "
    "qui est possible pour elle."
)
THANKED = "Avec plaisir. Je reste là pour vos autres questions sur les aides aux communes."
HEARD = "Entendu. Je reste là pour vos questions sur les aides aux communes."
NOTE_ASKED = (
    f"Le bouton «{NBSP}Note pour le conseil{NBSP}», sous chaque réponse, en fait une note datée, à imprimer "
    f"ou à ouvrir dans Word{NBSP}: la question, la réponse, les conditions, les montants, les sources et ce "
    "qui reste à confirmer.",
    f"«{NBSP}Note de toute la conversation{NBSP}» réunit vos questions et leurs réponses. La page de votre "
    "commune et celle d’un dispositif ont aussi leur note.",
)
ABOUT = (
    "Je suis un programme, l’assistant des aides publiques aux communes des Hauts-de-France. Je dis quels "
    "dispositifs peuvent vous aider, si vous semblez éligible, combien, jusqu’à quand et où demander.",
    "Chaque réponse cite sa source, une fiche ou un document public, avec sa date quand elle est connue, et "
    f"dit quand une règle est ancienne ou reste à vérifier{NBSP}; ce que je ne trouve pas, je le dis.",
    f"Mes réponses n’engagent personne{NBSP}: seul le service instructeur décide. Je ne vois pas les "
    "dossiers déposés. Ce que le site garde de vos questions est dit dans ses mentions légales.",
)
WHICH_SCHEME = (
    f"Je ne suis pas sûr de bien comprendre. Votre question porte-t-elle sur l’un de ces dispositifs{NBSP}?"
)
GENERAL_AIDS = f"Sans être faites pour ce seul besoin, ces aides générales restent à étudier{NBSP}:"
WHICH_AID = f"Ces aides peuvent convenir à votre projet. Laquelle voulez-vous regarder de plus près{NBSP}?"
THIS_AID = f"Est-ce bien l’aide dont vous parlez{NBSP}?"
NOT_THIS_ONE = "Non, une autre aide"
NONE_OF_THESE = "Aucun de ceux-là"
WHICH_NEED = (
    f"Pour quel projet ou quel dispositif posez-vous la question{NBSP}? "
    f"Dites-le en quelques mots, par exemple «{NBSP}Refaire la place du village{NBSP}»."
)
NEEDS = (
    "Refaire la place du village",
    "Garder le dernier commerce",
    "Installer des caméras",
    "Restaurer l’église",
    "Planter des arbres",
    "Construire un équipement sportif",
)


# The overview of a commune.
LIKELY = f"Probable, sous réserve de l’instruction{NBSP}:"
WITH_CONDITIONS = f"Possible, à vérifier{NBSP}:"
EXCLUDED = f"Exclu, car réservé à{NBSP}:"


def overview_of(commune: str, inhabitants: str, lists: Sequence[str]) -> str:
    """Open the overview of a commune with what decides: its inhabitants, the lists that it's on."""
    on = f"{NBSP}; sur les listes {_listed([quoted(name) for name in lists])}" if len(lists) > 1 else ""
    on = f"{NBSP}; sur la liste {quoted(lists[0])}" if len(lists) == 1 else on
    return f"{commune}{NBSP}: {inhabitants}{NBSP}habitants{on}."


def with_their_population(text: str, stated: str) -> str:
    """Add that the population counted is the one that the person states."""
    return f"{text} Je compte avec vos {stated}{NBSP}habitants."


def overview_known(known: Sequence[str]) -> str:
    """Open an overview where no commune is told: what is known."""
    return (
        f"D’après ce que vous dites ({', '.join(known)}){NBSP}:"
        if known
        else f"Sans connaître votre commune{NBSP}:"
    )


def overview_for(applicant: str) -> str:
    """Open an overview for an applicant that is no commune."""
    return f"Pour ce demandeur ({applicant}){NBSP}:"


def overview_item(label: str, theme: str, amount: str, words: str) -> str:
    """A scheme of an overview: its name, its theme, how much, whom it's for or what is left to check."""
    about = f" ({theme})" if theme and theme not in label.lower() else ""
    told = f"{NBSP}; ".join(part for part in (amount, _bare(words)) if part)
    return f"{quoted(label)}{about}{f'{NBSP}: {told}' if told else ''}"


def as_sentence(words: str) -> str:
    """Words as a sentence: a capital first, a full stop last."""
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


def refused_item(labels: Sequence[str], words: str) -> str:
    """Schemes of an overview that are kept for others, and for whom."""
    return f"{', '.join(quoted(label) for label in labels)}{NBSP}: {_bare(words)}"


def _bare(criterion: str) -> str:
    """The label of a criterion without the word that says what it's about."""
    for opening in ("Commune de ", f"Située{NBSP}: ", f"Demandeur{NBSP}: "):
        criterion = criterion.removeprefix(opening)
    return criterion


def others_of(count: int, commune: str) -> str:
    """Lead to the page of a commune, which has the schemes that an answer leaves out."""
    return f"Voir les {count} autres aides examinées pour {commune}"


def all_of(commune: str) -> str:
    """Say where the other schemes are told."""
    return f"Les autres sont sur la page de {commune}."


# The record of a commune.
def perhaps_on_the_list(name: str, of: str, wording: str) -> str:
    """Say that a source names a commune for a list without establishing it."""
    return f"Ce n’est pas confirmé{NBSP}: pour la liste {quoted(of)}, {name} est notée {quoted(wording)}."


def is_listed(name: str, of: str) -> str:
    """Say on which list a commune is, where that wasn't asked by yes or no."""
    return f"{name} figure sur la liste {quoted(of)}."


def partial(known: str, total: str) -> str:
    """Say how much of a list is known."""
    return f"Cette liste est incomplète{NBSP}: {known} communes connues sur {total}."


def not_named(name: str, labels: Sequence[str]) -> str:
    """Say that no source names a commune, and that it proves nothing."""
    of = f" pour {_listed([quoted(label) for label in labels])}" if labels else ""
    return (
        f"Mes sources ne citent pas {name}{of}. Cela ne prouve pas l’absence d’aide{NBSP}: elles ne nomment "
        "que quelques communes, la liste est incomplète."
    )


def amount_unknown(name: str) -> str:
    """Say that what a commune got isn't known."""
    return f"Le montant reçu par {name} n’est pas connu de mes sources."


def share_unknown(name: str) -> str:
    """Say that a sum is told for several communes together."""
    return f"Cette somme est commune à plusieurs bénéficiaires{NBSP}: la part de {name} n’est pas connue."


def known_in(department: str, names: Sequence[str], of: str) -> str:
    """Name the communes of a department that are known to be on a list."""
    return f"{department}, liste {quoted(of)}{NBSP}: {_listed(list(names))}."


def none_known_in(department: str, of: str) -> str:
    """Say that no commune of a department is known to be on a list."""
    return f"Je ne connais aucune commune de ce département ({department}) sur la liste {quoted(of)}."


def on_page(section: str, page: int | None) -> str:
    """Where a quote stands: its section, and its page in a document that has pages."""
    return section if page is None else f"{section}, p.\u00a0{page}"


def under_heading(heading: str, item: str) -> str:
    """An item of a list with the heading that it stands under."""
    return f"{heading.rstrip(' :' + NBSP)}{NBSP}: {item}"
