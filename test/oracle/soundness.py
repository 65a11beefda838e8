"""An independent evaluator of the claim language, to check that the generator of soundness.ts says the truth.

  node test/oracle/soundness.ts --print --count 2000 --seed 7 | python3 test/oracle/soundness.py [--every 8] [--seconds 10]

Laws are written down again from textbooks, expectations and divergences are integrals of mpmath's tanh-sinh rule, derivatives are central differences
with Richardson extrapolation. Every claim printed as true has to hold, every claim printed as false has to fail, both up to 1e-7 of the terms or what
the rule claims as its error. Prints every disagreement; exit 1 when there is one.
"""
import argparse
import ast
import json
import signal
import sys

from mpmath import mp, mpf
import mpmath as m

mp.dps = 25
SLACK = mpf("1e-7")


class Skip(Exception):
    pass


def breaks(lo, hi, marks):
    inner = sorted({mpf(x) for x in marks if lo < x < hi})
    return [lo, *inner, hi]


def quad(f, lo, hi, marks=()):
    if lo == hi:
        return mpf(0)
    if lo > hi:
        return -quad(f, hi, lo, marks)
    points = breaks(lo, hi, [*marks, 0, -1, 1, 3, -3, 10, -10, 40, -40])
    return m.quad(f, points)


class Law:
    """Density on [lo, hi], or atoms (finite list), or a mass function from an integer on; `marks` are places where something happens."""

    def __init__(self, pdf=None, lo=-m.inf, hi=m.inf, marks=(), atoms=None, mass=None, start=None, dim=1):
        self.pdf, self.lo, self.hi, self.marks, self.atoms, self.mass, self.start, self.dim = pdf, lo, hi, list(marks), atoms, mass, start, dim

    def density(self, x):
        if self.atoms is not None:
            return sum((p for a, p in self.atoms if a == x), mpf(0))
        if self.mass is not None:
            return self.mass(int(x)) if x == int(x) and x >= self.start else mpf(0)
        if self.dim > 1:
            return self.pdf(x)
        return self.pdf(x) if self.lo <= x <= self.hi else mpf(0)

    def expect(self, f):
        if self.atoms is not None:
            return sum(p * f(a) for a, p in self.atoms if p != 0)
        if self.mass is not None:
            total, k, small = mpf(0), self.start, 0
            while small < 30 and k < self.start + 3000:
                p = self.mass(k)
                term = p * f(mpf(k))
                total += term
                small = small + 1 if abs(term) < mpf("1e-22") * (1 + abs(total)) and p < mpf("1e-12") else 0
                k += 1
            return total
        if self.dim > 1:
            raise Skip("space")
        return quad(lambda x: self.pdf(x) * f(x), self.lo, self.hi, self.marks)

    def cdf(self, x):
        if self.atoms is not None:
            return sum(p for a, p in self.atoms if a <= x)
        if self.mass is not None:
            return sum((self.mass(k) for k in range(self.start, int(m.floor(x)) + 1)), mpf(0))
        x = min(max(x, self.lo), self.hi)
        return quad(self.pdf, self.lo, x, self.marks) if x > self.lo else mpf(0)


def spots(c, s):
    return [c + s * k for k in (-30, -8, -3, -1, 0, 1, 3, 8, 30)]


def line(kernel, c, s):
    return Law(lambda x: kernel((x - c) / s) / s, marks=spots(c, s))


def normal(c, s):
    return line(lambda z: m.exp(-z * z / 2) / m.sqrt(2 * m.pi), c, s)


def mixture(weights, laws):
    keep = [(w, l) for w, l in zip(weights, laws) if w != 0]
    if all(l.atoms is not None for _, l in keep):
        return Law(atoms=[(a, w * p) for w, l in keep for a, p in l.atoms])
    marks = [x for _, l in keep for x in [*l.marks, l.lo, l.hi] if abs(x) < m.inf]
    return Law(lambda x: sum(w * l.density(x) for w, l in keep), min(l.lo for _, l in keep), max(l.hi for _, l in keep), marks)


def affine(l, a, b):
    if l.atoms is not None:
        return Law(atoms=[(a * x + b, p) for x, p in l.atoms])
    ends = sorted([a * l.lo + b, a * l.hi + b])
    return Law(lambda y: l.density((y - b) / a) / abs(a), ends[0], ends[1], [a * x + b for x in l.marks])


