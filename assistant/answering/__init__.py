"""The engine: one turn from request to reply, step by step; composes, adds the verdict."""
