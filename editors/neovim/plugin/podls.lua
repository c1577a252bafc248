-- Starts podls for YAML files, in Neovim 0.7 and newer. To start it otherwise, set
-- vim.g.loaded_podls = 1 before plugins are loaded. What is started can be changed by vim.g.podls:
--
--   vim.g.podls = { cmd = { '/opt/podls' }, settings = { podls = { kubernetesVersion = '1.31' } } }
if vim.g.loaded_podls then
  return
end
vim.g.loaded_podls = 1

-- The words of a command that begin with what is typed.
local function completing(words)
  return function(typed)
    local found = vim.tbl_keys(words())
    table.sort(found)
    return vim.tbl_filter(function(word) return vim.startswith(word, typed) end, found)
  end
end

vim.api.nvim_create_user_command('PodlsAdd', function(command) require('podls').add(command.args) end, {
  nargs = '?',
  desc = 'Add a sidecar, adapter, ambassador or init container',
  complete = completing(function() return require('podls').patterns end),
})
vim.api.nvim_create_user_command('PodlsDiagram', function(command)
  require('podls.diagram').show(command.args)
end, {
  nargs = '?',
  desc = 'Show the pod at the cursor as a diagram',
  complete = completing(function() return require('podls.diagram').formats end),
})

if vim.lsp.config and vim.lsp.enable then
  vim.lsp.config('podls', vim.g.podls or {})
  vim.lsp.enable('podls')
  return
end

local markers = { 'podls.yaml', 'kustomization.yaml', '.git' }

-- The nearest folder above `file` with one of the markers in it.
local function root_of(file)
  local folder = vim.fn.fnamemodify(file, ':p:h')
  while true do
    for _, marker in ipairs(markers) do
      local path = folder .. '/' .. marker
      if vim.fn.filereadable(path) == 1 or vim.fn.isdirectory(path) == 1 then
        return folder
      end
    end
    local above = vim.fn.fnamemodify(folder, ':h')
    if above == folder then
      return nil
    end
    folder = above
  end
end

local function config_for(buffer)
  local config = { name = 'podls', cmd = { 'podls' } }
  config.root_dir = root_of(vim.api.nvim_buf_get_name(buffer))
  config.capabilities = require('podls.client').capabilities()
  config = vim.tbl_extend('force', config, vim.g.podls or {})
  -- Neovim 0.7 keeps settings to itself.
  config.init_options = config.init_options or config.settings
  return config
end

-- Neovim 0.7 has no vim.lsp.start, which gives the buffers of one folder one server.
local clients = {}
local function start(buffer)
  local config = config_for(buffer)
  local key = config.root_dir or ''
  local client = clients[key]
  if not client or vim.lsp.client_is_stopped(client) then
    client = vim.lsp.start_client(config)
    clients[key] = client
  end
  if client then
    vim.lsp.buf_attach_client(buffer, client)
    -- Later ones do this themselves.
    if vim.bo[buffer].omnifunc == '' then
      vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc'
    end
  end
end

vim.api.nvim_create_autocmd('FileType', {
  pattern = 'yaml',
  group = vim.api.nvim_create_augroup('podls', {}),
  callback = function(event)
    if vim.lsp.start then
      vim.lsp.start(config_for(event.buf), { bufnr = event.buf })
    else
      start(event.buf)
    end
  end,
})
