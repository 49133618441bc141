"""From a question and passages to the sentences that answer, how sure, or why none does."""
