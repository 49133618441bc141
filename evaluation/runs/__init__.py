"""Put questions to an engine or to a server, and keep what came back."""
