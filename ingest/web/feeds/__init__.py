"""From a feed of schemes to copies of its records on this disk, each read as a document."""
