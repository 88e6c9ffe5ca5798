#!/usr/bin/env bash
# Installs the package that is in FOLDER into an empty folder, and uses it there with whatever Node the PATH has.
set -euo pipefail

package=$(realpath "$FOLDER"/rtbench-*.tgz)
empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT
cd "$empty"
echo '{ "private": true }' >package.json
npm install --no-audit --no-fund "$package"

node --version
read -r -d '' -a more <<<"${RTBENCH_ARGS:-}" || true
npx --no-install rtbench compare --transports all --rounds 1 --quiet --out report.json "${more[@]}"
node_modules/.bin/rtbench report report.json --format markdown
node --input-type=module --eval "import { runPlan } from 'rtbench'; if (typeof runPlan !== 'function') process.exit(1)"
