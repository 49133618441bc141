"""Nothing leaves that its sources do not say: claims of a line, of a reply, of a model’s sentence."""
