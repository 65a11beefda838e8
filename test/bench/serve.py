"""Answers benchmark requests: one JSON object per line in, one per line out. Importable packages and their versions come first."""
import importlib
import json
import sys
import time


def optional(name):
    """The module, or None."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def timed(f, *args):
    """Milliseconds of processor time, and the value of f."""
    start = time.process_time()
    value = f(*args)
    return 1e3 * (time.process_time() - start), value


def serve(modules, handlers):
    """Serves until the input ends. `modules` maps names to modules or None, `handlers` names to functions of the request."""
    # Answers go to the real standard output; whatever a package prints does not.
    out, sys.stdout = sys.stdout, sys.stderr
    versions = {name: getattr(m, "__version__", "(no version)") for name, m in modules.items() if m is not None}
    print(json.dumps(versions), file=out, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = handlers[request["do"]](request)
        except Exception as error:  # an answer, so that the other side can say what failed
            answer = {"error": repr(error)}
        print(json.dumps(answer), file=out, flush=True)
