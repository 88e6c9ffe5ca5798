#!/usr/bin/env bash
# A GitHub release of TAG with what is in FOLDER, in the words of CHANGELOG.md; where there is one already its files are replaced.
set -euo pipefail

notes=$(mktemp)
trap 'rm -f "$notes"' EXIT
awk -v title="## ${TAG#v}" '$0 ~ "^" title { on = 1; next } /^## / { on = 0 } on' CHANGELOG.md >"$notes"
if gh release view "$TAG" >/dev/null 2>&1; then
  gh release upload "$TAG" "$FOLDER"/* --clobber
else
  gh release create "$TAG" "$FOLDER"/* --verify-tag --title "rtbench ${TAG#v}" --notes-file "$notes"
fi
