"""Train the encoder and write it for onnxruntime; nothing here runs when questions are answered."""
