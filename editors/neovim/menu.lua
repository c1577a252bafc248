-- Types into another Neovim and reads its completion menu, which a script cannot open in its own.
local menu = {}

local SETUP = [[
  local file, line, text = ...
  vim.g.podls = { cmd = { vim.env.PODLS } }
  vim.opt.runtimepath:prepend(vim.env.PODLS_PLUGIN)
  vim.o.completeopt = 'menuone,noinsert'
  vim.cmd('runtime plugin/podls.lua')
  vim.cmd('filetype on')
  vim.cmd('edit ' .. file)
  vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 10)
  if vim.lsp.completion then
    local client = require('podls.client').of(0)
    vim.lsp.completion.enable(true, client.id, 0)
  end
  vim.api.nvim_buf_set_lines(0, line - 1, line, true, { text })
]]

local function start()
  local command = { vim.v.progpath, '--embed', '--headless', '-u', 'NONE', '-i', 'NONE', '-n' }
  local job = vim.fn.jobstart(command, { rpc = true })
  return job, function(method, ...) return vim.fn.rpcrequest(job, method, ...) end
end

-- Asks for completion behind `text`, which is put in place of a line of `file`. Gives the menu's entries,
-- and a function that takes one of them and gives the line after that.
function menu.open(file, line, text)
  local job, ask = start()
  ask('nvim_exec_lua', SETUP, { file, line, text })
  ask('nvim_input', line .. 'ggA<C-x><C-o>')
  local items = {}
  vim.wait(20000, function()
    items = ask('nvim_call_function', 'complete_info', { { 'items' } }).items
    return #items > 0
  end, 20)
  local labels = vim.tbl_map(function(item)
    return item.abbr ~= '' and item.abbr or item.word
  end, items)

  local function take(label)
    for index, found in ipairs(labels) do
      if found == label then
        ask('nvim_input', ('<C-n>'):rep(index - 1) .. '<C-y>')
      end
    end
    local taken
    vim.wait(5000, function()
      taken = ask('nvim_buf_get_lines', 0, line - 1, line, true)[1]
      return taken:find(':', 1, true)
    end, 20)
    vim.fn.jobstop(job)
    return taken
  end
  return labels, take
end

return menu
