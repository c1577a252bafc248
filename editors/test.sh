#!/usr/bin/env bash
# Tests podls in real editors: `editors/test.sh [editor...]`. What is missing is installed with
# apt-get and npm. PODLS names the program to test; without it the release build is made and taken.
# An editor that cannot be had here is skipped, and the output says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# What runs without arguments. The others want minutes for downloads, and some of them root for a
# chroot: neovim-current helix zed vscode.
always=(neovim emacs vscode-build zed-check)
# Downloads that are kept between runs.
cache="$PWD/target/editors"
mkdir -p "$cache"

# install COMMAND PACKAGE...: installs the packages if there is no such command.
install() {
  local command=$1
  shift
  command -v "$command" >/dev/null && return
  echo "installing $*"
  local sudo=""
  [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# skip WHY: ends the test of an editor that cannot be had.
skip() {
  echo "skipped: $editor: $1"
  exit "$skipped"
}
skipped=77

# Where an editor's test writes what it shows of editors/shown.yaml.
shown() {
  echo "$cache/$1.json"
}

# What each editor shows is written down before it is tested: so it is known even if a test fails.
test_neovim() {
  install nvim neovim
  nvim --version | head -n 1
  local tags
  tags=$(mktemp -d)
  cp editors/neovim/doc/*.txt "$tags"
  export PODLS_PLUGIN="$PWD/editors/neovim"
  PODLS_MANIFEST=editors/shown.yaml PODLS_SHOWN=$(shown neovim) \
    timeout 120 nvim --headless -u NONE -i NONE -n -c 'luafile editors/neovim/shown.lua'
  PODLS_TAGS="$tags" timeout 120 \
    nvim --headless -u NONE -i NONE -n -c 'luafile editors/neovim/test.lua'
  rm -r "$tags"
}

test_emacs() {
  install emacs emacs-nox elpa-eglot elpa-yaml-mode
  # Not -Q: that would hide the packages of Debian.
  PODLS_MANIFEST=editors/shown.yaml PODLS_SHOWN=$(shown emacs) \
    timeout 120 emacs --batch -q -l editors/emacs/shown.el
  timeout 120 emacs --batch -q -l editors/emacs/test.el
}

# Node as new as the tools want it; Debian 12 has 18.
need_node() {
  local node
  install npm nodejs npm
  node=$(node -p 'process.versions.node.split(".")[0]')
  [ "$node" -ge 20 ] && return
  [ -x "$cache/node/node_modules/node/bin/node" ] ||
    npm install --silent --no-save --prefix "$cache/node" node@22
  PATH="$cache/node/node_modules/node/bin:$PATH"
}

test_vscode_build() {
  need_node
  install unzip unzip
  (
    cd editors/vscode
    npm ci --silent --no-audit --no-fund
    npm run --silent check
    npm test --silent | grep -E '^# (pass|fail)|^not ok'
    rm -rf server ./*.vsix
    npm run --silent package -- --out podls.vsix >/dev/null
    mkdir server
    cp "$PODLS" server/podls
    npm run --silent package -- --target linux-x64 --out podls-linux-x64.vsix >/dev/null
  )
  check_vsix editors/vscode/podls.vsix ""
  check_vsix editors/vscode/podls-linux-x64.vsix extension/server/podls
}

# check_vsix FILE SERVER: the package holds what it has to, and no more; its server can be run.
check_vsix() {
  local wanted found out
  wanted=$(printf '%s\n' '[Content_Types].xml' extension.vsixmanifest extension/changelog.md \
    extension/LICENSE.txt extension/package.json extension/readme.md extension/dist/extension.js \
    extension/images/icon.png $(printf "extension/%s " $(cd editors/vscode && ls media/*)) $2 | sort)
  found=$(unzip -Z1 "$1" | sort)
  if [ "$wanted" != "$found" ]; then
    diff <(echo "$wanted") <(echo "$found") || true
    echo "$1 is not what it has to be" >&2
    return 1
  fi
  [ -n "$2" ] || return 0
  out=$(mktemp -d)
  unzip -q "$1" "$2" -d "$out"
  "$out/$2" rules >/dev/null
  rm -r "$out"
  echo "ok: the server inside $(basename "$1") runs"
}

test_zed_check() {
  local zed=${ZED:-editors/zed}
  for file in extension.toml LICENSE; do
    [ -s "$zed/$file" ] || { echo "failed: $zed/$file is missing"; return 1; }
  done
  CARGO_TARGET_DIR="$PWD/target/zed" cargo check --quiet --locked --manifest-path "$zed/Cargo.toml" ||
    { echo "failed: the extension does not compile"; return 1; }
  echo "ok: the extension compiles"
}

test_zed() {
  test_zed_check
  need_node
  newest
  "${ZED:-editors/zed}/test/run.sh" "$root" "$cache/zed"
}

# The newest Neovim and Helix, which Debian 12 has not: a Debian of their own, in a folder.
newest() {
  [ "$(id -u)" = 0 ] || skip "only root can chroot"
  root="$cache/debian"
  install debootstrap debootstrap || skip "there is no debootstrap"
  if [ ! -e "$root/complete" ]; then
    rm -rf "$root"
    debootstrap --variant=minbase --include=neovim,hx,procps,python3 "${DEBIAN:-sid}" "$root" >"$cache/debian.log" ||
      skip "no Debian can be had: $(tail -n 1 "$cache/debian.log")"
    touch "$root/complete"
  fi
  # Helix ends at once without it.
  mountpoint -q "$root/proc" || mount -t proc proc "$root/proc" || skip "nothing can be mounted"
  trap 'umount "$root/proc" || true' EXIT
  chroot "$root" true || skip "chroot is not allowed"
}

test_neovim_current() {
  newest
  local here="$root/tmp/podls" run
  rm -rf "$here"
  mkdir -p "$here"
  cp -r editors/neovim "$here"
  cp editors/shown.yaml "$here"
  cp "$PODLS" "$here/program"
  cp -r editors/neovim/doc "$here/tags"
  chroot "$root" nvim --version | head -n 1
  run=(timeout 120 chroot "$root" env HOME=/tmp PODLS=/tmp/podls/program
    PODLS_PLUGIN=/tmp/podls/neovim PODLS_TAGS=/tmp/podls/tags
    PODLS_MANIFEST=/tmp/podls/shown.yaml PODLS_SHOWN=/tmp/podls/shown.json
    nvim --headless -u NONE -i NONE -n)
  "${run[@]}" -c 'luafile /tmp/podls/neovim/shown.lua'
  cp "$here/shown.json" "$(shown neovim-current)"
  "${run[@]}" -c 'luafile /tmp/podls/neovim/test.lua'
}

test_helix() {
  newest
  install tmux tmux || skip "there is no tmux"
  chroot "$root" hx --version
  HELIX_ROOT="$root" timeout 240 \
    editors/helix/shown.sh "$PODLS" editors/shown.yaml "$(shown helix)" chroot "$root"
  HELIX_ROOT="$root" timeout 240 editors/helix/test.sh "$PODLS" chroot "$root"
}

# test_vscode [PART...]: of the test in the editor only these parts.
test_vscode() {
  test_vscode_build
  local started=$SECONDS
  timeout 1200 editors/vscode/test/editor/setup.sh "$cache/vscode" >"$cache/vscode.log" 2>&1 ||
    skip "the package is right, but VS Code cannot be had: $(tail -n 1 "$cache/vscode.log")"
  echo "set up in $((SECONDS - started)) s"
  editors/vscode/test/editor/run.sh "$cache/vscode" "$PWD/editors/vscode/podls-linux-x64.vsix" \
    "$(shown vscode)" "$@"
  echo "pictures: $cache/vscode/pictures"
}

if [ -z "${PODLS:-}" ]; then
  cargo build --release --locked
  PODLS="$PWD/target/release/podls"
fi
export PODLS

[ $# -gt 0 ] || set -- "${always[@]}"
rm -f "$cache"/*.json
failed=()
for editor in "$@"; do
  case "$editor" in
    neovim | emacs | vscode-build | zed-check | zed | neovim-current | helix) parts=() ;;
    # VSCODE_PARTS are those of the test in the editor that are to run; all without it.
    vscode) read -ra parts <<<"${VSCODE_PARTS:-}" ;;
    # Takes the pictures of the READMEs anew.
    pictures) parts=(pictures) ;;
    *) echo "no test for $editor" >&2; exit 2 ;;
  esac
  started=$SECONDS
  name=${editor/pictures/vscode}
  set +e
  (set -e; "test_${name//-/_}" "${parts[@]}")
  status=$?
  set -e
  case $status in
    0) echo "$editor: passed in $((SECONDS - started)) s" ;;
    "$skipped") ;;
    *) echo "$editor: failed"; failed+=("$editor") ;;
  esac
done

# All editors show the same.
written=$(ls "$cache"/*.json 2>/dev/null || true)
# shellcheck disable=SC2086
[ -z "$written" ] || editors/compare.sh "$PODLS" editors/shown.yaml $written || failed+=(comparison)
[ ${#failed[@]} = 0 ] || { echo "failed: ${failed[*]}"; exit 1; }
