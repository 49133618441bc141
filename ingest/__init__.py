"""From files to an index: load, chunk, embed, store one generation, make it current."""
