"""People who ask: the chat page, the widget, the legal page."""
