"""What users say of an answer: its route, its shape, where it is kept and for how long."""
