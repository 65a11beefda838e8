"""Truth of the corpus, from outside: both sides of every claim at several parameter points, by mpmath.

    python3 oracle.py [FILE.claims.yaml[#NAME] ...] [--write]

Reads the claim files beside it, evaluates both sides with 34 digits by definition (densities, tanh-sinh quadrature, sums, finite differences of high
order, quantile integrals) and compares them with the note of the claim, "true: ...", "false: ..." or "undefined: ...". A true claim must hold at every
point, a false one must fail at one at least. `--write` stores the values in ../fixtures/corpus.json. Nothing here knows how Lemmata evaluates anything.
"""
import ast
import json
import random
import re
import signal
import sys
from pathlib import Path

from mpmath import mp, mpf, matrix

mp.dps = 34
HERE = Path(__file__).parent
POINTS = 3
LIMIT = 900  # seconds for one claim
# A true equality must hold to this relative size, a false one fail by more than a thousand times it: quadrature and finite differences
# here are good for 18 digits and more.
CLOSE = mpf(10) ** -13


class Nothing(Exception):
    """The formula denotes nothing."""


# ---------------------------------------------------------------- claim files

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
        return matrix(n, m, ) + matrix([[between(arg[2], arg[3]) for _ in range(m)] for _ in range(n)])
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


# ---------------------------------------------------------------- laws

class Law:
    """A law on the line: `pdf`, `support`, and `cuts`, the points between which the density is smooth and outside which nothing is left."""

    def __init__(self, pdf, lo, hi, cuts, cdf=None, parts=None, bell=False):
        self.pdf, self.lo, self.hi, self.cuts, self.distribution, self.parts, self.bell = pdf, lo, hi, cuts, cdf, parts, bell

    def expect(self, f, kinks=()):
        if self.parts:
            return mp.fsum(w * p.expect(f, kinks) for w, p in self.parts)
        rule = legendre if self.bell else quad
        return rule(lambda x: self.pdf(x) * f(x), self.lo, self.hi, [*self.cuts, *kinks])

    def cdf(self, x):
        if self.parts:
            return mp.fsum(w * p.cdf(x) for w, p in self.parts)
        if self.distribution:
            return self.distribution(x)
        return quad(self.pdf, self.lo, x, [c for c in self.cuts if c < x]) if x > self.lo else mpf(0)

    def density(self, x):
        return mp.fsum(w * p.density(x) for w, p in self.parts) if self.parts else self.pdf(x)


class Atoms:
    """A law on countably many points, as pairs (value, mass), the heaviest 1 - 1e-45 of it."""

    def __init__(self, pairs):
        self.pairs = [(mpf(v), mpf(p)) for v, p in pairs]

    def expect(self, f, kinks=()):
        return mp.fsum(p * f(v) for v, p in self.pairs if p != 0)

    def cdf(self, x):
        return mp.fsum(p for v, p in self.pairs if v <= x)

    def density(self, x):
        return mp.fsum(p for v, p in self.pairs if v == x)


class Many:
    """Independent coordinates."""

    def __init__(self, laws):
        self.laws = laws

    def expect(self, f, kinks=()):
        def go(i, xs):
            return f(matrix(xs)) if i == len(self.laws) else self.laws[i].expect(lambda x: go(i + 1, [*xs, x]))

        return go(0, [])

    def density(self, x):
        return mp.fprod(law.density(x[i]) for i, law in enumerate(self.laws))


class Plane:
    """A Gaussian in dimension d, through its Cholesky factor."""

    def __init__(self, mean, cov):
        self.mean, self.cov, self.root = mean, cov, mp.cholesky(cov)

    def expect(self, f, kinks=()):
        # Polynomials of low degree and exponentials of quadratics are all that the corpus integrates here: Gauss-Hermite is exact or nearly so.
        nodes = hermite(24)
        total = mpf(0)
        for a, wa in nodes:
            for b, wb in nodes:
                total += wa * wb * f(self.mean + self.root * matrix([a, b]))
        return total

    def density(self, x):
        y = mp.lu_solve(self.root, x - self.mean)
        d = len(self.mean)
        return mp.exp(-sum(v * v for v in y) / 2) / (mp.sqrt(2 * mp.pi) ** d * mp.det(self.root))


