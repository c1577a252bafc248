-- Drives a real Neovim: nvim --headless -u NONE -c 'luafile test.lua', from `editors/test.sh neovim`.
-- PODLS is the program under test, PODLS_PLUGIN this folder, PODLS_TAGS a copy of its doc folder.
local function check(condition, what)
  if not condition then
    io.stderr:write('failed: ' .. what .. '\n')
    vim.cmd('cquit 1')
  end
  io.stdout:write('ok: ' .. what .. '\n')
end

local function buffer_text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end

local function wait(condition)
  return vim.wait(20000, condition, 10)
end

-- The codes of the diagnostics in the buffer.
local function codes()
  local found = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    local lsp = (diagnostic.user_data or {}).lsp or {}
    found[diagnostic.code or lsp.code or ''] = diagnostic
  end
  return found
end

local function errors()
  return #vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR })
end

vim.g.podls = {
  cmd = { vim.env.PODLS },
  settings = { podls = { rules = { ['missing-volume-source'] = 'off' } } },
}
vim.opt.runtimepath:prepend(vim.env.PODLS_PLUGIN)
vim.cmd('runtime plugin/podls.lua')
vim.cmd('filetype on')

local file = vim.fn.tempname() .. '.yaml'
vim.fn.writefile({
  'apiVersion: v1',
  'kind: Pod',
  'metadata:',
  '  name: web',
  'spec:',
  '  initContainers:',
  '  - name: wait',
  '    image: busybox:1.36',
  '    imagePolicy: Always  # 😀',
  '  containers:',
  '  - name: app',
  '    image: nginx:1.27',
  '  volumes:',
  '  - name: none',
}, file)
vim.cmd('edit ' .. file)
check(vim.bo.filetype == 'yaml', 'the file is YAML')

check(wait(function() return codes()['unknown-field'] end), 'diagnostics arrive')
local unknown = codes()['unknown-field']
check(unknown.lnum == 8 and unknown.col == 4, 'they are at their place')
check(wait(function() return not codes()['missing-volume-source'] end), 'settings reach the server')

-- What the user sees there, in the place of the faulty line.
local labels, take = dofile(vim.env.PODLS_PLUGIN .. '/menu.lua').open(file, 9, '    ')
local function offered(label) return vim.tbl_contains(labels, label) end
check(offered('restartPolicy'), 'completion in an init container offers restartPolicy')
check(not offered('image'), 'completion leaves out what is there')
check(take('restartPolicy') == '    restartPolicy: ', 'completion writes what is chosen')

-- The user corrects the line.
vim.api.nvim_buf_set_lines(0, 8, 9, false, { '    imagePullPolicy: Always' })
check(wait(function() return errors() == 0 end), 'diagnostics follow what is typed')

-- A code action, chosen as the user does it and carried out by Neovim.
local before = buffer_text()
vim.ui.select = function(items, _, choose)
  for index, item in ipairs(items) do
    -- The action opens a list, whose entries are chosen in the same way.
    local action = item.action or item[2] or item
    if vim.startswith(action.title, 'Add sidecar') then
      return choose(item, index)
    end
  end
  check(false, 'a sidecar can be added')
end
vim.api.nvim_win_set_cursor(0, { 11, 4 })
vim.lsp.buf.code_action()
check(wait(function() return buffer_text() ~= before end), 'the code action changes the buffer')

local text = buffer_text()
local sidecar = text:find('\n    restartPolicy: Always\n', 1, true)
check(sidecar and sidecar < text:find('\n  containers:\n', 1, true), 'the sidecar is an init container')
local lost = vim.tbl_filter(function(line)
  return not text:find(line, 1, true)
end, vim.split(before, '\n'))
check(#lost == 0, 'every line of before is still there')

-- A fault at the end shows that the text before it was understood.
local last = vim.api.nvim_buf_line_count(0)
vim.api.nvim_buf_set_lines(0, last, last, false, { '---', 'apiVersion: v1', 'kind: Pod', 'spce: {}' })
check(wait(function() return codes()['unknown-field'] end), 'diagnostics follow the action')
check(codes()['unknown-field'].lnum == last + 3, 'they are in the right line')
check(not codes()['yaml-syntax'], 'the result is YAML')
local wrong = vim.tbl_filter(function(diagnostic)
  return diagnostic.lnum < last and diagnostic.severity == vim.diagnostic.severity.ERROR
end, vim.diagnostic.get(0))
check(#wrong == 0, 'the result has no error')

-- The same through the plugin's command, with one pattern only.
before = buffer_text()
local titles = {}
vim.ui.select = function(items, options, choose)
  titles = vim.tbl_map(options.format_item, items)
  choose(items[1], 1)
end
for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
  if line == '  containers:' then
    vim.api.nvim_win_set_cursor(0, { number, 4 })
  end
end
vim.cmd('PodlsAdd init')
check(wait(function() return buffer_text() ~= before end), ':PodlsAdd changes the buffer')
local others = vim.tbl_filter(function(title)
  return not vim.startswith(title, 'Add init container: ')
end, titles)
check(#titles > 1 and #others == 0, ':PodlsAdd init offers init containers only')
check(vim.fn.getcompletion('PodlsAdd a', 'cmdline')[1] == 'adapter', ':PodlsAdd completes')

-- The diagram beside the manifest.
local manifest = vim.api.nvim_get_current_buf()
local function diagram()
  local buffer = vim.fn.bufnr('^podls://diagram$')
  return buffer ~= -1 and table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n') or ''
end
vim.cmd('PodlsDiagram')
check(wait(function() return diagram():find('wait', 1, true) end), ':PodlsDiagram shows the pod')
check(#vim.api.nvim_list_wins() == 2, 'it is in a window of its own')
check(vim.api.nvim_get_current_buf() == manifest, 'the cursor stays where it was')
for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
  if line == '  - name: wait' then
    vim.api.nvim_buf_set_lines(0, number - 1, number, false, { '  - name: renamed' })
  end
end
vim.cmd('doautocmd TextChanged')
check(wait(function() return diagram():find('renamed', 1, true) end), 'it follows what is typed')
check(vim.fn.getcompletion('PodlsDiagram m', 'cmdline')[1] == 'mermaid', ':PodlsDiagram completes')
vim.cmd('only')

vim.cmd('checkhealth podls')
check(wait(function() return buffer_text():find('podls 0.', 1, true) end), ':checkhealth finds the program')
check(buffer_text():find('runs in', 1, true), ':checkhealth finds the client')
check(not buffer_text():find('ERROR'), ':checkhealth finds no error')
vim.cmd('bwipeout!')

vim.cmd('helptags ' .. vim.env.PODLS_TAGS)
check(#vim.fn.readfile(vim.env.PODLS_TAGS .. '/tags') > 5, 'the help file has tags')

vim.bo.modified = false
vim.cmd('qall!')
