#!/usr/bin/env bash
# Writes the manifests of the tests into a folder. usage: manifests.sh FOLDER
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$1"
cp "$here/../../../pod.yaml" .
cat > versions.yaml <<'Y'
apiVersion: v1
kind: Pod
metadata:
  name: versions
spec:
  hostnameOverride: web
  containers:
  - name: app
    image: nginx:1.27
Y
cat > shop.yaml <<'Y'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  selector:
    matchLabels: {app: shop}
  template:
    metadata:
      labels: {app: shop}
    spec:
      initContainers:
      - name: migrate
        image: registry.example.com/shop-migrations:1.4
      - name: log-agent
        image: fluent/fluent-bit:5.1.1
        restartPolicy: Always
        volumeMounts:
        - {name: logs, mountPath: /var/log/shop, readOnly: true}
      containers:
      - name: shop
        image: registry.example.com/shop:1.4
        ports:
        - {name: http, containerPort: 8080}
        volumeMounts:
        - {name: logs, mountPath: /var/log/shop}
        - {name: pages, mountPath: /srv}
      volumes:
      - name: logs
        emptyDir: {}
      - name: pages
        configMap: {name: pages}
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: backup
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers:
          - name: backup
            image: registry.example.com/backup:2.1
            volumeMounts:
            - {name: target, mountPath: /backup}
          volumes:
          - name: target
            persistentVolumeClaim: {claimName: backup}
Y
cat > shifted.yaml <<'Y'
apiVersion: v1
kind: Pod
metadata:
  name: shifted
spec:
  containers:
  - name: app
     image: nginx:1.27
    ports:
    - containerPort: 80
Y
cat > twice.yaml <<'Y'
apiVersion: v1
kind: Pod
metadata:
  name: web
  name: web
spec:
  containers:
  - name: app
    image: nginx:1.27
    imagee: nginx
---
apiVersion: v1
kind: Pod
spec:
  containers:
  - name: app
    image: @nginx
Y
cat > web.yaml <<'Y'
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web
    image: nginx:1.29
    ports:
    - containerPort: 8080
Y
cat > init.yaml <<'Y'
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      initContainers:
      - name: log-agent
        image: fluent/fluent-bit:5.1.1
        # what next?
      containers:
      - name: shop
        image: registry.example.com/shop:1.4
Y
