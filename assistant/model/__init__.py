"""A language model rewords what was chosen: connection, prompt, draft, rewriting."""
