"""Claim files and their formulas: reading, parameter points, evaluation."""
import ast
import re

from mpmath import matrix, mp, mpf

from functionals import ORDINARY, heavy, pieces, window
from laws import LAWS, Law
from quadrature import Nothing, crossings, difference, legendre, need, peak, quad


def read(path):
    section, out = None, {"parameters": {}, "let": {}, "claims": {}}
    for line in path.read_text().splitlines():
        if line and not line.startswith((" ", "#")):
            section = line.split(":")[0]
            continue
        if section == "claims" and (m := re.match(r'  ([\w-]+): \{claim: "(.*)", note: "(.*)"\}$', line)):
            out["claims"][m[1]] = (m[2], m[3])
        elif section in ("parameters", "let") and (m := re.match(r"  ([^:]+): (.*?)(\s+#.*)?$", line)):
            out[section][m[1]] = m[2].strip().strip('"')
    return out


def tree(text):
    return ast.parse(re.sub(r"\bif\(", "if_(", text).replace("^", "**"), mode="eval").body


def names(node, lets, seen=None):
    """Names that a formula involves, through definitions too."""
    seen = set() if seen is None else seen
    for n in ast.walk(node):
        if isinstance(n, ast.Name) and n.id not in seen:
            seen.add(n.id)
            if n.id in lets:
                names(lets[n.id][1], lets, seen)
    return seen


def draw(text, rng, env, end):
    call = tree(text)
    arg = [evaluate(a, env) for a in call.args]
    name = call.func.id
    between = lambda lo, hi: lo + (hi - lo) * mpf(rng.randrange(1, 64)) / 64
    if name in ("real", "positive"):
        if end:
            return arg[rng.randrange(2)]
        if name == "real":
            return between(*arg)
        return arg[0] * (arg[1] / arg[0]) ** (mpf(rng.randrange(1, 64)) / 64)
    if name == "integer":
        return mpf(rng.randint(int(arg[0]), int(arg[1])))
    if name == "oneof":
        return rng.choice(arg)
    if name == "vector":
        return matrix([between(arg[1], arg[2]) for _ in range(int(arg[0]))])
    if name == "simplex":
        raw = [mpf(rng.randrange(1, 30)) for _ in range(int(arg[0]))]
        return matrix([r / sum(raw) for r in raw])
    if name == "matrix":
        n, m = int(arg[0]), int(arg[1])
        return matrix([[between(arg[2], arg[3]) for _ in range(m)] for _ in range(n)])
    n = int(arg[0])
    skew = matrix(n)
    for i in range(n):
        for j in range(i):
            skew[i, j] = mpf(rng.randrange(-20, 21)) / 10
            skew[j, i] = -skew[i, j]
    one = mp.eye(n)
    o = (one - skew) * mp.inverse(one + skew)
    if name == "orthogonal":
        return o
    return o * mp.diag([between(arg[1], arg[2]) for _ in range(n)]) * o.T


def evaluate(n, env):
    if isinstance(n, ast.Constant):
        return mpf(repr(n.value)) if isinstance(n.value, float) else mpf(n.value)
    if isinstance(n, ast.Name):
        if n.id in env:
            return env[n.id]
        if n.id in env["let"]:
            return evaluate(env["let"][n.id][1], hidden(env))
        return {"pi": mp.pi, "e": mp.e, "inf": mp.inf}[n.id] + 0
    if isinstance(n, ast.UnaryOp):
        return -evaluate(n.operand, env)
    if isinstance(n, ast.BinOp):
        a, b = evaluate(n.left, env), evaluate(n.right, env)
        if isinstance(n.op, ast.Add):
            return a + b
        if isinstance(n.op, ast.Sub):
            return a - b
        if isinstance(n.op, ast.Mult):
            return a * b
        if isinstance(n.op, ast.Div):
            need(b != 0)
            return a / b
        return a**b
    if isinstance(n, ast.List):
        items = [evaluate(x, env) for x in n.elts]
        return matrix([list(x) for x in items]) if items and isinstance(items[0], matrix) else (items if items and not isinstance(items[0], mpf) else matrix(items))
    if isinstance(n, ast.Subscript):
        of = evaluate(n.value, env)
        at = n.slice.elts if isinstance(n.slice, ast.Tuple) else [n.slice]
        index = [int(evaluate(i, env)) - 1 for i in at]
        return of[index[0]] if len(index) == 1 else of[index[0], index[1]]
    if isinstance(n, ast.Compare):
        return compare(n, env)
    return call(n, env)


def compare(n, env):
    a, b = evaluate(n.left, env), evaluate(n.comparators[0], env)
    op = n.ops[0]
    return {ast.Lt: a < b, ast.Gt: a > b, ast.LtE: a <= b, ast.GtE: a >= b}[type(op)]


