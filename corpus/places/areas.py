"""The natural regions of the Hauts-de-France and of its borders: places, but nobody's commune."""

from __future__ import annotations

# Folded words; each tells its area alone ("Flandre" in "Flandre intérieure").
AREAS = frozenset(
    """
    amienois ardenne ardennes artois audomarois avesnois beauvaisis belgique bethunois boulonnais
    bray brie bruxelles calaisis cambresis caudresis champagne clermontois douaisis dunkerquois
    europe ferrain flandre flandres france gohelle hainaut laonnois lensois marquenterre melantois
    montreuillois multien noyonnais opale orxois ostrevent pevele picardie ponthieu santerre soissonnais
    tardenois ternois thelle thierache valenciennois valois vermandois vexin vimeu weppes yser
    """.split()  # noqa: SIM905 - a page of quotes would hide the words
)

# Those that are not of the region alone: a name that they follow may be another's.
BORDERS = frozenset({"ardenne", "ardennes", "belgique", "brie", "bruxelles", "champagne", "europe", "france"})
