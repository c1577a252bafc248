#!/usr/bin/env bash
# Compares what editors show of a manifest with what `podls check` finds in it, and their completion
# lists with each other. usage: compare.sh PODLS MANIFEST FILE...    FILE is what an editor wrote.
set -euo pipefail
podls=$1 manifest=$2
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

found='[.[] | {line, column, severity, code, message}]'
# `check` ends with 1 when there are errors.
"$podls" check --format json "$manifest" > "$work/check.json" || [ $? = 1 ]
jq "$found" "$work/check.json" > "$work/all"
[ "$(jq length "$work/all")" -gt 5 ] || { echo "the manifest shows too little" >&2; exit 1; }

# same WHAT FILE OF: fails with the difference unless both are the same, in whatever order.
same() {
  if diff <(jq -S -c 'sort | .[]' "$2") <(jq -S -c 'sort | .[]' "$3") > "$work/diff"; then
    echo "ok: $1"
  else
    echo "failed: $1 (<: podls or the first editor, >: the editor)"
    cat "$work/diff"
    return 1
  fi
}

failed=0
first=""
for file in "$@"; do
  editor=$(basename "$file" .json)
  jq .diagnostics "$file" > "$work/diagnostics"
  # Helix has no list with places.
  if jq -e 'all(has("line"))' "$work/diagnostics" > /dev/null; then
    cp "$work/all" "$work/wanted"
  else
    jq 'map(del(.line, .column))' "$work/all" > "$work/wanted"
  fi
  same "$editor shows what podls check finds" "$work/wanted" "$work/diagnostics" || failed=1
  jq .completions "$file" > "$work/completions"
  [ "$(jq length "$work/completions")" -gt 5 ] || { echo "failed: $editor completes nothing"; failed=1; }
  if [ -z "$first" ]; then
    first=$editor
    cp "$work/completions" "$work/first"
  else
    same "$editor completes what $first does" "$work/first" "$work/completions" || failed=1
  fi
done
exit $failed
