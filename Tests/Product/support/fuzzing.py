"""Every operation of the interface tried from its own document."""

import json
import os
import subprocess
import sys
import tempfile
import time

from .servers import promise

here = os.path.dirname(os.path.abspath(__file__))


def fuzz(base, name, token, examples, paths=".", names=None, without=None):
    """schemathesis from the product's own document; `names` are parts of addresses for which there is something."""
    config = os.path.join(tempfile.mkdtemp(), "schemathesis.toml")
    with open(config, "w", encoding="utf-8") as file:
        file.write("".join(f'parameters."path.{part}" = {json.dumps(value, ensure_ascii=False)}\n' for part, value in (names or {}).items()))
        file.write(open(os.path.join(here, "schemathesis.toml"), encoding="utf-8").read())
    command = [
        os.path.join(os.path.dirname(sys.executable), "schemathesis"), "--config-file", config,
        "run", base + "/api/v1/openapi.json", "--url", base + "/api/v1",
        "--header", f"Authorization: Bearer {token}", "--checks", "all", "--max-examples", str(examples), "--seed", "20260901",
        "--suppress-health-check", "all", "--request-timeout", "60", "--phases", "examples,coverage,fuzzing", "--no-color", "--continue-on-failure",
        "--workers", "1", "--exclude-operation-id-regex", "Pdf$", "--include-path-regex", paths, *(["--exclude-checks", without] if without else []),
    ]
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, env=dict(os.environ, SCHEMATHESIS_REPORT=""), cwd=tempfile.gettempdir())
    took = time.monotonic() - began
    promise(f"schemathesis finds nothing wrong as {name} ({took:.0f} s)", done.returncode == 0, done.stdout[-6000:], done.stderr[-800:])
    if done.returncode and os.environ.get("JUNHENG_TEST_KEEP"):
        open(os.environ["JUNHENG_TEST_KEEP"], "a").write(done.stdout + done.stderr)
