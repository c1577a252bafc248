-- The commands that the plugin offers beyond the language server itself.
local client_of = require('podls.client')

local M = {}

-- Each word of :PodlsAdd: the pattern of its containers, and their name in the list.
M.patterns = {
  sidecar = { pattern = 'sidecar', title = 'Add sidecar' },
  adapter = { pattern = 'adapter', title = 'Add adapter' },
  ambassador = { pattern = 'ambassador', title = 'Add ambassador' },
  proxy = { pattern = 'proxy', title = 'Add proxy' },
  init = { pattern = 'init-container', title = 'Add init container' },
}

-- The patterns of `podls/patterns` that are among `kinds`, those that fit the app first.
local function of_patterns(found, kinds)
  local fitting, others = {}, {}
  for _, pattern in ipairs(found) do
    for _, kind in ipairs(kinds) do
      if pattern.pattern == kind.pattern then
        local fits = pattern.fits == true
        local entry = { title = kind.title .. ': ' .. pattern.title, edit = pattern.edit }
        entry.text = entry.title .. (fits and ' (for this app)' or '') .. ' - ' .. pattern.about
        table.insert(fits and fitting or others, entry)
      end
    end
  end
  return vim.list_extend(fitting, others)
end

local function choose(client, entries, prompt)
  local options = {
    prompt = prompt,
    kind = 'podls',
    format_item = function(entry) return entry.text end,
  }
  vim.ui.select(entries, options, function(entry)
    if entry then
      vim.lsp.util.apply_workspace_edit(entry.edit, client.offset_encoding)
    end
  end)
end

-- Lets the user choose what to add to the pod at the cursor. `word` is one of `patterns`; all of
-- them without it.
function M.add(word)
  local all = not word or word == ''
  local kinds = all and vim.tbl_values(M.patterns) or { M.patterns[word] }
  if #kinds == 0 then
    return client_of.tell('there is no `' .. word .. '` to add')
  end
  local buffer = vim.api.nvim_get_current_buf()
  local client = client_of.of(buffer)
  if not client then
    return client_of.tell('not running in this buffer, see :checkhealth podls')
  end
  client_of.request(client, buffer, 'podls/patterns', client_of.place(client, 0), function(failure, found)
    if failure then
      return client_of.tell(failure.message)
    end
    local entries = of_patterns(found or {}, kinds)
    if #entries == 0 then
      return client_of.tell('nothing fits here, put the cursor into a container')
    end
    choose(client, entries, all and 'Add to the pod:' or kinds[1].title .. ':')
  end)
end

return M
