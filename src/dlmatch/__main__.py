"""python -m dlmatch: the same program."""

from __future__ import annotations

import sys

from dlmatch.cli.app import main

sys.exit(main())
