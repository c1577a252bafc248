# For a tap of Homebrew: Formula/podls.rb. The release workflow attaches a copy with the repository's name
# and the version filled in.
class Podls < Formula
  desc "Language server for Kubernetes pod manifests"
  homepage "https://github.com/OWNER/podls"
  url "https://github.com/OWNER/podls.git", tag: "v0.1.0"
  license any_of: ["MIT", "Apache-2.0"]
  head "https://github.com/OWNER/podls.git", branch: "main"

  depends_on "rust" => :build

  def install
    system "cargo", "install", "--profile=dist", *std_cargo_args
  end

  test do
    (testpath/"pod.yaml").write <<~YAML
      apiVersion: v1
      kind: Pod
      metadata:
        name: web
      spec:
        containers:
        - name: web
          imagee: nginx
    YAML
    assert_match "unknown field `imagee`", shell_output("#{bin}/podls check pod.yaml", 1)
  end
end