def hermite(n, memo={}):
    if n not in memo:
        off = [mp.sqrt(i) for i in range(1, n)]
        j = matrix(n)
        for i, v in enumerate(off):
            j[i, i + 1] = j[i + 1, i] = v
        values, vectors = mp.eigsy(j)
        memo[n] = [(values[i], vectors[0, i] ** 2) for i in range(n)]
    return memo[n]


def quad(f, lo, hi, cuts=()):
    inner = sorted({c for c in cuts if lo < c < hi})
    points = [lo, *inner, hi]
    return mp.fsum(mp.quad(f, [a, b]) for a, b in zip(points, points[1:]))


def legendre(f, lo, hi, cuts, n=22, memo={}):
    """Gauss-Legendre between the cuts, for analytic integrands on short pieces."""
    if n not in memo:
        j = matrix(n)
        for i in range(1, n):
            j[i, i - 1] = j[i - 1, i] = i / mp.sqrt(4 * mpf(i) ** 2 - 1)
        values, vectors = mp.eigsy(j)
        memo[n] = [(values[i], 2 * vectors[0, i] ** 2) for i in range(n)]
    points = [lo, *sorted({c for c in cuts if lo < c < hi}), hi]
    return mp.fsum((b - a) / 2 * w * f((a + b) / 2 + (b - a) / 2 * x) for a, b in zip(points, points[1:]) for x, w in memo[n])


def need(condition):
    if not condition:
        raise Nothing


def spread(m, s, reach=14):
    """Cuts around a bell of width s, two widths apart."""
    return [m + s * k for k in range(-2 * reach, 2 * reach + 1, 2)]


def normal(m, s):
    need(s > 0)
    return Law(lambda x: mp.exp(-(((x - m) / s) ** 2) / 2) / (s * mp.sqrt(2 * mp.pi)), m - 20 * s, m + 20 * s, spread(m, s, 10), lambda x: mp.ncdf((x - m) / s), bell=True)


def exponential(r):
    need(r > 0)
    return Law(lambda x: r * mp.exp(-r * x) if x >= 0 else mpf(0), mpf(0), mp.inf, [mpf(k) / r for k in (1, 2, 4, 8, 16, 32, 64)], lambda x: 1 - mp.exp(-r * x) if x > 0 else mpf(0))


def gamma(k, r):
    need(k > 0 and r > 0)
    return Law(lambda x: r**k * x ** (k - 1) * mp.exp(-r * x) / mp.gamma(k) if x > 0 else mpf(0), mpf(0), mp.inf, [(k + 1) * 2**j / r for j in range(-5, 6)],
               lambda x: mp.gammainc(k, 0, r * x, regularized=True) if x > 0 else mpf(0))


def beta(a, b):
    return Law(lambda x: x ** (a - 1) * (1 - x) ** (b - 1) / mp.beta(a, b) if 0 < x < 1 else mpf(0), mpf(0), mpf(1), [mpf(1) / 2], lambda x: mp.betainc(a, b, 0, x, regularized=True))


def uniform(a, b):
    need(a < b)
    law = Law(lambda x: 1 / (b - a) if a <= x <= b else mpf(0), a, b, [], lambda x: min(max((x - a) / (b - a), mpf(0)), mpf(1)))
    law.flat = True
    return law


def student(nu, m, s):
    c = mp.gamma((nu + 1) / 2) / (mp.sqrt(nu * mp.pi) * mp.gamma(nu / 2) * s)
    return Law(lambda x: c * (1 + ((x - m) / s) ** 2 / nu) ** (-(nu + 1) / 2), -mp.inf, mp.inf, [m + s * k for k in (-16, -4, -1, 0, 1, 4, 16)])


def laplace(m, b):
    return Law(lambda x: mp.exp(-abs(x - m) / b) / (2 * b), -mp.inf, mp.inf, [m + b * k for k in (-64, -32, -16, -8, -4, -2, 0, 2, 4, 8, 16, 32, 64)],
               lambda x: mp.exp((x - m) / b) / 2 if x < m else 1 - mp.exp(-(x - m) / b) / 2)


