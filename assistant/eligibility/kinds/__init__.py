"""The kinds of criteria, one file each: see :class:`assistant.eligibility.kind.CriterionKind`."""
