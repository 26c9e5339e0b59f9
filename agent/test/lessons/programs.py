"""Reads programs as a JSON list of texts and prints, as such a list, what keeps each from running as it stands.

It is not run: many wait for a client. A line that no Python takes, and a name that nothing gave a meaning, are found so.
"""

import ast
import builtins
import json
import sys


def wrong_with(text):
    try:
        tree = ast.parse(text)
    except SyntaxError as e:
        return str(e)
    given = set(dir(builtins)) | {"__file__"}
    for node in ast.walk(tree):
        if isinstance(node, ast.alias):
            given.add((node.asname or node.name).split(".")[0])
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            given.add(node.id)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            given.add(node.name)
        elif isinstance(node, ast.FunctionDef):
            given.update([node.name, *(each.arg for each in node.args.args)])
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return ", ".join(sorted(used - given))


json.dump([wrong_with(text) for text in json.load(sys.stdin)], sys.stdout)