def logistic(m, s):
    return Law(lambda x: 1 / (4 * s * mp.cosh((x - m) / (2 * s)) ** 2), m - 120 * s, m + 120 * s, [m + s * k for k in (-60, -30, -16, -8, -4, -2, 0, 2, 4, 8, 16, 30, 60)],
               lambda x: 1 / (1 + mp.exp(-(x - m) / s)))


def cauchy(m, s):
    law = student(mpf(1), m, s)
    law.distribution = lambda x: mpf(1) / 2 + mp.atan((x - m) / s) / mp.pi
    return law


def lognormal(m, s):
    law = Law(lambda x: mp.exp(-((mp.log(x) - m) ** 2) / (2 * s * s)) / (x * s * mp.sqrt(2 * mp.pi)) if x > 0 else mpf(0), mpf(0), mp.inf, [], lambda x: mp.ncdf((mp.log(x) - m) / s) if x > 0 else mpf(0))
    law.expect = lambda f, kinks=(): normal(m, s).expect(lambda z: f(mp.exp(z)), [mp.log(k) for k in kinks if k > 0])
    return law


def count(mass, first, stop):
    pairs, k = [], first
    while True:
        p = mass(mpf(k))
        pairs.append((k, p))
        if k > stop and p < mpf(10) ** -60:
            return Atoms(pairs)
        k += 1


def binomial(n, p):
    return Atoms([(k, mp.binomial(n, k) * p**k * (1 - p) ** (n - k)) for k in range(int(n) + 1)])


def affine(d, a, b):
    if isinstance(d, Atoms):
        return Atoms([(a * v + b, p) for v, p in d.pairs])
    if d.parts:
        return mixture([w for w, _ in d.parts], [affine(p, a, b) for _, p in d.parts])
    lo, hi = sorted((a * d.lo + b, a * d.hi + b))
    law = Law(lambda x: d.pdf((x - b) / a) / abs(a), lo, hi, [a * c + b for c in d.cuts], lambda x: d.cdf((x - b) / a) if a > 0 else 1 - d.cdf((x - b) / a))
    law.expect = lambda f, kinks=(): d.expect(lambda x: f(a * x + b), [(k - b) / a for k in kinks])
    return law


def mixture(weights, laws):
    if all(isinstance(law, Atoms) for law in laws):
        return Atoms([(v, w * p) for w, law in zip(weights, laws) for v, p in law.pairs])
    return Law(None, None, None, [], parts=list(zip(weights, laws)))


def diffused(d, a, s):
    need(s > 0)
    if isinstance(d, Atoms):
        return mixture([p for _, p in d.pairs], [normal(a * v, s) for v, _ in d.pairs])
    if getattr(d, "gauss", None):
        m, t = d.gauss
        return gaussian(a * m, mp.sqrt(a * a * t * t + s * s))
    if d.parts:
        return mixture([w for w, _ in d.parts], [diffused(p, a, s) for _, p in d.parts])

    if getattr(d, "flat", False):
        left, right = sorted((a * d.lo, a * d.hi))
        pdf = lambda y: (mp.ncdf((y - left) / s) - mp.ncdf((y - right) / s)) / (right - left)
        cuts = [left + s * k for k in range(-24, 25, 2)] + [right + s * k for k in range(-24, 25, 2)]
        return Law(pdf, left - 24 * s, right + 24 * s, cuts, bell=True)

    def pdf(y):
        # The kernel is a bell around y/a of width s/|a|.
        return d.expect(lambda x: normal(a * x, s).pdf(y), [y / a + s / abs(a) * k for k in range(-16, 17, 2)])

    cuts = [c for c in d.cuts if mp.isfinite(c)] or [d.lo, d.hi]
    finite = [a * c for c in (d.lo, d.hi) if mp.isfinite(c)] + [a * c for c in cuts]
    return Law(pdf, min(finite) - 28 * s, max(finite) + 28 * s, finite + spread(sum(finite) / len(finite), s))


def gaussian(m, s):
    law = normal(m, s)
    law.gauss = (m, s)
    return law


