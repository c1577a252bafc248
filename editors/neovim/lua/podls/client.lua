-- How the commands reach the server. Neovim 0.7 and newer.
local M = {}

function M.tell(message)
  vim.notify('podls: ' .. message, vim.log.levels.WARN)
end

-- The commands of code actions, each of which opens a list, and the words of :PodlsAdd that they stand for.
local lists = {
  ['podls.addContainer'] = '',
  ['podls.addSidecar'] = 'sidecar',
  ['podls.addAdapter'] = 'adapter',
  ['podls.addAmbassador'] = 'ambassador',
  ['podls.addProxy'] = 'proxy',
  ['podls.addInitContainer'] = 'init',
}

-- What Neovim can do, and that it can open these lists.
function M.capabilities()
  for command, word in pairs(lists) do
    vim.lsp.commands[command] = function() require('podls').add(word) end
  end
  local capabilities = vim.lsp.protocol.make_client_capabilities()
  capabilities.experimental = { commands = { commands = vim.tbl_keys(lists) } }
  return capabilities
end

-- The client of podls that serves `buffer`, if there is one.
function M.of(buffer)
  local get = vim.lsp.get_clients or vim.lsp.get_active_clients
  for _, client in pairs(get()) do
    if client.name == 'podls' and vim.lsp.buf_is_attached(buffer, client.id) then
      return client
    end
  end
end

-- Sends a request to podls only: other servers of the buffer do not know it. `answer` is called with
-- what went wrong, or with the result.
function M.request(client, buffer, method, params, answer)
  local function call(failure, result)
    answer(failure, result ~= vim.NIL and result or nil)
  end
  if vim.fn.has('nvim-0.11') == 1 then
    client:request(method, params, call, buffer)
  else
    client.request(method, params, call, buffer)
  end
end

-- The place of the cursor in `window`.
function M.place(client, window)
  return vim.lsp.util.make_position_params(window, client.offset_encoding)
end

return M
