#!/usr/bin/env bash
# Shows that the tests can fail: `editors/planted.sh [editor...]` runs them with a podls that loses a
# finding, then with one that loses a completion item (planted.py). Each test has to fail at what is
# lost, and so has the comparison of what the editors show. The extension for Zed, which is only checked
# and run by itself, gets faults of its own. PODLS is the program, as for test.sh.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
: "${PODLS:?is the program that gets the faults}"
cache="$PWD/target/editors"
[ $# -gt 0 ] || set -- neovim emacs zed-check

# Under the same path in the Debian of some editors, where Python is needed too.
work=$(mktemp -d /tmp/podls-planted.XXXXXX)
inside="$cache/debian$work"
trap 'rm -rf "$work" "$inside"' EXIT
export PLANTED_PODLS="$work/podls"
cp "$PODLS" "$PLANTED_PODLS"
[ -x "$cache/debian/usr/bin/python3" ] || rm -f "$cache/debian/complete"

failed=0
told() {
  echo "failed: $1"
  failed=1
}

# is_told EDITOR FAULT PATTERN FILE: whether the test says that it fails at what matches the pattern.
is_told() {
  local line
  if line=$(grep -m 1 -E "^failed: .*($3)" "$4"); then
    echo "ok: $1 without a $2: \"${line:0:100}\""
  else
    told "$1 does not notice that a $2 is missing"
    tail -n 20 "$4"
  fi
}

# lost EDITOR FAULT PATTERN: tests an editor with a server that loses something.
lost() {
  local editor=$1 fault=$2 pattern=$3 log="$work/log"
  [ ! -e "$cache/debian/complete" ] || { mkdir -p "$inside" && cp "$PODLS" "$inside/podls"; }
  if PLANTED=$fault VSCODE_PARTS="host window" PODLS="$PWD/editors/planted.py" \
    editors/test.sh "$editor" >"$log" 2>&1; then
    grep '^skipped' "$log" || told "$editor passes without a $fault"
    return
  fi
  is_told "$editor" "$fault" "$pattern" "$log"
  [ "$editor" != vscode ] || is_told "the window of $editor" "$fault" "underlined|completion offers.*see" "$log"
  editors/compare.sh "$PODLS" editors/shown.yaml "$work/healthy.json" "$cache/$editor.json" \
    >"$log" 2>&1 || true
  is_told "the comparison of $editor" "$fault" "$editor (shows|completes)" "$log"
}

# broken EDITOR WHAT COMMAND...: tests a copy of the extension for Zed that COMMAND has spoilt.
broken() {
  local editor=$1 what=$2
  shift 2
  rm -rf "$work/zed"
  cp -r editors/zed "$work/zed"
  (cd "$work/zed" && "$@")
  if ZED="$work/zed" editors/test.sh "$editor" >"$work/log" 2>&1; then
    grep '^skipped' "$work/log" || told "$editor passes with $what"
  else
    echo "ok: $editor with $what: \"$(grep -m 1 -E 'missing|^error|AssertionError' "$work/log")\""
  fi
}

editors/test.sh neovim >"$work/log" || { cat "$work/log"; exit 1; }
cp "$cache/neovim.json" "$work/healthy.json"
for editor in "$@"; do
  case "$editor" in
    zed-check)
      broken "$editor" "no licence" rm LICENSE
      broken "$editor" "a misspelt function" sed -i s/fn.language_server_command/fn\ command/ src/lib.rs
      ;;
    zed) broken "$editor" "another program" sed -i 's/"podls"/"other"/' src/lib.rs ;;
    *)
      lost "$editor" finding "diagnostic|finding|fault|underlined"
      lost "$editor" completion "completion"
      ;;
  esac
done
exit $failed
