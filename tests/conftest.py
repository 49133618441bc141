"""What all tests share: vectors computed once, and hypothesis that takes its time on a busy machine."""

import os
from pathlib import Path

from hypothesis import settings

# Tests that encode the fiches by the real encoder do it once, whatever the test, the process and the run.
os.environ.setdefault("ASSISTANT_VECTOR_CACHE", str(Path(__file__).parents[1] / "var" / "test-vectors"))

settings.register_profile("project", deadline=None)
settings.load_profile("project")
