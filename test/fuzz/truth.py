"""Whether the conclusive verdicts of a campaign are right, by an independent evaluator.

  npm run fuzz -- --count 20000 --kind formulas --print /tmp/conclusive.jsonl
  python3 test/fuzz/truth.py /tmp/conclusive.jsonl [--every 1] [--seconds 10]

Takes the closed claims, evaluates both sides with mpmath (test/oracle/soundness.py) and compares: a Verified relation has to hold up to what the rule
claims as its error and the default tolerance, a Refuted one has to fail beyond it. What mpmath cannot do, or does not do in time, is counted and left
out. Prints every disagreement; exit 1 when there is one. A disagreement is looked at by hand: the tanh-sinh rule errs on jumps and far peaks.
"""
import argparse
import ast
import json
import os
import re
import signal
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "oracle"))
import soundness as s  # noqa: E402
from mpmath import mp, mpf  # noqa: E402
import mpmath as m  # noqa: E402

mp.dps = 30
RELATION = re.compile(r"==|<=|>=|<|>")


class Late(Exception):
    pass


def late(*_):
    raise Late


def top_relation(text):
    depth = 0
    for i, c in enumerate(text):
        depth += (c in "([") - (c in ")]")
        found = RELATION.match(text, i) if depth == 0 else None
        if found:
            return text[:i], found.group(), text[found.end():]
    raise s.Skip("no relation")


def value(text):
    source = re.sub(r"\bif\(", "if_(", text.strip()).replace("^", "**")
    evaluator = s.Evaluator(source, {}, {})
    result = evaluator.run(ast.parse(source, mode="eval").body, {})
    if isinstance(result, list):
        raise s.Skip("array")
    if not isinstance(result, m.mpf) or m.isnan(result) or m.isinf(result):
        raise s.Skip("no finite real")
    return result, getattr(evaluator, "error", mpf(0))


def judge(relation, left, right, error):
    """True, False, or None when the two are too close to tell."""
    d = left - right
    slack = error + mpf("1e-12") * (abs(left) + abs(right))
    if abs(d) <= slack:
        return None
    return {"==": False, "<=": d < 0, ">=": d > 0, "<": d < 0, ">": d > 0}[relation]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("file")
    p.add_argument("--every", type=int, default=1)
    p.add_argument("--seconds", type=int, default=10)
    options = p.parse_args()
    signal.signal(signal.SIGALRM, late)
    counts = {"agree": 0, "too close": 0, "left out": 0, "disagree": 0}
    lines = [json.loads(line) for line in open(options.file)]
    closed = [l for l in lines if (found := re.fullmatch(r"lemmata: 1\nclaims:\n  a: '(.*)'\n", l["file"])) and l.update(text=found.group(1)) is None]
    for line in closed[:: options.every]:
        try:
            signal.alarm(options.seconds)
            left, relation, right = top_relation(line["text"])
            (a, ea), (b, eb) = value(left), value(right)
            truth = judge(relation, a, b, ea + eb)
        except (Late, s.Skip, KeyError, ValueError, TypeError, ZeroDivisionError, OverflowError, IndexError, AttributeError, SyntaxError, MemoryError, RecursionError, AssertionError, NotImplementedError, m.libmp.NoConvergence, m.libmp.ComplexResult):
            counts["left out"] += 1
            continue
        finally:
            signal.alarm(0)
        if truth is None:
            # A Refuted equality that is too close for mpmath, or a Verified one, is no disagreement.
            counts["too close"] += 1
        elif truth == (line["verdict"] == "Verified"):
            counts["agree"] += 1
        else:
            # Verified @tolerance may be off by the tolerance.
            if line["verdict"] == "Verified" and abs(a - b) <= mpf("1e-9") * (abs(a) + abs(b)):
                counts["too close"] += 1
                continue
            counts["disagree"] += 1
            print(line["name"], line["verdict"], line["text"], m.nstr(a, 15), m.nstr(b, 15), flush=True)
    print(", ".join(f"{n} {what}" for what, n in counts.items()))
    sys.exit(1 if counts["disagree"] else 0)


if __name__ == "__main__":
    main()