def diffused(l, a, s):
    if l.dim > 1:
        raise Skip("space")
    marks = [a * x for x in l.marks] if l.atoms is None else [a * x + s * k for x, _ in l.atoms for k in (-8, -3, 0, 3, 8)]
    phi = lambda z: m.exp(-z * z / 2) / m.sqrt(2 * m.pi)
    inner = lambda y: Law(l.pdf, l.lo, l.hi, [*l.marks, *[(y + s * k) / a for k in (-8, -2, 0, 2, 8)]], l.atoms, l.mass, l.start)
    return Law(lambda y: inner(y).expect(lambda x: phi((y - a * x) / s) / s), marks=[*marks, *spots(0, s)])


def mv_normal(mean, cov):
    mean, c = [x for x in mean], m.matrix(cov)
    inverse, det = c**-1, m.det(c)
    def pdf(x):
        d = m.matrix([u - v for u, v in zip(x, mean)])
        return m.exp(-(d.T * inverse * d)[0] / 2) / m.sqrt((2 * m.pi) ** len(mean) * det)
    law = Law(pdf, dim=len(mean))
    root = m.cholesky(c)
    def expect(f):
        if len(mean) != 2:
            raise Skip("space")
        at = lambda u, v: f([mean[0] + root[0, 0] * u, mean[1] + root[1, 0] * u + root[1, 1] * v])
        phi = lambda z: m.exp(-z * z / 2) / m.sqrt(2 * m.pi)
        with mp.workdps(12):
            return m.quad(lambda u, v: phi(u) * phi(v) * at(u, v), [-9, 0, 9], [-9, 0, 9])
    law.expect = expect
    return law


def beta_law(a, b):
    scale = m.beta(a, b)
    return Law(lambda x: x ** (a - 1) * (1 - x) ** (b - 1) / scale, mpf(0), mpf(1), [mpf("0.5")])


LAWS = {
    "Normal": normal,
    "Laplace": lambda c, b: line(lambda z: m.exp(-abs(z)) / 2, c, b),
    "Logistic": lambda c, s: line(lambda z: m.sech(z / 2) ** 2 / 4, c, s),
    "Cauchy": lambda c, s: line(lambda z: 1 / (m.pi * (1 + z * z)), c, s),
    "StudentT": lambda v, c, s: line(lambda z: m.gamma((v + 1) / 2) / (m.gamma(v / 2) * m.sqrt(v * m.pi)) * (1 + z * z / v) ** (-(v + 1) / 2), c, s),
    "Uniform": lambda a, b: Law(lambda x: 1 / (b - a), a, b),
    "Exponential": lambda r: Law(lambda x: r * m.exp(-r * x), mpf(0), m.inf, [1 / r, 5 / r, 30 / r]),
    "Gamma": lambda a, r: Law(lambda x: r**a * x ** (a - 1) * m.exp(-r * x) / m.gamma(a), mpf(0), m.inf, [a / r, (a + 3) / r, (a + 30) / r]),
    "Beta": beta_law,
    "LogNormal": lambda c, s: Law(lambda x: m.exp(-(((m.log(x) - c) / s) ** 2) / 2) / (x * s * m.sqrt(2 * m.pi)) if x > 0 else mpf(0), mpf(0), m.inf, [m.exp(t) for t in spots(c, s)]),
    "Pareto": lambda xm, a: Law(lambda x: a * xm**a / x ** (a + 1), xm, m.inf, [2 * xm, 20 * xm]),
    "Bernoulli": lambda p: Law(atoms=[(mpf(0), 1 - p), (mpf(1), p)]),
    "Binomial": lambda n, p: Law(atoms=[(mpf(k), m.binomial(n, k) * p**k * (1 - p) ** (n - k)) for k in range(int(n) + 1)]),
    "Poisson": lambda r: Law(mass=lambda k: m.exp(-r) * r**k / m.factorial(k), start=0),
    "Geometric": lambda p: Law(mass=lambda k: p * (1 - p) ** (k - 1), start=1),
    "Categorical": lambda w: Law(atoms=[(mpf(k), p) for k, p in enumerate(w)]),
    "Discrete": lambda x, w: Law(atoms=list(zip(x, w))),
    "Dirac": lambda x: Law(atoms=[(x, mpf(1))]),
    "Mixture": mixture,
    "Affine": affine,
    "Diffused": diffused,
    "MvNormal": mv_normal,
}


