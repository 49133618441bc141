"""A language model chooses what answers, or rewords it: connection, calls, prompts, draft, rewriting."""
