#!/usr/bin/env bash
# Puts REPORT into results/latest, commits it and pushes it to BRANCH.
set -euo pipefail

# A page is a megabyte, and each run would add one to the history: pages are the workflow's artifacts.
rtbench publish results "$REPORT" --latest --html none
git add results
if git diff --cached --quiet; then
  echo '::notice::The results are those that are there already'
  exit 0
fi
git -c user.name='github-actions[bot]' -c user.email='41898282+github-actions[bot]@users.noreply.github.com' \
  commit --quiet --message "Results of ${GITHUB_SHA:0:9} [skip ci]"
for _ in 1 2 3; do
  if git push --quiet origin "HEAD:refs/heads/$BRANCH"; then exit 0; fi
  # Somebody was quicker.
  git -c user.name='github-actions[bot]' -c user.email='41898282+github-actions[bot]@users.noreply.github.com' \
    pull --quiet --rebase origin "$BRANCH"
done
echo "::error::Could not push the results to $BRANCH"
exit 1
