"""What all tests share: hypothesis takes its time, so that a busy machine fails no test."""

from hypothesis import settings

settings.register_profile("project", deadline=None)
settings.load_profile("project")
