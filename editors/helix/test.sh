#!/usr/bin/env bash
# Types into a real Helix, in tmux. usage: test.sh PODLS COMMAND...    COMMAND starts `hx` and gets a file.
# HELIX_ROOT is the root folder that COMMAND changes to, if it does.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
podls=$1
shift
home=$(mktemp -d "${HELIX_ROOT:-}/tmp/podls-helix.XXXXXX")
seen=${home#"${HELIX_ROOT:-}"}
cp "$podls" "$home/podls"
mkdir -p "$home/config/helix"
sed "s#command = \"podls\"#command = \"$seen/podls\"#" "$here/languages.toml" > "$home/config/helix/languages.toml"
cat > "$home/pod.yaml" <<'Y'
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

tmux() { command tmux -L "podls-$$" -f /dev/null "$@"; }
trap 'tmux kill-server 2>/dev/null || true; rm -rf "$home"' EXIT
# The picker cuts messages in a narrow window.
tmux new-session -d -x 170 -y 40 \
  "$* env TERM=tmux-256color LANG=C.UTF-8 XDG_CONFIG_HOME=$seen/config hx $seen/pod.yaml"

# see WHAT TEXT: waits until TEXT is on the screen.
see() {
  for _ in $(seq 200); do
    if tmux capture-pane -p 2>/dev/null | grep -qF -- "$2"; then
      echo "ok: $1"
      return
    fi
    sleep 0.1
  done
  echo "failed: $1; on the screen is:"
  tmux capture-pane -p || true
  exit 1
}
keys() {
  tmux send-keys "$@"
  sleep 0.3
}

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
