#!/usr/bin/env bash
# Puts rtbench on the PATH of the steps that follow: EXECUTABLE, where a workflow brings one, or VERSION from npm.
set -euo pipefail

programs=$RUNNER_TEMP/rtbench
mkdir -p "$programs/bin"
if [ -n "${EXECUTABLE:-}" ]; then
  ln -sf "$(realpath "$EXECUTABLE")" "$programs/bin/rtbench"
else
  npm install --global --prefix "$programs" "rtbench@${VERSION:-latest}"
fi
"$programs/bin/rtbench" --version
echo "$programs/bin" >>"$GITHUB_PATH"
