"""Pins the quality floors of tests/quality/floors.json.

    python tests/tools/pin_floors.py                               raise every floor to what is measured now
    python tests/tools/pin_floors.py --lower "NAME" --reason "..."  lower one floor, with the reason kept in the file

A floor is the measured figure cut to two decimals, so that a change of one document in a hundred shows.
"""

from __future__ import annotations

import json
import math
import sys
from argparse import ArgumentParser
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "quality"))
from gold import FLOORS, digest, measured


def main() -> int:
    parser = ArgumentParser()
    parser.add_argument("--lower", metavar="NAME")
    parser.add_argument("--reason", default="")
    asked = parser.parse_args()
    if asked.lower and len(asked.reason) <= 20:
        parser.error("a lowered floor needs a --reason of more than 20 characters")
    kept = json.loads(FLOORS.read_text()) if FLOORS.exists() else {"floors": {}, "lowered": []}
    floors = dict(kept["floors"])
    for name, value in measured().items():
        floor = math.floor(value * 100) / 100
        before = floors.get(name, 0.0)
        if floor >= before:
            floors[name] = floor
        elif name == asked.lower:
            floors[name] = floor
            kept["lowered"].append({"name": name, "from": before, "to": floor, "reason": asked.reason})
        else:
            print(f"{name}: measured {value}, floor {before}: not lowered")
    FLOORS.write_text(json.dumps({"corpus": digest(), "floors": floors, "lowered": kept["lowered"]}, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
