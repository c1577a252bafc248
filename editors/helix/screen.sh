# shellcheck shell=bash
# Types into a real Helix in tmux, and reads its screen; sourced by the tests.

tmux() { command tmux -L "podls-$$" -f /dev/null "$@"; }

# open_helix COLUMNS PODLS MANIFEST COMMAND...: COMMAND starts `hx`. Its files are in $home.
open_helix() {
  local columns=$1 podls=$2 manifest=$3 seen
  shift 3
  home=$(mktemp -d "${HELIX_ROOT:-}/tmp/podls-helix.XXXXXX")
  trap 'tmux kill-server 2>/dev/null || true; rm -rf "$home"' EXIT
  seen=${home#"${HELIX_ROOT:-}"}
  cp "$podls" "$home/podls"
  cp "$manifest" "$home/pod.yaml"
  mkdir -p "$home/config/helix"
  sed "s#command = \"podls\"#command = \"$seen/podls\"#" "$here/languages.toml" \
    > "$home/config/helix/languages.toml"
  tmux new-session -d -x "$columns" -y 40 \
    "$* env TERM=tmux-256color LANG=C.UTF-8 XDG_CONFIG_HOME=$seen/config hx $seen/pod.yaml"
}

screen() {
  tmux capture-pane -p 2>/dev/null
}

# see WHAT PATTERN: waits until something on the screen matches the extended regular expression.
see() {
  for _ in $(seq 300); do
    if screen | grep -qE -- "$2"; then
      echo "ok: $1"
      return
    fi
    sleep 0.1
  done
  echo "failed: $1; on the screen is:"
  screen || true
  exit 1
}

# Opens the list of all findings; again if they have not come yet, since it stays as it was opened.
list_findings() {
  for _ in $(seq 20); do
    keys ' ' d
    ! screen | grep -qE '(ERROR|WARN|INFO|HINT) +podls' || return 0
    keys Escape
  done
}

# Helix takes some keys as one if they come too fast.
keys() {
  tmux send-keys "$@"
  sleep 0.3
}
