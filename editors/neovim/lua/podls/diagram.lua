-- :PodlsDiagram, a window with the pod at the cursor.
local client_of = require('podls.client')

local M = {}

-- The formats of :PodlsDiagram, and the names of their buffers.
M.formats = { text = 'podls://diagram', mermaid = 'podls://diagram.mmd', svg = 'podls://diagram.svg' }

-- The scratch buffer of a format. It is kept when its window is closed, and used again.
local function scratch(format)
  local name = M.formats[format]
  local buffer = vim.fn.bufnr('^' .. name .. '$')
  if buffer == -1 then
    buffer = vim.api.nvim_create_buf(false, true)
    vim.api.nvim_buf_set_name(buffer, name)
    vim.api.nvim_buf_set_option(buffer, 'bufhidden', 'hide')
    vim.api.nvim_buf_set_option(buffer, 'swapfile', false)
    vim.keymap.set('n', 'q', '<cmd>close<cr>', { buffer = buffer, desc = 'Close the diagram' })
  end
  return buffer
end

local function write(buffer, text)
  vim.api.nvim_buf_set_option(buffer, 'modifiable', true)
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(text, '\n'))
  vim.api.nvim_buf_set_option(buffer, 'modifiable', false)
end

-- Opens a window for `buffer` beside the current one, without leaving that.
local function open(buffer)
  if vim.fn.bufwinid(buffer) ~= -1 then
    return
  end
  local window = vim.api.nvim_get_current_win()
  vim.cmd('vertical rightbelow sbuffer ' .. buffer)
  vim.wo.wrap, vim.wo.number, vim.wo.relativenumber, vim.wo.list = false, false, false, false
  vim.api.nvim_set_current_win(window)
end

-- Asks for the diagram of the pod at the cursor in `window`, and calls `draw` with its text.
local function ask(window, format, draw)
  local source = vim.api.nvim_win_get_buf(window)
  local client = client_of.of(source)
  if not client then
    return client_of.tell('not running in this buffer, see :checkhealth podls')
  end
  local params = client_of.place(client, window)
  params.format = format
  client_of.request(client, source, 'podls/diagram', params, function(failure, diagram)
    draw(failure and failure.message or diagram and diagram.content or 'There is no pod here.')
  end)
end

-- Draws again when the cursor rests or the text has changed, as long as the diagram is visible.
local function follow(source, target, format)
  local group = vim.api.nvim_create_augroup('podls.diagram.' .. format, {})
  vim.api.nvim_create_autocmd({ 'CursorHold', 'CursorMoved', 'TextChanged', 'InsertLeave' }, {
    group = group,
    buffer = source,
    callback = function()
      if vim.fn.bufwinid(target) == -1 then
        vim.api.nvim_del_augroup_by_id(group)
        return
      end
      ask(0, format, function(text) write(target, text) end)
    end,
  })
end

-- Shows the pod at the cursor beside it: as text, or as the source of a `mermaid` or `svg` diagram.
function M.show(format)
  format = format and format ~= '' and format or 'text'
  if not M.formats[format] then
    return client_of.tell('there is no diagram as `' .. format .. '`')
  end
  local source = vim.api.nvim_get_current_buf()
  ask(0, format, function(text)
    local target = scratch(format)
    write(target, text)
    open(target)
    follow(source, target, format)
  end)
end

return M
