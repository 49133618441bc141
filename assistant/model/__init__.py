"""A language model reads, chooses what answers, rewords it: connection, calls, prompts, draft, rewriting."""
