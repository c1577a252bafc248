-- Writes down what Neovim shows of a manifest: nvim --headless -u NONE -c 'luafile shown.lua'.
-- PODLS is the program, PODLS_PLUGIN this folder, PODLS_MANIFEST the file, PODLS_SHOWN where to write.
local severities = { 'error', 'warning', 'information', 'hint' }

vim.g.podls = { cmd = { vim.env.PODLS } }
vim.opt.runtimepath:prepend(vim.env.PODLS_PLUGIN)
vim.cmd('runtime plugin/podls.lua')
vim.cmd('filetype on')
vim.cmd('edit ' .. vim.env.PODLS_MANIFEST)
vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 10)

local diagnostics = {}
for _, it in ipairs(vim.diagnostic.get(0)) do
  local line = vim.api.nvim_buf_get_lines(0, it.lnum, it.lnum + 1, true)[1]
  table.insert(diagnostics, {
    line = it.lnum + 1,
    column = vim.fn.strchars(line:sub(1, it.col)) + 1,
    severity = severities[it.severity],
    code = it.code or it.user_data.lsp.code,
    message = it.message,
  })
end

local place = vim.fn.search('# here completion is asked for')
local menu = dofile(vim.env.PODLS_PLUGIN .. '/menu.lua')
local completions = menu.open(vim.env.PODLS_MANIFEST, place, '    ')

local text = vim.fn.json_encode({ diagnostics = diagnostics, completions = completions })
vim.fn.writefile({ text }, vim.env.PODLS_SHOWN)
vim.cmd('qall!')
