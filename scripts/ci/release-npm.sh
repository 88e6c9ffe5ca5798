#!/usr/bin/env bash
# Publishes the package with its provenance; a version that is there already is left as it is, so that a release can be run again.
set -euo pipefail

version=$(node --print 'require("./package.json").version')
if [ "$(npm view "rtbench@$version" version 2>/dev/null)" = "$version" ]; then
  echo "::notice::rtbench $version is published already"
  exit 0
fi
npm publish --provenance --access public