LAWS = {
    "Normal": gaussian, "Exponential": exponential, "Gamma": gamma, "Beta": beta, "Uniform": uniform, "StudentT": student, "Laplace": laplace,
    "Logistic": logistic, "Cauchy": cauchy, "LogNormal": lognormal, "Bernoulli": lambda p: Atoms([(0, 1 - p), (1, p)]), "Binomial": binomial,
    "Poisson": lambda r: count(lambda k: mp.exp(k * mp.log(r) - r - mp.loggamma(k + 1)), 0, r),
    "Geometric": lambda p: count(lambda k: p * (1 - p) ** (k - 1), 1, 1),
    "Categorical": lambda p: Atoms(list(enumerate(p))), "Discrete": lambda v, p: Atoms(list(zip(v, p))), "Dirac": lambda x: Atoms([(x, 1)]),
    "Mixture": lambda w, ds: mixture(list(w), list(ds)), "Product": lambda *ds: Many(ds), "Affine": affine, "Diffused": diffused,
    "MvNormal": lambda m, c: Plane(m, c),
}


# ---------------------------------------------------------------- functionals

def mean(d):
    if isinstance(d, Law) and d.parts is None and d.lo == -mp.inf:
        # Shared tails cancel in a symmetric law, so both halves must exist.
        need(heavy(d) > 1)
    return d.expect(lambda x: x)


def heavy(d):
    """Order of decay of the density, less one: moments below it exist."""
    x = mpf(10) ** 8
    p, q = d.pdf(x), d.pdf(10 * x)
    return mp.inf if p == 0 or q == 0 else mp.log10(p / q) - 1


def var(d):
    if isinstance(d, Law) and d.parts is None and d.lo == -mp.inf:
        need(heavy(d) > 2.01)
    m = mean(d)
    return d.expect(lambda x: (x - m) ** 2)


def cov(d):
    if isinstance(d, Plane):
        return d.cov
    return mp.diag([var(law) for law in d.laws])


def log_density(d):
    def f(x):
        p = d.density(x)
        if p == 0:
            raise Nothing
        return mp.log(p)

    return f


def both(p, q):
    """Cuts where one density passes the other."""
    return crossings(lambda x: p.density(x) - q.density(x), *window(p, q))


def window(*laws):
    flat = [part for d in laws for part in ([x for _, x in d.parts] if d.parts else [d])]
    points = [c for d in flat for c in [*d.cuts, d.lo, d.hi] if mp.isfinite(c)]
    return min(points), max(points)


def crossings(f, lo, hi, n=240):
    xs = [lo + (hi - lo) * k / n for k in range(n + 1)]
    values = [f(x) for x in xs]
    found = []
    for a, b, fa, fb in zip(xs, xs[1:], values, values[1:]):
        if fa * fb < 0:
            for _ in range(120):
                c = (a + b) / 2
                fc = f(c)
                if fc * fa > 0:
                    a = c
                else:
                    b = c
            found.append((a + b) / 2)
        elif fb == 0:
            found.append(b)
    return found


def divergence_of(p, q, term):
    """The integral of term(p(x), q(x)) over the line, or the sum."""
    if isinstance(p, Atoms):
        values = sorted({v for v, _ in p.pairs} | {v for v, _ in q.pairs})
        return mp.fsum(term(p.density(v), q.density(v)) for v in values)
    lo = min(x.lo for x in pieces(p, q))
    hi = max(x.hi for x in pieces(p, q))
    cuts = [c for x in pieces(p, q) for c in [*x.cuts, x.lo, x.hi] if mp.isfinite(c)]
    if rule_for(p, q) is legendre:
        # Ratios of densities move the weight outwards.
        reach, step = hi - lo, min(b - a for x in pieces(p, q) for a, b in zip(x.cuts, x.cuts[1:]))
        far = [step * k for k in range(1, int(reach / step))]
        cuts += [hi + k for k in far] + [lo - k for k in far]
        lo, hi = lo - reach, hi + reach
    crossing = both(p, q)
    return rule_for(p, q)(lambda x: term(p.density(x), q.density(x)), lo, hi, [*cuts, *crossing])


def rule_for(*laws):
    return legendre if all(x.bell for x in pieces(*laws)) else quad


def pieces(*laws):
    return [part for d in laws for part in ([x for _, x in d.parts] if d.parts else [d])]


