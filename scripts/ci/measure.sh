#!/usr/bin/env bash
# Compares transports: the table into the job's summary, OUTPUTS into FOLDER, and whether all gates passed to the steps that follow.
set -euo pipefail

mkdir -p "$FOLDER"
arguments=(compare --quiet --summary --out "$FOLDER/report.json")
[ -z "${TRANSPORTS:-}" ] || arguments+=(--transports "$TRANSPORTS")
[ -z "${SCENARIO:-}" ] || arguments+=(--scenario "$SCENARIO")
if [ -n "${BASELINE:-}" ]; then
  # The first run of all has none yet.
  if [ -e "$BASELINE" ]; then
    arguments+=(--baseline "$BASELINE")
  else
    echo "::notice::There is no baseline at $BASELINE yet"
  fi
fi
while IFS= read -r expression; do
  [ -z "$expression" ] || arguments+=(--fail-if "$expression")
done <<<"${FAIL_IF:-}"
while IFS= read -r file; do
  case $file in
  '') ;;
  *:*) arguments+=(--out "${file%%:*}:$FOLDER/${file#*:}") ;;
  *) arguments+=(--out "$FOLDER/$file") ;;
  esac
done <<<"${OUTPUTS:-}"
# Words as they stand: nothing in them is quoted.
read -r -d '' -a more <<<"${RTBENCH_ARGS:-}" || true
arguments+=("${more[@]}")

code=0
rtbench "${arguments[@]}" || code=$?
passed=false
[ "$code" -ne 0 ] || passed=true
echo "passed=$passed" >>"$GITHUB_OUTPUT"
[ ! -e "$FOLDER/report.json" ] || echo "report=$FOLDER/report.json" >>"$GITHUB_OUTPUT"
exit "$code"
