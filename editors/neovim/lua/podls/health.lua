-- :checkhealth podls
local M = {}

-- Neovim 0.8 moved these, and 0.10 renamed them.
local health = vim.health or require('health')
local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local warn = health.warn or health.report_warn
local bad = health.error or health.report_error
local info = health.info or health.report_info

local function program()
  local config = vim.g.podls or {}
  local known = vim.lsp.config and vim.lsp.config.podls or {}
  local command = config.cmd or known.cmd or { 'podls' }
  return type(command) == 'table' and command[1] or nil
end

local function check_program()
  local name = program()
  if not name then
    return info('podls is started by a function')
  end
  if vim.fn.executable(name) == 0 then
    return bad('`' .. name .. '` cannot be run', { 'Put podls on the PATH', 'Set vim.g.podls.cmd' })
  end
  local version = vim.fn.systemlist({ name, '--version' })[1]
  if vim.v.shell_error ~= 0 then
    return bad('`' .. name .. ' --version` failed: ' .. (version or ''))
  end
  ok(vim.fn.exepath(name) .. ': ' .. version)
end

local function check_clients()
  local get = vim.lsp.get_clients or vim.lsp.get_active_clients
  local found = false
  for id, client in pairs(get()) do
    if client.name == 'podls' then
      found = true
      local root = client.config.root_dir or 'no folder'
      ok('client ' .. (client.id or id) .. ' runs in ' .. root)
    end
  end
  if not found then
    info('no buffer has podls yet; open a YAML file')
  end
end

function M.check()
  start('podls')
  if vim.fn.has('nvim-0.7') == 0 then
    bad('Neovim 0.7 or newer is required')
  end
  if not vim.g.loaded_podls then
    warn('plugin/podls.lua was not loaded', { 'Put editors/neovim on the runtimepath' })
  end
  check_program()
  check_clients()
end

return M
