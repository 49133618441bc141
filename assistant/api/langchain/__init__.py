"""For LangChain's users: the search as a retriever, tools for an agent, the assistant as a runnable."""
