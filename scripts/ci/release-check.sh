#!/usr/bin/env bash
# TAG must be the package's version, and CHANGELOG.md must tell of it.
set -euo pipefail

version=$(node --print 'require("./package.json").version')
if [ "$TAG" != "v$version" ]; then
  echo "::error::The tag is $TAG and the package is $version"
  exit 1
fi
if ! grep -q "^## $version\b" CHANGELOG.md; then
  echo "::error::CHANGELOG.md has nothing of $version"
  exit 1
fi
