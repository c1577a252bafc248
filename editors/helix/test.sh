#!/usr/bin/env bash
# Types into a real Helix, in tmux. usage: test.sh PODLS COMMAND...    COMMAND starts `hx` and gets a file.
# HELIX_ROOT is the root folder that COMMAND changes to, if it does.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
podls=$1
shift
# shellcheck source=screen.sh
. "$here/screen.sh"

# The picker cuts messages in a narrow window.
open_helix 170 "$podls" "$here/../pod.yaml" "$@"

see "the file is open" "kind: Pod"
see "the fault is told" "unknown field"
list_findings
see "it is among the findings" 'unknown field `imagePolicy`'
keys Escape
keys 9 g g
keys o
keys -l 're'
see "completion offers restartPolicy" "restartPolicy +field"
keys Escape
keys Escape
keys u
keys 1 1 g g
keys g l
keys ' ' a
see "a sidecar can be added" "Add sidecar"
keys Enter
see "the action changes the file" '\[\+\]'
keys -l ':w'
keys Enter
see "the file is written" "written"
"$podls" check "$home/pod.yaml" > "$home/found" || true
# The fault is still there, and no other one.
[ "$(grep -c '^error' "$home/found")" = 1 ] || { echo "failed: the result has other errors"; cat "$home/found"; exit 1; }
echo "ok: the result has no new error"
