"""From messages to what they say: what is asked, of which schemes, by whom, of which place."""
