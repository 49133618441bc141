"""The communes and their lists as tables: read, checked row by row and against one another."""
