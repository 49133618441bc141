"""The checks of the corpus: what makes a fiche fit to be published."""

from corpus.check.catalogue import check_catalogue
from corpus.check.folder import check_corpus, check_fiche

__all__ = ["check_catalogue", "check_corpus", "check_fiche"]
