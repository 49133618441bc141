"""Find what may answer: passages, schemes, sentences, each with its score."""
