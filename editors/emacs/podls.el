;;; podls.el --- Starts podls for YAML files -*- lexical-binding: t -*-

;; Put this into your init file, or load this file from there. It serves eglot, which is part of
;; Emacs 29 and newer, and lsp-mode, whichever you have.

;;; Code:

(defvar eglot-server-programs)
(declare-function lsp-register-client "lsp-mode")
(declare-function make-lsp-client "lsp-mode")
(declare-function lsp-stdio-connection "lsp-mode")
(declare-function lsp-activate-on "lsp-mode")

(defvar podls-program "podls"
  "The podls to start.")

;; eglot: start it with `M-x eglot', or with a hook on `yaml-mode' as below.
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               `((yaml-mode yaml-ts-mode) . ,(lambda (&rest _) (list podls-program)))))

;; lsp-mode: podls runs beside yaml-language-server.
(with-eval-after-load 'lsp-mode
  (lsp-register-client
   (make-lsp-client :new-connection (lsp-stdio-connection (lambda () (list podls-program)))
                    :activation-fn (lsp-activate-on "yaml")
                    :add-on? t
                    :server-id 'podls)))

(provide 'podls)
;;; podls.el ends here
