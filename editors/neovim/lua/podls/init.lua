-- What the plugin offers beyond the language server itself. Neovim 0.7 and newer.
local M = {}

-- The words of :PodlsAdd, and how the titles of their code actions begin.
M.patterns = {
  sidecar = 'Add sidecar',
  adapter = 'Add adapter',
  ambassador = 'Add ambassador',
  init = 'Add init container',
}

-- The client of podls that serves `buffer`, if there is one.
function M.client(buffer)
  local get = vim.lsp.get_clients or vim.lsp.get_active_clients
  for _, client in pairs(get()) do
    if client.name == 'podls' and vim.lsp.buf_is_attached(buffer, client.id) then
      return client
    end
  end
end

local function tell(message)
  vim.notify('podls: ' .. message, vim.log.levels.WARN)
end

-- The actions at the cursor whose titles begin with one of `prefixes`.
local function offered(result, prefixes)
  return vim.tbl_filter(function(action)
    for _, prefix in ipairs(prefixes) do
      if vim.startswith(action.title, prefix) then
        return true
      end
    end
    return false
  end, result or {})
end

local function params(client)
  local made = vim.lsp.util.make_range_params(0, client.offset_encoding)
  made.context = { diagnostics = {}, only = { 'refactor' } }
  return made
end

-- Lets the user choose what to add to the pod at the cursor. `word` is one of `patterns`; all of
-- them without it.
function M.add(word)
  local prefixes = word and word ~= '' and { M.patterns[word] } or vim.tbl_values(M.patterns)
  if #prefixes == 0 then
    return tell('there is no `' .. word .. '` to add')
  end
  local buffer = vim.api.nvim_get_current_buf()
  local client = M.client(buffer)
  if not client then
    return tell('it does not run in this buffer, see :checkhealth podls')
  end
  local function choose(failure, result)
    local actions = offered(result, prefixes)
    if failure or #actions == 0 then
      return tell(failure and failure.message or 'put the cursor into a container, or on `containers:`')
    end
    local options = {
      prompt = word and word ~= '' and M.patterns[word] .. ':' or 'Add to the pod:',
      kind = 'podls',
      format_item = function(action) return action.title end,
    }
    vim.ui.select(actions, options, function(action)
      if action then
        vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
      end
    end)
  end
  vim.lsp.buf_request(buffer, 'textDocument/codeAction', params(client), choose)
end

return M