def both(p, q, f):
    """Integral or sum of f(p(x), q(x)) over everything."""
    if p.dim > 1:
        raise Skip("space")
    if all(l.atoms is not None or l.mass is not None for l in (p, q)):
        places = {a for l in (p, q) for a, _ in l.atoms or []} | {mpf(k) for l in (p, q) if l.mass is not None for k in range(l.start, 400)}
        return sum(f(p.density(a), q.density(a)) for a in places)
    ends = [x for l in (p, q) for x in (l.lo, l.hi) if abs(x) < m.inf]
    return quad(lambda x: f(p.density(x), q.density(x)), min(p.lo, q.lo), max(p.hi, q.hi), [*p.marks, *q.marks, *ends, *crossings(p, q)])


def crossings(p, q):
    """Where two densities cross: a total variation has kinks there."""
    marks = sorted({x for x in [*p.marks, *q.marks] if abs(x) < m.inf})
    grid = [a + (b - a) * k / 12 for a, b in zip(marks, marks[1:]) for k in range(12)]
    d = lambda x: p.density(x) - q.density(x)
    found = []
    for a, b in zip(grid, grid[1:]):
        if d(a) * d(b) < 0:
            found.append(m.findroot(d, (a, b), solver="anderson", tol=1e-25, verify=False))
    return found


def xlog(p, q):
    return mpf(0) if p == 0 else p * m.log(p / q)


def kl(p, q):
    return both(p, q, xlog)


def renyi(a, p, q):
    return m.log(both(p, q, lambda s, t: s**a * t ** (1 - a) if s > 0 and t > 0 else mpf(0))) / (a - 1)


def js(p, q):
    return both(p, q, lambda s, t: (xlog(s, (s + t) / 2) + xlog(t, (s + t) / 2)) / 2)


def quantile(l, u):
    if l.atoms is not None:
        total = mpf(0)
        for a, p in sorted(l.atoms):
            total += p
            if total >= u:
                return a
    lo, hi = (l.lo if l.lo > -m.inf else mpf(-1)), (l.hi if l.hi < m.inf else mpf(1))
    while l.lo == -m.inf and l.cdf(lo) > u:
        lo *= 4
    while l.hi == m.inf and l.cdf(hi) < u:
        hi = 4 * hi + 1
    return m.findroot(lambda x: l.cdf(x) - u, (lo, hi), solver="anderson", tol=1e-22, verify=False)


def diff(f, x, n=1):
    if n > 2:
        return m.diff(f, x, n)
    h = mpf("1e-3") * max(1, abs(x))
    if n == 1:
        step = lambda t: (f(x + t) - f(x - t)) / (2 * t)
    else:
        step = lambda t: (f(x + t) - 2 * f(x) + f(x - t)) / (t * t)
    a, b, c = step(h), step(h / 2), step(h / 4)
    return (64 * c - 20 * b + a) / 45


def w1(p, q):
    ends = [x for l in (p, q) for x in (l.lo, l.hi) if abs(x) < m.inf and l.atoms is None] + [a for l in (p, q) if l.atoms for a, _ in l.atoms]
    lo, hi = min([-m.inf if l.lo == -m.inf and l.atoms is None else min([l.lo] if l.atoms is None else [a for a, _ in l.atoms]) for l in (p, q)]), max(
        [m.inf if l.hi == m.inf and l.atoms is None else max([l.hi] if l.atoms is None else [a for a, _ in l.atoms]) for l in (p, q)])
    with mp.workdps(15):
        return quad(lambda x: abs(p.cdf(x) - q.cdf(x)), lo, hi, [*p.marks, *q.marks, *ends])


def posterior(l, a, s, x):
    kernel = lambda z: m.exp(-(((x - a * z) / s) ** 2) / 2)
    near = Law(l.pdf, l.lo, l.hi, [*l.marks, *[(x + s * k) / a for k in (-8, -2, 0, 2, 8)]], l.atoms, l.mass, l.start)
    mass = near.expect(kernel)
    mean = near.expect(lambda z: z * kernel(z)) / mass
    return mean, near.expect(lambda z: (z - mean) ** 2 * kernel(z)) / mass


