#!/usr/bin/env bash
# Drives the packaged extension in a real VS Code (code-server) in a headless Chromium.
# usage: run.sh DIR VSIX SHOWN    DIR is where setup.sh put code-server; pictures go to DIR/pictures,
# and what VS Code shows of editors/shown.yaml to SHOWN.
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
code_server() {
  node "$dir/cs/node_modules/code-server" --user-data-dir "$work/data" --extensions-dir "$work/exts" "$@"
}
code_server --install-extension "$vsix" | tail -n 1
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
# A group of its own: the extension host outlives the browser, and has to end with the rest.
set -m
code_server --bind-addr "127.0.0.1:$port" --auth none --disable-telemetry --disable-update-check \
  --disable-workspace-trust > "$work/log" 2>&1 &
server=$!
set +m
trap 'kill -- -$server 2>/dev/null || true; sleep 1; rm -rf "$work"' EXIT
for _ in $(seq 300); do
  grep -qs 'HTTP server listening' "$work/log" && break
  sleep 0.1
done

cp "$here"/*.mjs "$dir/drive/"
cd "$dir/drive"
installed=$(echo "$work"/exts/podls.podls-*)
echo "in the extension host"
timeout 180 node host.mjs "http://127.0.0.1:$port" "$installed" "$here/inside.cjs" "$work/pods"
cp "$work/pods/shown.json" "$shown"
echo "through the window"
timeout 180 node window.mjs "http://127.0.0.1:$port" "$work/pods" "$dir/pictures"
