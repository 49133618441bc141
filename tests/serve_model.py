"""Serve a GGUF file until killed: ``serve_model.py FILE [KEY]``; prints the address."""

import sys
import time
from pathlib import Path

import xllamacpp

params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.model_alias = {Path(sys.argv[1]).stem}
params.n_ctx, params.n_parallel, params.port, params.verbosity = 2048, 1, 0, 0
if len(sys.argv) > 2:
    params.api_keys = [sys.argv[2]]
server = xllamacpp.Server(params)
sys.stdout.write(f"{server.listening_address}\n")
sys.stdout.flush()
while True:
    time.sleep(3600)
