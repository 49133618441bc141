"""What the sample document says in each format (files of ``ingest/formats/make_samples.py``)."""

from pathlib import Path

from corpus.fiches.document import Document

SAMPLES = Path(__file__).parent / "ingest" / "formats" / "samples"
TITLE = "Aide aux lavoirs et fontaines du syndicat de la Vallée"
STATEMENTS = [
    ("", "Publié le 14 mars 2024 par le syndicat de la Vallée."),
    ("Objet", "Le syndicat de la Vallée aide les communes à restaurer leurs lavoirs et leurs fontaines."),
    (
        "Objet",
        "L’aide porte sur les ouvrages construits avant 1950 et accessibles au public toute l’année.",
    ),
    (
        "Bénéficiaires",
        "Peuvent demander l’aide : les communes de moins de 3 500 habitants ; les associations qui "
        "entretiennent un ouvrage depuis plus de deux ans, avec l’accord de la commune qui en est "
        "propriétaire.",
    ),
    ("Montant", "Le taux dépend des travaux."),
    ("Montant", "Charpente et toiture, Taux : 40 % ; Plafond : 12 000 €"),
    ("Montant", "Maçonnerie, Taux : 30 % ; Plafond : 8 000 €"),
    ("Montant", "Abords, Taux : 20 % ; Plafond : 3 000 €"),
    ("Montant", "La commune garde à sa charge au moins 20 % du coût."),
    ("Calendrier", "Les dossiers sont reçus jusqu’au 30 septembre de chaque année."),
    ("Calendrier", "La réponse est donnée sous trois mois."),
    (
        "Dossier",
        "Le dossier comprend : une délibération du conseil municipal ; deux devis détaillés ; trois "
        "photographies de l’ouvrage.",
    ),
    (
        "Dossier",
        "Il est envoyé à lavoirs@vallee.example ou déposé au siège du syndicat, 4 rue du Moulin.",
    ),
    ("Exclusions", "Les travaux commencés avant l’accusé de réception ne sont pas aidés."),
    ("Exclusions", "Les bassins de baignade sont exclus."),
]


def told(document: Document) -> list[tuple[str, str]]:
    """Heading and text of every statement, no-break spaces as others."""
    return [
        (section.title, sentence.text.replace("\u00a0", " ")) for section, sentence in document.sentences()
    ]
