"""A dated note for the municipal council, as a page to print or as a document: computed, never sent."""
