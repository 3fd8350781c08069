"""Records made first by several threads at once: each is checked, and the program goes on."""

from __future__ import annotations

import subprocess
import sys

FIRST = """
import sys, threading
from walk.model import RECORDS, record
sys.setswitchinterval(1e-6)
together = threading.Barrier(8)
wrong = []
def make():
    together.wait()
    for noun in RECORDS.values():
        try:
            noun.from_body(bytes(16), bytes(16), '{"text": 5, "theme": {}}')
        except ValueError:
            pass
        except BaseException as error:
            wrong.append(error)
for _ in range(20):
    record._checks.cache_clear()
    threads = [threading.Thread(target=make) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
sys.exit(len(wrong))
"""


def test_threads_that_make_a_kind_first_at_once_end_nothing() -> None:
    """msgspec ends the program where two threads look at a class for the first time at once."""
    done = subprocess.run(
        [sys.executable, "-c", FIRST], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
