"""What a scheme is: its types, its French labels, its catalogue, the territory it applies to."""
