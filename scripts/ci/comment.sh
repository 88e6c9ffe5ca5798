#!/usr/bin/env bash
# Puts BODY_FILE under pull request PR_NUMBER, in the one comment that there is for it; without leave to write it only says so.
set -euo pipefail

mark='<!-- rtbench -->'
comments=repos/$GITHUB_REPOSITORY/issues/$PR_NUMBER/comments
body=$(mktemp)
said=$(mktemp)
trap 'rm -f "$body" "$said"' EXIT
{
  echo "$mark"
  cat "$BODY_FILE"
} >"$body"

own=".[] | select(.user.type == \"Bot\" and (.body | startswith(\"$mark\"))) | .id"
ids=$(gh api --paginate "$comments" --jq "$own")
if [ -n "$ids" ]; then
  request=(--method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/${ids%%$'\n'*}")
else
  request=(--method POST "$comments")
fi
if ! gh api "${request[@]}" --field "body=@$body" --silent 2>"$said"; then
  cat "$said" >&2
  grep -q 'HTTP 403' "$said"
  echo '::notice::No comment: a pull request from a fork has no leave to write one. The table is in the job summary.'
fi
