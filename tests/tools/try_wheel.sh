#!/usr/bin/env bash
# Builds the wheel, installs it into an empty environment with an empty home, and runs the main job outside the checkout.
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd)"
place="$(mktemp -d)"
trap 'rm -rf "$place"' EXIT
python -m pip wheel --quiet --no-deps --wheel-dir "$place/wheel" "$root"
python -m venv "$place/venv"
mkdir "$place/home" "$place/work"
cp "$root"/samples/resumes/* "$root"/samples/ads/* "$place/work/"
cd "$place/work"
export HOME="$place/home"
unset PYTHONPATH
"$place/venv/bin/python" -m pip install --quiet "$place"/wheel/*.whl
"$place/venv/bin/dlmatch" --version
"$place/venv/bin/dlmatch" taxonomy check
for resume in *.pdf *graduate*.docx; do
    "$place/venv/bin/dlmatch" resume "$resume" >"$resume.out"
    grep -q "of 100" "$resume.out"
    "$place/venv/bin/dlmatch" resume "$resume" --format json >"$resume.json"
    "$place/venv/bin/python" -c 'import json, sys; assert json.load(open(sys.argv[1]))["skills"]' "$resume.json"
done
echo "the wheel works outside the checkout"
