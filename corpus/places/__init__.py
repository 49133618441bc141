"""From a text to the communes and places it names, and how sure that is."""
