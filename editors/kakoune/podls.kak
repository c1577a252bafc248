# podls for kakoune-lsp, newer style, for your kakrc. `editors/test.sh` does not test this.
hook global BufSetOption filetype=(?:yaml|json) %{
    set-option buffer lsp_servers %{
        [podls]
        root_globs = ["podls.yaml", "kustomization.yaml", ".git"]
        command = "podls"
        settings_section = "podls"
    }
}