def kl(p, q):
    if isinstance(p, Plane):
        d = q.mean - p.mean
        b = mp.inverse(q.cov)
        return (sum((b * p.cov)[i, i] for i in range(len(d))) - len(d) + mp.log(mp.det(q.cov) / mp.det(p.cov)) + (d.T * b * d)[0]) / 2
    if isinstance(p, Many):
        return mp.fsum(kl(a, b) for a, b in zip(p.laws, q.laws))

    def term(a, b):
        if a == 0:
            return mpf(0)
        need(b > 0)
        return a * mp.log(a / b)

    return divergence_of(p, q, term)


def chi_square(p, q):
    if isinstance(p, Law) and getattr(p, "gauss", None) and getattr(q, "gauss", None):
        need(2 * q.gauss[1] ** 2 > p.gauss[1] ** 2)
    return divergence_of(p, q, lambda a, b: mpf(0) if b == 0 and a < mpf(10) ** -40 else (a - b) ** 2 / b)


def js(p, q):
    half = lambda a, b: mpf(0) if a == 0 else a * mp.log(2 * a / (a + b)) / 2
    return divergence_of(p, q, lambda a, b: half(a, b) + half(b, a))


def entropy(d):
    if isinstance(d, Plane):
        return (len(d.mean) * mp.log(2 * mp.pi * mp.e) + mp.log(mp.det(d.cov))) / 2
    if isinstance(d, Many):
        return mp.fsum(entropy(x) for x in d.laws)
    return -d.expect(lambda x: log_density(d)(x))


def score(d, x):
    # Exact for the smooth laws; mixtures by parts; the rest by differences of the log density.
    return difference(lambda y: log_density(d)(y), x, 1)


def fisher(p, q):
    return p.expect(lambda x: (score(p, x) - score(q, x)) ** 2)


def quantile(d, u):
    need(0 < u < 1)
    if isinstance(d, Atoms):
        total = mpf(0)
        for v, p in sorted(d.pairs):
            total += p
            if total >= u:
                return v
    lo, hi = window(d)
    while d.cdf(lo) > u:
        lo = lo - 2 * (hi - lo) if lo <= 0 else lo / 2
    while d.cdf(hi) < u:
        hi = hi + 2 * (hi - lo)
    for _ in range(140):
        c = (lo + hi) / 2
        lo, hi = (c, hi) if d.cdf(c) < u else (lo, c)
    return (lo + hi) / 2


def w1(p, q):
    if isinstance(p, Atoms) and isinstance(q, Atoms):
        values = sorted({v for v, _ in p.pairs} | {v for v, _ in q.pairs})
        return mp.fsum(abs(p.cdf(a) - q.cdf(a)) * (b - a) for a, b in zip(values, values[1:]))
    laws = [d for d in (p, q) if isinstance(d, Law)]
    atoms = [v for d in (p, q) if isinstance(d, Atoms) for v, _ in d.pairs]
    lo, hi = window(*laws)
    lo, hi = min([lo, *atoms]), max([hi, *atoms])
    cuts = [c for x in pieces(*laws) for c in [*x.cuts, x.lo, x.hi] if mp.isfinite(c)] + atoms
    cross = crossings(lambda x: p.cdf(x) - q.cdf(x), lo, hi)
    return rule_for(*laws)(lambda x: abs(p.cdf(x) - q.cdf(x)), lo, hi, [*cuts, *cross])


def w2(p, q):
    if isinstance(p, Plane):
        root = symmetric_root(p.cov)
        cross = symmetric_root(root * q.cov * root)
        d = p.mean - q.mean
        return mp.sqrt((d.T * d)[0] + trace(p.cov) + trace(q.cov) - 2 * trace(cross))
    if isinstance(p, Atoms) and isinstance(q, Atoms):
        a, b, total = [list(x) for x in sorted(p.pairs)], [list(x) for x in sorted(q.pairs)], mpf(0)
        while a and b:
            mass = min(a[0][1], b[0][1])
            total += mass * (a[0][0] - b[0][0]) ** 2
            for side in (a, b):
                side[0][1] -= mass
                if side[0][1] <= mpf(10) ** -35:
                    side.pop(0)
        return mp.sqrt(total)
    if isinstance(p, Atoms):
        ((v, _),) = p.pairs
        return mp.sqrt(q.expect(lambda x: (x - v) ** 2))
    # (F^-1(u) - G^-1(u))^2 integrated over u = F(x): push x through T = G^-1 F, known for location-scale pairs, else found by bisection.
    return mp.sqrt(pushed(p, q))


