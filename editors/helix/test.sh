#!/usr/bin/env bash
# Types into a real Helix, in tmux. usage: test.sh PODLS COMMAND...    COMMAND starts `hx` and gets a file.
# HELIX_ROOT is the root folder that COMMAND changes to, if it does.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
podls=$1
shift
# shellcheck source=screen.sh
. "$here/screen.sh"
manifest=$(mktemp)
cat > "$manifest" <<'Y'
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  initContainers:
  - name: wait
    image: busybox:1.36
    imagePolicy: Always
  containers:
  - name: app
    image: nginx:1.27
Y

# The picker cuts messages in a narrow window.
open_helix 170 "$podls" "$manifest" "$@"
rm "$manifest"

see "the file is open" "kind: Pod"
see "the fault is told" "unknown field"
keys ' ' d
see "it is among the findings" 'unknown field `imagePolicy`'
keys Escape
keys 9 g g
keys o
keys -l 're'
see "completion offers restartPolicy" "restartPolicyRules"
keys Escape
keys Escape
keys u
keys 1 1 g g
keys g l
keys ' ' a
see "a sidecar can be added" "Add sidecar"
keys Enter
see "the action changes the file" "[+]"
keys -l ':w'
keys Enter
sleep 0.5
"$podls" check "$home/pod.yaml" > "$home/found" || true
# The fault is still there, and no other one.
[ "$(grep -c '^error' "$home/found")" = 1 ] || { cat "$home/found"; exit 1; }
echo "ok: the result has no new error"
