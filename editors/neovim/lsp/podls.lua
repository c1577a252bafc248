-- How Neovim 0.11 and newer start podls; switched on by plugin/podls.lua or by
-- vim.lsp.enable('podls'). Settings are the ones of podls.yaml, under the name `podls`:
--
--   vim.lsp.config('podls', { settings = { podls = { kubernetesVersion = '1.31' } } })
return {
  cmd = { 'podls' },
  filetypes = { 'yaml' },
  root_markers = { 'podls.yaml', 'kustomization.yaml', '.git' },
  capabilities = require('podls.client').capabilities(),
}
