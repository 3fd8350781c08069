"""Which of these tests this system can run; what they prove is not about the platform."""

from __future__ import annotations

import shutil
import sys

_POSIX = [
    *("test_kill_commands.py", "test_kill_screens.py", "test_read_only.py"),
    *("test_three_processes.py", "test_kill_plain.py"),
]
_TRACED = ["test_power.py", "test_failing_disk.py"]
"""They need Linux and strace."""

collect_ignore = [
    *(_POSIX if sys.platform == "win32" else []),
    *([] if sys.platform == "linux" and shutil.which("strace") else _TRACED),
]
