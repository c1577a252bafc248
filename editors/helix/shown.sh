#!/usr/bin/env bash
# Writes down what Helix shows of a manifest: reads its list of findings and its completion list off the
# screen. usage: shown.sh PODLS MANIFEST FILE COMMAND...    HELIX_ROOT as for test.sh.
set -euo pipefail
# Frames are drawn with characters of their own.
export LC_ALL=C.UTF-8
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
podls=$1 manifest=$2 file=$3
shift 3
# shellcheck source=screen.sh
. "$here/screen.sh"
# So wide that no message is cut.
open_helix 400 "$podls" "$manifest" "$@"

see "the manifest is open" "kind: Pod"
list_findings
see "there are findings" "ERROR +podls"
name='{"ERROR": "error", "WARN": "warning", "INFO": "information", "HINT": "hint"}'
screen | sed -nE 's/^[^│]*│ [> ] (ERROR|WARN|INFO|HINT) +podls +([a-z-]+) +([^│]*[^│ ]) *│.*/\1\t\2\t\3/p' |
  jq -R --argjson name "$name" \
    'split("\t") | {severity: $name[.[0]], code: .[1], message: .[2]}' > "$home/diagnostics"
keys Escape

line=$(grep -n '# here completion is asked for' "$manifest" | cut -d: -f1)
keys -l "${line}gg"
keys -l gsvglc
see "there is a completion list" "[A-Za-z]{2}  +field "
# The list shows ten at a time; going on, it comes back to its beginning. It has been seen in whole when
# nothing new has come for long.
: > "$home/completions"
old=0
while [ "$old" -lt 30 ]; do
  # Beside the list there may be docs, where a field is mentioned in a sentence.
  before=$(sort -u "$home/completions" | wc -l)
  screen | sed -nE 's/.* ([A-Za-z]+) +field ([ ▐].*|)$/\1/p' >> "$home/completions"
  old=$((old + 1))
  [ "$before" = "$(sort -u "$home/completions" | wc -l)" ] || old=0
  tmux send-keys C-n
  sleep 0.1
done
jq -R . "$home/completions" | jq -s unique > "$home/unique"
jq -s --slurpfile completions "$home/unique" \
  '{diagnostics: ., completions: $completions[0]}' "$home/diagnostics" > "$file"