def hidden(env):
    """A definition sees parameters and its own arguments, not the variables bound where it is used; D moves parameters."""
    return {k: v for k, v in env.items() if k in ("let", "parameters") or k in env["parameters"]}


def kinks(n, var, env, lo, hi):
    """Places in [lo, hi] where an abs, sign, max, min, floor or condition inside the formula changes its branch."""
    found = []
    for node in ast.walk(n):
        args = []
        if isinstance(node, ast.Compare):
            args = [ast.BinOp(node.left, ast.Sub(), node.comparators[0])]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("abs", "sign"):
            args = node.args
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("max", "min"):
            args = [ast.BinOp(node.args[0], ast.Sub(), node.args[1])]
        for a in args:
            if any(isinstance(x, ast.Name) and x.id == var for x in ast.walk(a)):
                found += crossings(lambda z: evaluate(a, {**env, var: z}), lo, hi, 400)
    return found


def call(n, env):
    name, a = n.func.id, n.args
    if name in env["let"]:
        arguments, body = env["let"][name]
        inner = hidden(env)
        return evaluate(body, {**inner, **{k: evaluate(x, env) for k, x in zip(arguments, a)}, "parameters": inner["parameters"] | set(arguments)})
    if name in ("E", "P"):
        var_, d, body = a[0].id, evaluate(a[1], env), a[2]
        if isinstance(d, Law):
            if any(part.lo == -mp.inf and part.parts is None and heavy(part) < 1.5 for part in pieces(d)):
                raise Nothing
            extra = kinks(body, var_, env, *window(d))
        else:
            extra = ()
        f = lambda z: evaluate(body, {**env, var_: z})
        value = d.expect((lambda z: mpf(1) if f(z) else mpf(0)) if name == "P" else f, extra)
        need(mp.isfinite(value))
        # Far out the integrand must have gone.
        need(not (isinstance(d, Law) and d.parts is None and d.hi == mp.inf and name == "E" and abs(f(mpf(900)) * d.pdf(mpf(900))) > mpf(10) ** -2))
        return value
    if name == "integral":
        lo, hi = evaluate(a[1], env), evaluate(a[2], env)
        f = lambda z: evaluate(a[3], {**env, a[0].id: z})
        w = max(abs(x) for x in (lo, hi, 1) if mp.isfinite(x))
        cuts = kinks(a[3], a[0].id, env, max(lo, -40 * w), min(hi, 40 * w))
        if not (mp.isfinite(lo) and mp.isfinite(hi)):
            cuts = [*cuts, *[mpf(k) for k in (-64, -16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16, 64)]]
        return quad(f, lo, hi, cuts)
    if name in ("total", "product"):
        lo, hi = evaluate(a[1], env), evaluate(a[2], env)
        f = lambda k: evaluate(a[3], {**env, a[0].id: mpf(k)})
        if hi == mp.inf:
            # Terms that do not fall faster than 1/k have no sum.
            need(name == "total" and abs(f(10**6)) * 10**6 < mpf(10) ** -3)
            return mp.nsum(lambda k: f(k), [int(lo), mp.inf])
        terms = [f(k) for k in range(int(lo), int(hi) + 1)]
        return mp.fsum(terms) if name == "total" else mp.fprod(terms)
    if name == "D":
        var_, order = a[1].id, int(evaluate(a[2], env)) if len(a) > 2 else 1
        return difference(lambda z: evaluate(a[0], {**env, var_: z}), env[var_], order)
    if name in ("grad", "laplacian", "divergence"):
        var_ = a[1].id
        v = env[var_]

        def along(i, part=None):
            def f(z):
                w = v.copy()
                w[i] = z
                value = evaluate(a[0], {**env, var_: w})
                return value if part is None else value[part]

            return f

        if name == "grad":
            return matrix([difference(along(i), v[i], 1) for i in range(len(v))])
        if name == "laplacian":
            return mp.fsum(difference(along(i), v[i], 2) for i in range(len(v)))
        return mp.fsum(difference(along(i, i), v[i], 1) for i in range(len(v)))
    if name in ("sup", "inf"):
        lo, hi = evaluate(a[1], env), evaluate(a[2], env)
        sign = 1 if name == "sup" else -1
        with mp.workdps(25):
            return sign * peak(lambda z: sign * evaluate(a[3], {**env, a[0].id: z}), lo, hi)
    if name == "if_":
        return evaluate(a[1] if evaluate(a[0], env) else a[2], env)
    arguments = [evaluate(x, env) for x in a]
    return (LAWS | ORDINARY)[name](*arguments)
