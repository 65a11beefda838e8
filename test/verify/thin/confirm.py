"""Where relations fail in a thin region alone, from outside: both sides of each at the point that its note names, by mpmath with 34 digits.

    python3 test/verify/thin/confirm.py

Writes test/fixtures/thin.json. A relation of false.claims.yaml must fail at its point; one of true.claims.yaml must hold at every such point that it has
all parameters of, and at random ones. The evaluator is that of the corpus and knows nothing of how Lemmata evaluates.
"""
import ast
import json
import random
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent / "corpus" / "oracle"))

from mpmath import mp, mpf  # noqa: E402

import formulas  # noqa: E402
from formulas import draw, evaluate, names, read, tree  # noqa: E402

# Sides that agree to this share of the larger are equal: numbers of the claims are doubles' decimals, quadrature here is good for 18 digits.
CLOSE = mpf(10) ** -15
HOLDS = {
    ast.Eq: lambda d, s: abs(d) <= CLOSE * s,
    ast.LtE: lambda d, s: d <= CLOSE * s,
    ast.GtE: lambda d, s: d >= -CLOSE * s,
}
ORDER = {ast.Lt: lambda a, b: a < b, ast.Gt: lambda a, b: a > b, ast.LtE: lambda a, b: a <= b, ast.GtE: lambda a, b: a >= b}
DRAWS = 40


def compare(n, env):
    a, b = evaluate(n.left, env), evaluate(n.comparators[0], env)
    return a == b if isinstance(n.ops[0], ast.Eq) else ORDER[type(n.ops[0])](a, b)


formulas.compare = compare


def definitions(data):
    lets = {}
    for head, body in data["let"].items():
        m = re.match(r"([\w-]+)(?:\((.*)\))?$", head)
        lets[m[1]] = ([] if m[2] is None else [a.strip() for a in m[2].split(",")], tree(body))
    return lets


def sides(claim, at, data, lets):
    relation = tree(claim)
    env = {"let": lets, "parameters": set(data["parameters"]), **at}
    # Sides below a thousandth are held against that: a difference of entropies cancels.
    left, right = evaluate(relation.left, env), evaluate(relation.comparators[0], env)
    return left, right, HOLDS[type(relation.ops[0])](left - right, max(abs(left), abs(right), mpf(1) / 1000))


def main():
    false, true = read(HERE / "false.claims.yaml"), read(HERE / "true.claims.yaml")
    out, points, bad = {}, [], 0
    lets = definitions(false)
    for name, (claim, note) in false["claims"].items():
        at = {}
        for item in re.findall(r"(\w+) = (\[[^\]]*\]|[^,]+)", note):
            at[item[0]] = evaluate(tree(item[1]), {"let": {}, "parameters": set()})
        points.append(at)
        left, right, holds = sides(claim, at, false, lets)
        bad += holds
        if holds:
            print(f"{name}: {left} and {right} at its point")
        out[name] = {"claim": claim, "at": note.removeprefix("false: "), "left": mp.nstr(left, 20), "right": mp.nstr(right, 20)}
    lets = definitions(true)
    for name, (claim, note) in true["claims"].items():
        relation = tree(claim)
        used = [p for p in true["parameters"] if p in names(relation.left, lets) | names(relation.comparators[0], lets)]
        rng = random.Random(name)
        env = {"let": {}, "parameters": set()}
        drawn = [{p: draw(true["parameters"][p], rng, env, end=False) for p in used} for _ in range(DRAWS if "E(" not in claim else 3)]
        at = drawn + [{**drawn[0], **{k: v for k, v in point.items() if k in used}} for point in (points if "E(" not in claim else points[:1])]
        for where in at:
            left, right, holds = sides(claim, where, true, lets)
            bad += not holds
            if not holds:
                print(f"true {name}: {left} and {right} at {where}")
    print(f"{len(out)} false, {len(true['claims'])} true, {bad} not confirmed")
    text = {"origin": f"test/verify/thin/confirm.py, mpmath, {mp.dps} digits", "false": out}
    (HERE.parent.parent / "fixtures" / "thin.json").write_text(json.dumps(text, indent=1) + "\n")


if __name__ == "__main__":
    main()
