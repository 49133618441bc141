"""Serve a GGUF file until killed: ``serve_model.py FILE [KEY]``; prints the address."""

import sys
import time
from pathlib import Path

from assistant.model.local import start_server

server = start_server(Path(sys.argv[1]), *sys.argv[2:])
sys.stdout.write(f"{server.listening_address}\n")
sys.stdout.flush()
while True:
    time.sleep(3600)
