;;; test.el --- Drives podls through eglot -*- lexical-binding: t -*-

;; emacs --batch -q -l editors/emacs/test.el, from `editors/test.sh emacs'.
;; PODLS is the program under test.

;;; Code:

(require 'package)
(package-initialize)
(require 'eglot)
(require 'seq)
(require 'yaml-mode)
(load (expand-file-name "podls.el" (file-name-directory load-file-name)) nil t)
(setq podls-program (getenv "PODLS")
      eglot-sync-connect 20
      create-lockfiles nil
      make-backup-files nil)

(defun check (what value)
  "Tell WHAT is checked, and end with an error unless VALUE."
  (princ (format "%s: %s\n" (if value "ok" "failed") what))
  (unless value
    (kill-emacs 1))
  value)

(defun check-until (what condition)
  "Check WHAT: that CONDITION gives something within 20 seconds."
  (let ((end (+ (float-time) 20)) value)
    (while (and (not (setq value (funcall condition))) (< (float-time) end))
      (accept-process-output nil 0.02))
    (check what value)))

(defun fault (text)
  "The diagnostic whose message has TEXT in it."
  (seq-find (lambda (it) (string-match-p (regexp-quote text) (flymake-diagnostic-text it)))
            (flymake-diagnostics)))

(defun errors ()
  "The diagnostics that are errors."
  (seq-filter (lambda (it) (memq (flymake-diagnostic-type it) '(:error eglot-error)))
              (flymake-diagnostics)))

;; Emacs does both when the user pauses, which no one does in here.
(defun pause ()
  "Send what was typed, and ask for diagnostics."
  (eglot--signal-textDocument/didChange)
  (flymake-start))

(defun line-of (text)
  "Go to the line that has TEXT in it."
  (goto-char (point-min))
  (search-forward text)
  (beginning-of-line))

(princ (format "Emacs %s\n" emacs-version))
;; In a folder of its own, since eglot watches all folders of the project.
(let* ((folder (make-temp-file "podls" t))
       (file (expand-file-name "pod.yaml" folder)))
  (with-temp-file file
    (insert "apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  initContainers:
  - name: wait
    image: busybox:1.36
    imagePolicy: Always  # 😀
  containers:
  - name: app
    image: nginx:1.27
"))
  (find-file file)
  (check "the file is YAML" (eq major-mode 'yaml-mode))
  (apply #'eglot (eglot--guess-contact))
  (check "eglot takes podls" (eglot-current-server))
  (flymake-mode 1)
  (flymake-start)

  (check-until "diagnostics arrive" (lambda () (fault "imagePolicy")))
  (check "they are at their place"
         (= 9 (line-number-at-pos (flymake-diagnostic-beg (fault "imagePolicy")))))

  (line-of "imagePolicy")
  (delete-region (point) (line-end-position))
  (insert "    imagePullPolicy: Always\n    re")
  (let* ((capf (eglot-completion-at-point))
         (items (all-completions "" (nth 2 capf)))
         (offered (mapcar (lambda (it) (plist-get (get-text-property 0 'eglot--lsp-item it) :label))
                          items)))
    (check "completion in an init container offers restartPolicy" (member "restartPolicy" offered))
    (check "completion leaves out what is there" (not (member "imagePullPolicy" offered))))
  (delete-region (line-beginning-position) (1+ (line-end-position)))
  (pause)
  (check-until "diagnostics follow what is typed" (lambda () (null (errors))))

  (line-of "name: app")
  (end-of-line)
  (let* ((before (split-string (buffer-string) "\n"))
         (actions (append (eglot-code-actions (point) (point)) nil))
         (sidecar (seq-find (lambda (it) (string-prefix-p "Add sidecar" (plist-get it :title)))
                            actions)))
    (check "a sidecar can be added" sidecar)
    (eglot--apply-workspace-edit (plist-get sidecar :edit) nil)
    (let ((text (buffer-string)))
      (check "the sidecar is an init container"
             (< (or (string-match "^    restartPolicy: Always$" text) (length text))
                (string-match "^  containers:$" text)))
      (check "every line of before is still there"
             (seq-every-p (lambda (line) (string-match-p (regexp-quote line) text)) before))))

  ;; A fault at the end shows that the text before it was understood.
  (goto-char (point-max))
  (insert "---\napiVersion: v1\nkind: Pod\nspce: {}\n")
  (pause)
  (check-until "diagnostics follow the action" (lambda () (fault "spce")))
  (check "the result has no other unknown field" (not (fault "imagePolicy")))

  (let ((process (jsonrpc--process (eglot-current-server))))
    (eglot-shutdown (eglot-current-server))
    (check-until "the server ends" (lambda () (not (process-live-p process)))))
  (set-buffer-modified-p nil)
  (delete-directory folder t)
  (kill-emacs 0))
;;; test.el ends here
