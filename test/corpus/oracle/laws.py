"""Laws by their definitions: densities, supports, and the points between which a density is smooth."""
from mpmath import matrix, mp, mpf

from quadrature import Nothing, hermite, legendre, need, quad


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