FUNCTIONALS = {
    "pdf": lambda l, x: l.density(x),
    "logpdf": lambda l, x: m.log(l.density(x)),
    "cdf": lambda l, x: l.cdf(x),
    "quantile": quantile,
    "score": lambda l, x: diff(lambda t: m.log(l.density(t)), x) if l.dim == 1 else [diff(lambda t, i=i: m.log(l.density([*x[:i], t, *x[i + 1 :]])), x[i]) for i in range(len(x))],
    "Mean": lambda l: l.expect(lambda x: x),
    "Var": lambda l: (lambda c: l.expect(lambda x: (x - c) ** 2))(l.expect(lambda x: x)),
    "Entropy": lambda l: -l.expect(lambda x: m.log(l.density(x)) if l.density(x) > 0 else mpf(0)),
    "KL": kl,
    "JS": js,
    "TV": lambda p, q: both(p, q, lambda s, t: abs(s - t)) / 2,
    "Hellinger2": lambda p, q: both(p, q, lambda s, t: (m.sqrt(s) - m.sqrt(t)) ** 2) / 2,
    "ChiSquare": lambda p, q: both(p, q, lambda s, t: s * s / t if s > 0 else mpf(0)) - 1,
    "Renyi": renyi,
    "CrossEntropy": lambda p, q: -both(p, q, lambda s, t: s * m.log(t) if s > 0 else mpf(0)),
    "Fisher": lambda p, q: p.expect(lambda x: (diff(lambda t: m.log(p.density(t)) - m.log(q.density(t)), x)) ** 2),
    "W1": w1,
    "W2": lambda p, q: m.sqrt(m.quad(lambda u: (quantile(p, u) - quantile(q, u)) ** 2, [0, mpf("0.01"), mpf("0.5"), mpf("0.99"), 1])) if p.dim == 1 else no("space"),
    "PosteriorMean": lambda l, a, s, x: posterior(l, a, s, x)[0],
    "PosteriorCov": lambda l, a, s, x: posterior(l, a, s, x)[1],
}


def no(why):
    raise Skip(why)


def matmul(a, b):
    if isinstance(b[0], list):
        return [[sum(x * b[k][j] for k, x in enumerate(row)) for j in range(len(b[0]))] for row in a]
    return [sum(x * y for x, y in zip(row, b)) for row in a]


def each(f, *v):
    return [each(f, *t) for t in zip(*v)] if isinstance(v[0], list) else f(*v)


