"""One plan a kind of answer: what it says, in which order."""
