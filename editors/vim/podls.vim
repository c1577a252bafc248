" podls for Vim with ALE, for your vimrc. `editors/test.sh` does not test this.
call ale#linter#Define('yaml', {
\ 'name': 'podls',
\ 'lsp': 'stdio',
\ 'executable': 'podls',
\ 'command': '%e',
\ 'language': 'yaml',
\ 'project_root': {buffer -> fnamemodify(bufname(buffer), ':p:h')},
\ })
" Only needed if you choose linters by name:
" let g:ale_linters = {'yaml': ['podls']}