def pushed(p, q):
    with mp.workdps(20):
        return p.expect(lambda x: (x - quantile(q, min(max(p.cdf(x), mpf(10) ** -19), 1 - mpf(10) ** -19))) ** 2 if mpf(10) ** -19 < p.cdf(x) < 1 - mpf(10) ** -19 else mpf(0))


def symmetric_root(a):
    values, vectors = mp.eigsy(a)
    return vectors * mp.diag([mp.sqrt(v) for v in values]) * vectors.T


def posterior(d, a, s, x, f):
    """E[f(X) | a X + s e = x]."""
    kernel = lambda z: mp.exp(-(((x - a * z) / s) ** 2) / 2)
    kinks = () if isinstance(d, Atoms) or all(part.bell for part in pieces(d)) else [x / a + s / abs(a) * k for k in range(-16, 17, 2)]
    return d.expect(lambda z: f(z) * kernel(z), kinks) / d.expect(kernel, kinks)


def posterior_cov(d, a, s, x):
    m = posterior(d, a, s, x, lambda z: z)
    return posterior(d, a, s, x, lambda z: (z - m) ** 2)


def trace(a):
    return mp.fsum(a[i, i] for i in range(a.rows))


def difference(f, x, n):
    """Central differences of order eight: 20 digits of a smooth function that is good for 38."""
    h = mpf(10) ** -4 * max(1, abs(x))
    if n == 1:
        weights = {1: mpf(4) / 5, 2: mpf(-1) / 5, 3: mpf(4) / 105, 4: mpf(-1) / 280}
        return mp.fsum(w * (f(x + k * h) - f(x - k * h)) for k, w in weights.items()) / h
    weights = {1: mpf(8) / 5, 2: mpf(-1) / 5, 3: mpf(8) / 315, 4: mpf(-1) / 560}
    return (mp.fsum(w * (f(x + k * h) + f(x - k * h)) for k, w in weights.items()) - mpf(205) / 72 * f(x)) / h**2


def positive(f):
    def g(x):
        need(x > 0)
        return f(x)

    return g


def root(x):
    need(x >= 0)
    return mp.sqrt(x)


ORDINARY = {
    "sqrt": root, "exp": mp.exp, "log": positive(mp.log), "log1p": lambda x: mp.log(1 + x), "expm1": mp.expm1, "sin": mp.sin, "cos": mp.cos, "tan": mp.tan,
    "tanh": mp.tanh, "sigmoid": lambda x: 1 / (1 + mp.exp(-x)), "softplus": lambda x: mp.log(1 + mp.exp(x)), "erf": mp.erf, "erfc": mp.erfc,
    "gamma": mp.gamma, "lgamma": positive(mp.loggamma), "digamma": mp.digamma, "abs": abs, "min": min, "max": max, "sign": mp.sign, "floor": mp.floor,
    "logsumexp": lambda v: mp.log(mp.fsum(mp.exp(x) for x in v)), "dot": lambda a, b: mp.fsum(x * y for x, y in zip(a, b)),
    "norm": lambda a: mp.sqrt(mp.fsum(x * x for x in a)), "norm2": lambda a: mp.fsum(x * x for x in a), "inv": lambda a: inverse(a), "det": mp.det,
    "logdet": lambda a: mp.log(mp.det(a)), "trace": trace, "transpose": lambda a: a.T, "diag": lambda v: mp.diag(list(v)), "outer": lambda a, b: a * b.T,
    "identity": lambda n: mp.eye(int(n)),
    "pdf": lambda d, x: d.density(x), "logpdf": lambda d, x: log_density(d)(x), "cdf": lambda d, x: d.cdf(x), "quantile": quantile, "score": score,
    "Mean": mean, "Var": var, "Cov": cov, "Entropy": entropy, "KL": kl, "JS": js, "TV": lambda p, q: divergence_of(p, q, lambda a, b: abs(a - b) / 2),
    "ChiSquare": chi_square, "Hellinger2": lambda p, q: divergence_of(p, q, lambda a, b: (mp.sqrt(a) - mp.sqrt(b)) ** 2 / 2),
    "Renyi": lambda a, p, q: mp.log(divergence_of(p, q, lambda x, y: mpf(0) if x == 0 else x**a * y ** (1 - a))) / (a - 1),
    "CrossEntropy": lambda p, q: -p.expect(log_density(q)), "Fisher": fisher, "W1": w1, "W2": w2,
    "PosteriorMean": lambda d, a, s, x: posterior(d, a, s, x, lambda z: z), "PosteriorCov": posterior_cov,
}


