"""French text in general: folded, typeset, dated, counted, cut into sentences."""
