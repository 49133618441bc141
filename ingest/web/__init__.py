"""From an address of the web to copies of its pages on this disk, which are then read as files are."""
