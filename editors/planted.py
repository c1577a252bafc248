#!/usr/bin/env python3
"""Stands between an editor and podls and loses something, to show that the editor's test can fail.

PLANTED_PODLS is the program, PLANTED what gets lost: `finding` (the unknown fields) or `completion`
(the item `restartPolicy`).
"""

import json
import os
import subprocess
import sys
import threading

CODE = "unknown-field"
LABEL = "restartPolicy"


def kept_findings(findings):
    return [it for it in findings if it.get("code") != CODE]


def kept_items(items):
    return [it for it in items if it.get("label") != LABEL]


def without_finding(message):
    params, result = message.get("params"), message.get("result")
    if isinstance(params, dict) and "diagnostics" in params:
        params["diagnostics"] = kept_findings(params["diagnostics"])
    # What an editor that asks for findings gets.
    if isinstance(result, dict) and result.get("kind") == "full":
        result["items"] = kept_findings(result["items"])


def without_item(message):
    result = message.get("result")
    if isinstance(result, dict) and "isIncomplete" in result:
        result["items"] = kept_items(result["items"])
    elif isinstance(result, list) and any("label" in it for it in result):
        message["result"] = kept_items(result)


LOSSES = {"finding": without_finding, "completion": without_item}


def read(stream):
    """The next message of the protocol, or None at the end."""
    length = 0
    while line := stream.readline().strip():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return json.loads(stream.read(length)) if length else None


def write(stream, message):
    body = json.dumps(message).encode()
    stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    stream.flush()


def forward(source, target):
    """Passes on all bytes as they come; podls ends with its input."""
    while data := source.read1(65536):
        target.write(data)
        target.flush()
    target.close()


def main():
    program = os.environ["PLANTED_PODLS"]
    arguments = sys.argv[1:]
    if arguments not in ([], ["--stdio"]):
        os.execv(program, [program, *arguments])
    server = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    told = threading.Thread(target=forward, args=(sys.stdin.buffer, server.stdin), daemon=True)
    told.start()
    lose = LOSSES[os.environ["PLANTED"]]
    while message := read(server.stdout):
        lose(message)
        write(sys.stdout.buffer, message)
    sys.exit(server.wait())


main()
