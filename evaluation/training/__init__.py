"""What is learned from the fiches, the questions about them and the utterances."""
