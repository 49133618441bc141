"""From a record of a feed to a document: its texts, and what its fields say told in French."""