flat = lambda v: [y for x in v for y in (flat(x) if isinstance(x, list) else [x])]
lgamma = lambda x: m.log(abs(m.gamma(x)))
ELEMENTARY = {
    **{name: getattr(m, name) for name in ["exp", "expm1", "log", "log1p", "sqrt", "sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "erf", "erfc", "gamma", "digamma", "sign", "floor"]},
    "abs": abs,
    "lgamma": lgamma,
    "sigmoid": lambda x: 1 / (1 + m.exp(-x)),
    "softplus": lambda x: m.log1p(m.exp(-abs(x))) + max(x, mpf(0)),
    "normcdf": lambda x: m.erfc(-x / m.sqrt(2)) / 2,
    "lognormcdf": lambda x: m.log(m.erfc(-x / m.sqrt(2)) / 2),
    "min": lambda *x: min(flat(x)),
    "max": lambda *x: max(flat(x)),
    "logsumexp": lambda *x: (lambda top: top + m.log(sum(m.exp(y - top) for y in x)))(max(x)),
    "dot": lambda a, b: sum(x * y for x, y in zip(a, b)),
    "outer": lambda a, b: [[x * y for y in b] for x in a],
    "norm2": lambda a: sum(x * x for x in flat(a)),
    "norm": lambda a: m.sqrt(sum(x * x for x in flat(a))),
    "det": lambda a: m.det(m.matrix(a)),
    "logdet": lambda a: m.log(m.det(m.matrix(a))),
    "inv": lambda a: (m.matrix(a) ** -1).tolist(),
    "trace": lambda a: sum(a[i][i] for i in range(len(a))),
    "transpose": lambda a: [list(r) for r in zip(*a)],
    "identity": lambda n: [[mpf(int(i == j)) for j in range(int(n))] for i in range(int(n))],
}
CONSTANTS = {"pi": lambda: +m.pi, "e": lambda: +m.e, "inf": lambda: m.inf}


class Evaluator:
    def __init__(self, source, env, lets):
        self.source, self.env, self.lets = source, env, lets

    def run(self, node, env):
        if isinstance(node, ast.Constant):
            return mpf(ast.get_source_segment(self.source, node))
        if isinstance(node, ast.Name):
            if node.id in env:
                return env[node.id]
            if node.id in self.lets:
                return self.run(self.lets[node.id], self.env)
            return CONSTANTS[node.id]()
        if isinstance(node, ast.UnaryOp):
            return each(lambda x: -x, self.run(node.operand, env))
        if isinstance(node, ast.List):
            return [self.run(x, env) for x in node.elts]
        if isinstance(node, ast.Subscript):
            return self.run(node.value, env)[int(self.run(node.slice, env)) - 1]
        if isinstance(node, ast.Compare):
            a, b = self.run(node.left, env), self.run(node.comparators[0], env)
            return {ast.Lt: a < b, ast.LtE: a <= b, ast.Gt: a > b, ast.GtE: a >= b, ast.Eq: a == b}[type(node.ops[0])]
        if isinstance(node, ast.BinOp):
            a, b = self.run(node.left, env), self.run(node.right, env)
            op = type(node.op)
            if op is ast.Mult:
                if isinstance(a, list) and isinstance(b, list):
                    return matmul(a, b)
                return each(lambda x: a * x, b) if isinstance(b, list) else each(lambda x: x * b, a)
            if op is ast.Div:
                return each(lambda x: x / b, a)
            if op is ast.Pow:
                return a ** (int(b) if b == int(b) and abs(b) < 1e9 else b)
            return each((lambda x, y: x + y) if op is ast.Add else (lambda x, y: x - y), a, b)
        if isinstance(node, ast.Call):
            return self.call(node.func.id, node.args, env)
        raise Skip(type(node).__name__)

    def call(self, name, args, env):
        go = lambda n, more=None: self.run(n, env if more is None else {**env, **more})
        if name in ("E", "P"):
            law, z = go(args[1]), args[0].id
            f = (lambda x: mpf(int(bool(go(args[2], {z: x}))))) if name == "P" else (lambda x: go(args[2], {z: x}))
            return self.product(law, f) if isinstance(law, list) else self.expect(law, f)
        if name == "Product":
            return ["product", *[go(a) for a in args]]
        if name in ("pdf", "logpdf") and isinstance(law := go(args[0]), list):
            value = m.fprod(l.density(x) for l, x in zip(law[1:], go(args[1])))
            return value if name == "pdf" else m.log(value)
        if name == "KL" and isinstance(law := go(args[0]), list):
            return sum(kl(p, q) for p, q in zip(law[1:], go(args[1])[1:]))
        if name == "integral":
            x = args[0].id
            return self.kinked(lambda t: go(args[3], {x: t}), go(args[1]), go(args[2]))
        if name in ("total", "product"):
            k, lo, hi = args[0].id, int(go(args[1])), go(args[2])
            term = lambda i: go(args[3], {k: mpf(int(i))})
            if hi == m.inf:
                return m.nsum(term, [lo, m.inf])
            return sum(map(term, range(lo, int(hi) + 1))) if name == "total" else m.fprod(map(term, range(lo, int(hi) + 1)))
        if name == "D":
            x, n = args[1].id, int(go(args[2])) if len(args) > 2 else 1
            return diff(lambda t: go(args[0], {x: t}), env[x], n)
        if name in ("grad", "laplacian", "divergence"):
            v = args[1].id
            at = env[v]
            moved = lambda i, t: go(args[0], {v: [*at[:i], t, *at[i + 1 :]]})
            if name == "grad":
                return [diff(lambda t, i=i: moved(i, t), at[i]) for i in range(len(at))]
            if name == "laplacian":
                return sum(diff(lambda t, i=i: moved(i, t), at[i], 2) for i in range(len(at)))
            return sum(diff(lambda t, i=i: moved(i, t)[i], at[i]) for i in range(len(at)))
        if name == "if_":
            return go(args[1] if go(args[0]) else args[2])
        values = [go(a) for a in args]
        for table in (LAWS, FUNCTIONALS, ELEMENTARY):
            if name in table:
                return table[name](*values)
        raise Skip(name)

    def product(self, laws, f):
        if len(laws) != 3:
            raise Skip("space")
        with mp.workdps(12):
            return laws[1].expect(lambda u: laws[2].expect(lambda v: f([u, v])))

    def expect(self, law, f):
        if law.atoms is not None or law.mass is not None or law.dim > 1:
            return law.expect(f)
        return self.kinked(lambda x: law.density(x) * f(x), law.lo, law.hi, law.marks)

    def kinked(self, f, lo, hi, marks=()):
        """A first estimate, and a finer one where that says it is poor: kinks and jumps that are nobody's marks."""
        if lo > hi:
            return -self.kinked(f, hi, lo, marks)
        points = breaks(lo, hi, [*marks, 0, -1, 1, 3, -3, 10, -10, 40, -40])
        value, error = m.quad(f, points, error=True)
        self.error = max(getattr(self, "error", mpf(0)), error if error < mpf("1e-3") else mpf(0))
        if error > mpf("1e-10") * (1 + abs(value)):
            fine = sorted({a + (b - a) * mpf(k) / 16 for a, b in zip(points, points[1:]) if abs(a) < m.inf and abs(b) < m.inf for k in range(16)} | set(points))
            second = m.quad(f, fine)
            self.error = max(self.error, abs(second - value))
            value = second
        return value


def literal(v):
    if isinstance(v, list):
        return [literal(x) for x in v]
    n, _, d = str(v).partition("/")
    return mpf(n) / mpf(d or 1)


def parse(text):
    import re
    text = re.sub(r"\bif\(", "if_(", text).replace("^", "**")
    return text, ast.parse(text, mode="eval").body


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--every", type=int, default=1)
    options.add_argument("--seconds", type=int, default=10)
    options = options.parse_args()
    def late(*_):
        raise Skip("time")
    signal.signal(signal.SIGALRM, late)
    counts = {"agree": 0, "skipped": 0, "disagree": 0}
    for i, row in enumerate(sys.stdin):
        claim = json.loads(row)
        if i % options.every or claim["truth"] == "undefined":
            continue
        source, tree = parse(claim["text"])
        run = Evaluator(source, {k: literal(v) for k, v in claim["at"].items()}, {k: parse(v)[1] for k, v in claim["let"].items()})
        signal.alarm(options.seconds)
        try:
            left, right = (flat([run.run(n, run.env)]) for n in (tree.left, tree.comparators[0]))
            signal.alarm(0)
        except (Skip, ZeroDivisionError, ValueError, m.libmp.NoConvergence, OverflowError, TypeError, KeyError, AttributeError, NotImplementedError, IndexError) as reason:
            signal.alarm(0)
            counts["skipped"] += 1
            print(f"skipped {claim['kind']}: {type(reason).__name__} {reason}: {claim['text'][:200]}", file=sys.stderr)
            continue
        size = 1 + max(abs(x) for x in [*left, *right]) if claim["truth"] == "true" else max([abs(x) for x in [*left, *right]] + [mpf(10) ** -300])
        slack = SLACK * size + 100 * getattr(run, "error", mpf(0))
        d = [x - y for x, y in zip(left, right)]
        relation = claim["relation"]
        holds = {
            "==": all(abs(x) <= slack for x in d), "<=": d[0] <= slack, "<": d[0] <= slack, ">=": d[0] >= -slack, ">": d[0] >= -slack,
        }[relation]
        fails = {
            "==": any(x != 0 for x in d), "<=": d[0] >= -slack, "<": d[0] >= -slack, ">=": d[0] <= slack, ">": d[0] <= slack,
        }[relation]
        good = holds if claim["truth"] == "true" else fails
        counts["agree" if good else "disagree"] += 1
        if not good:
            print(f"DISAGREE {claim['truth']} {claim['kind']}: {claim['text']} at {claim['at']}: left {left}, right {right}")
    print(", ".join(f"{v} {k}" for k, v in counts.items()))
    sys.exit(1 if counts["disagree"] else 0)


if __name__ == "__main__":
    main()
