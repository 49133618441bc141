"""What is asked: question files, cases, samples, variants, test sets in BEIR form."""
