#!/usr/bin/env bash
# Drives the packaged extension in a real VS Code (code-server) in a headless Chromium.
# usage: run.sh DIR VSIX SHOWN [PART...]   DIR is where setup.sh put code-server; pictures go to
# DIR/pictures, and what VS Code shows of editors/shown.yaml to SHOWN. All parts without a PART.
# The part `pictures` takes those of the READMEs.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dir=$(cd "$1" && pwd) vsix=$2 shown=$3
shift 3
[ $# -gt 0 ] || set -- host window versions walkthrough path restricted beside
# shellcheck source=/dev/null
. "$dir/env.sh"

work=$(mktemp -d)
mkdir -p "$dir/pictures"
rm -f "$dir/pictures"/*.png
export XDG_CONFIG_HOME="$work/config"
export YAML_SERVER="$dir/yaml/node_modules/yaml-language-server/bin/yaml-language-server"
trap 'rm -rf "$work"' EXIT

# A VS Code that has never been started, and the manifests.
fresh() {
  rm -rf "$work/data" "$work/exts" "$work/pods"
  mkdir -p "$work/data/User" "$work/pods"
  cp "$here/settings.json" "$work/data/User"
  "$here/manifests.sh" "$work/pods"
  cp "$here/../../../shown.yaml" "$work/pods"
}

# start VSIX...: starts VS Code with these extensions; it is at $url, and ends with this shell.
start() {
  local exts="$work/exts" port vsix
  for vsix in "$@"; do
    code_server "$exts" --install-extension "$vsix" | tail -n 1
  done
  installed=$(echo "$exts"/podls.podls-*)
  port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
  url="http://127.0.0.1:$port"
  # A group of its own: the extension host outlives the browser, and has to end with the rest.
  set -m
  code_server "$exts" --bind-addr "127.0.0.1:$port" --auth none --disable-telemetry \
    --disable-update-check $trust > "$work/log" 2>&1 &
  server=$!
  set +m
  trap 'kill -- "-$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true' EXIT
  for _ in $(seq 600); do
    grep -qs 'HTTP server listening' "$work/log" && return
    sleep 0.1
  done
  cat "$work/log"
  return 1
}

code_server() {
  local exts=$1
  shift
  node "$dir/cs/node_modules/code-server" --user-data-dir "$work/data" --extensions-dir "$exts" "$@"
}

# Stands in for Red Hat's extension, which no package registry has.
yaml_extension() {
  local made="$work/yaml"
  mkdir -p "$made"
  cp "$here/yaml/package.json" "$made"
  echo "${made##*/}" > "$made/.vscodeignore"
  (
    cd "$here/../.."
    npx esbuild "$here/yaml/extension.cjs" --bundle --outfile="$made/extension.js" --external:vscode \
      --format=cjs --platform=node --log-level=warning
  )
  cd "$made"
  "$here/../../node_modules/.bin/vsce" package --no-dependencies --allow-missing-repository \
    --skip-license --out "$work/yaml.vsix" >/dev/null
}

# Each part gets a VS Code of its own, so that none sees what another one has left.
host() {
  start "$vsix"
  timeout 240 node host.mjs "$url" "$installed" "$here/inside.cjs" "$work/pods"
}

in_window() {
  start "$vsix"
  timeout 300 node "$1.mjs" "$url" "$work/pods" "$dir/pictures"
}

path() {
  mkdir "$work/pods/.vscode"
  echo '{ "podls.server.path": "/nowhere/podls" }' > "$work/pods/.vscode/settings.json"
  in_window path
}

# Of all parts the only one in which VS Code asks whether a workspace is trusted.
restricted() {
  local trust=""
  mkdir "$work/pods/.vscode"
  printf '#!/bin/sh\ntouch "%s/pods/started"\nexec "%s" "$@"\n' "$work" "$PODLS" > "$work/own"
  chmod +x "$work/own"
  printf '{ "podls.server.path": "%s" }\n' "$work/own" > "$work/pods/.vscode/settings.json"
  in_window restricted
}

beside() {
  mkdir "$work/pods/.vscode"
  echo '{ "yaml.schemas": { "kubernetes": "*.yaml", "./composer.json": "composer.yaml" } }' \
    > "$work/pods/.vscode/settings.json"
  echo '{}' > "$work/pods/composer.json"
  (yaml_extension)
  start "$vsix" "$work/yaml.vsix"
  timeout 240 node beside.mjs "$url" "$work/pods" "$dir/pictures"
}

pictures() {
  cp "$here/../../../../tests/manifests/faulty.yaml" "$work/pods"
  start "$vsix"
  timeout 240 node pictures.mjs "$url" "$work/pods" "$here/../../../images"
}

trust=--disable-workspace-trust
cp "$here"/*.mjs "$dir/drive/"
cd "$dir/drive"
failed=0
for part in "$@"; do
  echo "-- $part"
  started=$SECONDS
  # Keys may go astray in a window on a busy machine. What is wrong with podls fails twice.
  for try in first second; do
    fresh
    set +e
    case "$part" in
      host | path | restricted | beside | pictures) (set -e; "$part") ;;
      *) (set -e; in_window "$part") ;;
    esac
    status=$?
    set -e
    [ $status != 0 ] || break
    echo "-- $part: the $try try failed"
  done
  [ $status = 0 ] || failed=1
  echo "-- $part took $((SECONDS - started)) s"
  [ ! -f "$work/pods/shown.json" ] || cp "$work/pods/shown.json" "$shown"
done
exit $failed
