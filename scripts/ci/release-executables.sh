#!/usr/bin/env bash
# Makes an executable for each system, and in FOLDER an archive of each with SHA256SUMS.
set -euo pipefail

mkdir -p "$FOLDER"
out=$(realpath "$FOLDER")
npm run build:standalone -- --target all
cd build
for program in rtbench-*; do
  case $program in
  *.exe) zip --quiet "$out/${program%.exe}.zip" "$program" ;;
  *) tar --create --gzip --file "$out/$program.tar.gz" "$program" ;;
  esac
done
cd "$out"
sha256sum rtbench-*.tar.gz rtbench-*.zip >SHA256SUMS
cat SHA256SUMS