def inverse(a):
    need(mp.det(a) != 0)
    return mp.inverse(a)


# ---------------------------------------------------------------- formulas

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
    if name == "D_":
        raise NotImplementedError
    arguments = [evaluate(x, env) for x in a]
    return (LAWS | ORDINARY)[name](*arguments)


def peak(f, lo, hi):
    """Greatest value on an interval: a grid, then golden section around its best point."""
    xs = [lo + (hi - lo) * k / 60 for k in range(61)]
    values = [f(x) for x in xs]
    k = max(range(61), key=lambda i: values[i])
    a, b = xs[max(k - 1, 0)], xs[min(k + 1, 60)]
    g = (mp.sqrt(5) - 1) / 2
    for _ in range(60):
        c, d = b - g * (b - a), a + g * (b - a)
        a, b = (a, d) if f(c) > f(d) else (c, b)
    return max(f((a + b) / 2), values[k])


# ---------------------------------------------------------------- the corpus

RELATIONS = {"==": lambda d, s: abs(d) <= CLOSE * s, "<=": lambda d, s: d <= CLOSE * s, ">=": lambda d, s: d >= -CLOSE * s}


def show(x):
    if isinstance(x, matrix):
        return [show(v) for v in x] if x.cols == 1 else [[show(x[i, j]) for j in range(x.cols)] for i in range(x.rows)]
    return mp.nstr(x, 25)


def judge(file, name, claim, note, data):
    left, relation, right = re.match(r"(.*?) (==|<=|>=) (.*)$", claim).groups() if " if(" not in claim else re.match(r"(.*) (==|<=|>=) (.*)$", claim).groups()
    if claim.startswith(("if(", "P(")) or "P(z" in claim:
        left, relation, right = re.match(r"(.*) (==|<=|>=) (.*?)$", claim).groups()
    lets = {}
    for head, body in data["let"].items():
        m = re.match(r"([\w-]+)(?:\((.*)\))?$", head)
        lets[m[1]] = ([] if m[2] is None else [a.strip() for a in m[2].split(",")], tree(body))
    sides = [tree(left), tree(right)]
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
        holds = all(RELATIONS[relation](z, max(abs(x), abs(y), mpf(1) / 1000)) for x, y, z in parts)
        held, broken = held + holds, broken + (not holds)
        points.append({"parameters": shown, "left": show(a), "right": show(b), "relative": mp.nstr(max(abs(z) / max(abs(x), abs(y), mpf(10) ** -30) for x, y, z in parts), 3)})
    truth = note.split(":")[0]
    ok = {"true": broken == 0 and held > 0, "false": broken > 0, "undefined": held + broken == 0}[truth]
    return {"claim": claim, "truth": truth, "confirmed": ok, "held": held, "broken": broken, "points": points}


def overdue(*_):
    raise TimeoutError(f"no value within {LIMIT} seconds")


def one(task):
    file, name = task
    data = read(HERE / file)
    claim, note = data["claims"][name]
    signal.signal(signal.SIGALRM, overdue)
    signal.alarm(LIMIT)
    try:
        return task, judge(file, name, claim, note, data)
    except Exception as error:  # a formula that this evaluator cannot read is reported, never skipped
        signal.alarm(0)
        return task, {"claim": claim, "truth": note.split(":")[0], "confirmed": False, "error": f"{type(error).__name__}: {error}", "points": []}


def main():
    from multiprocessing import Pool

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
        text = {"origin": f"test/corpus/oracle.py, mpmath, {mp.dps} digits", "claims": dict(sorted(claims.items()))}
        store.write_text(json.dumps(text, indent=1) + "\n")


if __name__ == "__main__":
    main()
