"""Every French sentence of a reply that no source wrote, a module a subject."""
