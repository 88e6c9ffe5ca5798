#!/usr/bin/env bash
# Makes the package as npm would publish it, in FOLDER.
set -euo pipefail

mkdir -p "$FOLDER"
npm pack --pack-destination "$FOLDER"
