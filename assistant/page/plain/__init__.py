"""Pages drawn on the server that need no script: catalogue, schemes, communes, documents, a conversation."""
