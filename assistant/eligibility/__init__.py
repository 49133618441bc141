"""From facts to a verdict: criteria judged, cited, worded; needs no question, no index, no model."""
