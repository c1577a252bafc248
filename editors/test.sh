#!/usr/bin/env bash
# Tests podls in real editors: `editors/test.sh neovim`. What is missing is installed with apt-get.
# PODLS names the program to test; without it the release build is made and taken.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

install() {
  command -v "$1" >/dev/null && return
  echo "installing $2"
  local sudo=""
  [ "$(id -u)" = 0 ] || sudo=sudo
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$2" >/dev/null
}

test_neovim() {
  install nvim neovim
  nvim --version | head -n 1
  PODLS_PLUGIN="$PWD/editors/neovim" timeout 120 \
    nvim --headless -u NONE -i NONE -n -c 'luafile editors/neovim/test.lua'
}

if [ -z "${PODLS:-}" ]; then
  cargo build --release --locked
  PODLS="$PWD/target/release/podls"
fi
export PODLS

[ $# -gt 0 ] || set -- neovim
for editor in "$@"; do
  case "$editor" in
    neovim) test_neovim ;;
    *) echo "no test for $editor" >&2; exit 2 ;;
  esac
  echo "$editor: passed"
done
