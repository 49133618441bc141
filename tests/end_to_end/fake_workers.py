"""``assistant serve`` on the fake engine, its options those of the command."""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    import worker_doubles

    from assistant.commands.cli import main
    from assistant.serving import parent

    parent.work = worker_doubles.work_on_fakes
    main()
