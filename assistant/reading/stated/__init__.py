"""What a document states: its sentences cut into what each says, the rates, sums and bounds found in them."""
