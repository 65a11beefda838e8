"""Truth of the corpus, from outside: both sides of every claim at several parameter points, by mpmath.

    python3 test/corpus/oracle [FILE.claims.yaml[#NAME] ...] [--write]

Reads the claim files of test/corpus, evaluates both sides with 34 digits by definition (densities, quadrature, sums, finite differences of high
order, quantile integrals) and compares them with the note of the claim, "true: ...", "false: ..." or "undefined: ...". A true claim must hold at every
point, a false one must fail at one at least. `--write` stores the values in test/fixtures/corpus.json. Nothing here knows how Lemmata evaluates anything.
"""
import ast
import json
import random
import re
import signal
import sys
from multiprocessing import Pool
from pathlib import Path

from mpmath import matrix, mp, mpf

from formulas import draw, evaluate, names, read, tree
from quadrature import Nothing

HERE = Path(__file__).parent.parent
POINTS = 3
LIMIT = 900  # seconds of processor time for one claim
# A true equality must hold to this relative size: quadrature and finite differences here are good for 18 digits and more.
CLOSE = mpf(10) ** -13
RELATIONS = {ast.Eq: lambda d, s: abs(d) <= CLOSE * s, ast.LtE: lambda d, s: d <= CLOSE * s, ast.GtE: lambda d, s: d >= -CLOSE * s}


def show(x):
    if isinstance(x, matrix):
        return [show(v) for v in x] if x.cols == 1 else [[show(x[i, j]) for j in range(x.cols)] for i in range(x.rows)]
    return mp.nstr(x, 25)


def judge(file, name, claim, note, data):
    relation = tree(claim)
    sides = [relation.left, relation.comparators[0]]
    accepts = RELATIONS[type(relation.ops[0])]
    lets = {}
    for head, body in data["let"].items():
        m = re.match(r"([\w-]+)(?:\((.*)\))?$", head)
        lets[m[1]] = ([] if m[2] is None else [a.strip() for a in m[2].split(",")], tree(body))
    used = names(sides[0], lets) | names(sides[1], lets)
    rng = random.Random(f"{file}#{name}")
    points, held, broken = [], 0, 0
    wanted = [p for p in data["parameters"] if p in used]
    for i in range(POINTS if wanted else 1):
        env = {"let": lets, "parameters": set(data["parameters"])}
        for p in wanted:
            env[p] = draw(data["parameters"][p], rng, env, end=i == POINTS - 1)
        shown = {p: show(env[p]) for p in wanted}
        try:
            a, b = (evaluate(side, env) for side in sides)
        except Nothing:
            points.append({"parameters": shown, "left": None, "right": None})
            continue
        d = a - b
        parts = [(x, y, z) for x, y, z in zip(a, b, d)] if isinstance(d, matrix) else [(a, b, d)]
        holds = all(accepts(z, max(abs(x), abs(y), mpf(1) / 1000)) for x, y, z in parts)
        held, broken = held + holds, broken + (not holds)
        points.append({"parameters": shown, "left": show(a), "right": show(b), "relative": mp.nstr(max(abs(z) / max(abs(x), abs(y), mpf(10) ** -30) for x, y, z in parts), 3)})
    truth = note.split(":")[0]
    ok = {"true": broken == 0 and held > 0, "false": broken > 0, "undefined": held + broken == 0}[truth]
    return {"claim": claim, "truth": truth, "confirmed": ok, "held": held, "broken": broken, "points": points}


def overdue(*_):
    raise TimeoutError(f"no value within {LIMIT} seconds of processor time")


def one(task):
    file, name = task
    data = read(HERE / file)
    claim, note = data["claims"][name]
    signal.signal(signal.SIGVTALRM, overdue)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        return task, judge(file, name, claim, note, data)
    except Exception as error:  # a formula that this evaluator cannot read is reported, never skipped
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        return task, {"claim": claim, "truth": note.split(":")[0], "confirmed": False, "error": f"{type(error).__name__}: {error}", "points": []}


def main():
    write = "--write" in sys.argv
    store = HERE.parent / "fixtures" / "corpus.json"
    # A name after "#" asks for one claim alone; the stored values of the others stay.
    files = [a for a in sys.argv[1:] if not a.startswith("--")] or sorted(p.relative_to(HERE).as_posix() for p in HERE.rglob("*.claims.yaml"))
    wanted = [f.split("#") for f in files]
    tasks = [(f, n) for f, *only in wanted for n in read(HERE / f)["claims"] if not only or n == only[0]]
    out = {}
    with Pool(2) as pool:
        for (file, name), result in pool.imap(one, tasks):
            out[f"{file}#{name}"] = result
            if not result["confirmed"]:
                print(f"{file}#{name}: {result['truth']} is not confirmed", result.get("error", ""), [(p["left"], p["right"]) for p in result["points"]], flush=True)
    print(f"{len(out)} claims, {sum(r['confirmed'] for r in out.values())} confirmed")
    if write:
        before = json.loads(store.read_text())["claims"] if store.exists() else {}
        live = {f"{p.relative_to(HERE).as_posix()}#{n}" for p in HERE.rglob("*.claims.yaml") for n in read(p)["claims"]}
        claims = {key: value for key, value in (before | out).items() if key in live}
        text = {"origin": f"test/corpus/oracle, mpmath, {mp.dps} digits", "claims": dict(sorted(claims.items()))}
        store.write_text(json.dumps(text, indent=1) + "\n")


if __name__ == "__main__":
    main()
