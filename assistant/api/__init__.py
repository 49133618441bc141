"""Programs that ask: HTTP, OpenAI’s form, feedback, MCP; what guards and counts requests."""
