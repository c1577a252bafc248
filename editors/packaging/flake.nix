# nix run '.?dir=editors/packaging' -- check FILE
{
  description = "A language server for Kubernetes pod manifests";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      each = nixpkgs.lib.genAttrs systems;
      root = ../..;
      cargo = builtins.fromTOML (builtins.readFile (root + "/Cargo.toml"));
    in
    {
      packages = each (system: {
        default = nixpkgs.legacyPackages.${system}.rustPlatform.buildRustPackage {
          pname = "podls";
          inherit (cargo.package) version;
          src = root;
          cargoLock.lockFile = root + "/Cargo.lock";
          # `.ci/run` runs the tests; some of them look at the repository around them.
          doCheck = false;
          meta = {
            inherit (cargo.package) description;
            license = with nixpkgs.lib.licenses; [
              mit
              asl20
            ];
            mainProgram = "podls";
          };
        };
      });

      apps = each (system: {
        default = {
          type = "app";
          program = "${self.packages.${system}.default}/bin/podls";
        };
      });
    };
}
