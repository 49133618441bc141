"""A scheme as search engines read it: JSON-LD in the words of schema.org."""

from __future__ import annotations

from assistant.page.plain.sheet import Sheet
from corpus.labels import Funder

_REGION = "Hauts-de-France"
_ORGANISATIONS = {Funder.ASSOCIATION: "NGO"}


def linked_data(sheet: Sheet, root: str) -> dict[str, object]:
    """Describe a scheme.

    Args:
        sheet: as its page shows it.
        root: the whole address of the root of the site, with its last slash.
    """
    scheme = sheet.scheme
    return {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": scheme.name,
        "alternateName": scheme.short_name or scheme.aliases[0],
        "description": sheet.description,
        "url": f"{root}dispositifs/{scheme.id}",
        "serviceType": ", ".join(sheet.topics),
        "provider": {
            "@type": _ORGANISATIONS.get(scheme.funder, "GovernmentOrganization"),
            "name": sheet.funder,
        },
        "audience": [{"@type": "Audience", "audienceType": kind} for kind in sheet.whom],
        "areaServed": {"@type": "AdministrativeArea", "name": _REGION},
        "inLanguage": "fr",
        "isBasedOn": [origin.url for origin in sheet.origins if origin.url],
    }
