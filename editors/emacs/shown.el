;;; shown.el --- Writes down what eglot shows of a manifest -*- lexical-binding: t -*-

;; emacs --batch -q -l editors/emacs/shown.el, from `editors/test.sh emacs'.
;; PODLS is the program, PODLS_MANIFEST the file, PODLS_SHOWN where to write.

;;; Code:

(require 'package)
(package-initialize)
(require 'eglot)
(require 'json)
(require 'yaml-mode)
(load (expand-file-name "podls.el" (file-name-directory load-file-name)) nil t)
(setq podls-program (getenv "PODLS")
      eglot-sync-connect 20
      create-lockfiles nil
      make-backup-files nil)

(defun shown-diagnostic (it)
  "What is shown of IT, a diagnostic of Flymake."
  (let ((lsp (alist-get 'eglot-lsp-diag (flymake-diagnostic-data it)))
        (start (flymake-diagnostic-beg it)))
    (save-excursion
      (goto-char start)
      `((line . ,(line-number-at-pos start))
        (column . ,(1+ (- start (line-beginning-position))))
        (severity . ,(aref [error warning information hint] (1- (plist-get lsp :severity))))
        (code . ,(plist-get lsp :code))
        (message . ,(plist-get lsp :message))))))

(find-file (getenv "PODLS_MANIFEST"))
(apply #'eglot (eglot--guess-contact))
(flymake-mode 1)
(flymake-start)
(let ((end (+ (float-time) 20)))
  (while (and (not (flymake-diagnostics)) (< (float-time) end))
    (accept-process-output nil 0.02)))

(let ((diagnostics (mapcar #'shown-diagnostic (flymake-diagnostics))))
  (search-forward "# here completion is asked for")
  (delete-region (match-beginning 0) (match-end 0))
  (let ((offered (all-completions "" (nth 2 (eglot-completion-at-point)))))
    (with-temp-file (getenv "PODLS_SHOWN")
      (insert (json-encode
               `((diagnostics . ,(vconcat diagnostics))
                 (completions
                  . ,(vconcat (mapcar (lambda (it)
                                        (plist-get (get-text-property 0 'eglot--lsp-item it) :label))
                                      offered)))))))))
(set-buffer-modified-p nil)
(kill-emacs 0)
;;; shown.el ends here
