#!/usr/bin/env bash
# Builds the extension as the WebAssembly component that Zed loads, and runs it in Node with Zed's side
# played by host.mjs. usage: run.sh DEBIAN CACHE    DEBIAN is the folder of a Debian with a Rust that
# compiles for WebAssembly; rustup's own target cannot be had everywhere. Downloads go to CACHE.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
zed=$(dirname "$here")
debian=$1 cache=$2
mkdir -p "$cache"

if ! chroot "$debian" sh -c 'command -v cargo && command -v wasm-ld && test -e /usr/lib/rustlib/wasm32-wasip2' >/dev/null; then
  # The dates of a mirror's lists may be older than they say they are valid.
  printf 'Acquire::Check-Valid-Until "false";\nAcquire::Check-Date "false";\n' \
    > "$debian/etc/apt/apt.conf.d/99dates"
  chroot "$debian" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive chroot "$debian" apt-get install -y -qq --no-install-recommends \
    rustc cargo libstd-rust-dev-wasm32 gcc libc6-dev lld >/dev/null 2>&1
fi
# The linker for components, which Debian has not. Built outside: its program runs in there as well.
[ -x "$cache/bin/wasm-component-ld" ] ||
  cargo install --quiet --locked wasm-component-ld --root "$cache"
cp "$cache/bin/wasm-component-ld" "$debian/usr/local/bin/"

build="$debian/tmp/zed"
mkdir -p "$build/.cargo"
rm -rf "$build/src" "$build/vendor"
cp -r "$zed"/Cargo.toml "$zed"/Cargo.lock "$zed"/src "$build"
cargo vendor --quiet --locked --manifest-path "$zed/Cargo.toml" "$build/vendor" >/dev/null
printf '[source.crates-io]\nreplace-with = "vendor"\n[source.vendor]\ndirectory = "vendor"\n' \
  > "$build/.cargo/config.toml"
chroot "$debian" sh -c 'cd /tmp/zed && cargo build --quiet --offline --release --target wasm32-wasip2'

[ -d "$cache/node_modules/@bytecodealliance/jco" ] ||
  npm install --silent --no-save --prefix "$cache" @bytecodealliance/jco@1 @bytecodealliance/preview2-shim
rm -rf "$cache/out"
"$cache/node_modules/.bin/jco" transpile --quiet --instantiation async -o "$cache/out" \
  "$build/target/wasm32-wasip2/release/zed_podls.wasm"
echo '{"type": "module"}' > "$cache/out/package.json"
cp "$here/host.mjs" "$cache"
node "$cache/host.mjs"
