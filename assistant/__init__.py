"""From a question to a cited reply: understand, retrieve, compose, verify; HTTP, chat page, CLI."""
