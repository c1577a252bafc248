#!/usr/bin/env bash
# Drives the packaged extension in a real VS Code (code-server) in a headless Chromium.
# usage: run.sh DIR VSIX SHOWN      DIR is where setup.sh put code-server; pictures go to DIR/pictures,
# and what VS Code shows of editors/shown.yaml to SHOWN.
#        run.sh DIR VSIX pictures   only takes the pictures of the READMEs.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dir=$1 vsix=$2 shown=$3
# shellcheck source=/dev/null
. "$dir/env.sh"

work=$(mktemp -d)
mkdir -p "$work/data/User" "$work/pods" "$dir/pictures"
cat > "$work/data/User/settings.json" <<'J'
{
  "workbench.startupEditor": "none",
  "chat.disableAIFeatures": true,
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "update.mode": "none",
  "files.hotExit": "off",
  "files.autoSave": "off",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.activityBar.location": "hidden",
  "editor.minimap.enabled": false,
  "editor.wordBasedSuggestions": "off"
}
J
"$here/manifests.sh" "$work/pods"
cp "$here/../../../shown.yaml" "$work/pods"

export XDG_CONFIG_HOME="$work/config"
export YAML_SERVER="$dir/yaml/node_modules/yaml-language-server/bin/yaml-language-server"
# A group of its own: the extension host outlives the browser, and has to end with the rest.
set -m
server=""
trap 'stop; rm -rf "$work"' EXIT
stop() {
  [ -z "$server" ] || kill -- "-$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=""
}

# start VSIX...: starts VS Code with these extensions; it is at $url.
start() {
  local exts="$work/exts$#" port vsix
  for vsix in "$@"; do
    code_server "$exts" --install-extension "$vsix" | tail -n 1
  done
  installed=$(echo "$exts"/podls.podls-*)
  port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
  url="http://127.0.0.1:$port"
  code_server "$exts" --bind-addr "127.0.0.1:$port" --auth none --disable-telemetry \
    --disable-update-check --disable-workspace-trust > "$work/log" 2>&1 &
  server=$!
  for _ in $(seq 300); do
    grep -qs 'HTTP server listening' "$work/log" && break
    sleep 0.1
  done
}

code_server() {
  local exts=$1
  shift
  node "$dir/cs/node_modules/code-server" --user-data-dir "$work/data" --extensions-dir "$exts" "$@"
}

# Stands in for Red Hat's extension, which no package registry has.
yaml_extension() {
  local made="$work/yaml"
  mkdir "$made"
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

cp "$here"/*.mjs "$dir/drive/"
cd "$dir/drive"
start "$vsix"
if [ "$shown" = pictures ]; then
  cp "$here/../../../../tests/manifests/faulty.yaml" "$work/pods"
  timeout 180 node pictures.mjs "$url" "$work/pods" "$here/../../../images"
  exit
fi
echo "in the extension host"
timeout 180 node host.mjs "$url" "$installed" "$here/inside.cjs" "$work/pods"
cp "$work/pods/shown.json" "$shown"
echo "through the window"
timeout 300 node window.mjs "$url" "$work/pods" "$dir/pictures"
stop

echo "beside the extension YAML"
mkdir "$work/pods/.vscode"
echo '{ "yaml.schemas": { "kubernetes": "*.yaml", "./composer.json": "composer.yaml" } }' \
  > "$work/pods/.vscode/settings.json"
echo '{}' > "$work/pods/composer.json"
(yaml_extension)
start "$vsix" "$work/yaml.vsix"
timeout 180 node beside.mjs "$url" "$work/pods" "$dir/pictures"
