"""What an officer should look at again: what grew old, what contradicts itself, which addresses are gone."""
