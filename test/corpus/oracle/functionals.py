"""Functionals by their definitions, as integrals and sums over densities, and distances by quantiles and distribution functions."""
from mpmath import matrix, mp, mpf

from laws import Atoms, Law, Many, Plane
from quadrature import Nothing, crossings, difference, legendre, need, quad


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
    # A kernel narrower than the pieces of the prior needs pieces of its own.
    coarse = not isinstance(d, Atoms) and any(not part.bell or part.cuts[1] - part.cuts[0] > 2 * s / abs(a) for part in pieces(d))
    kinks = [x / a + s / abs(a) * k for k in range(-16, 17, 2)] if coarse else ()
    return d.expect(lambda z: f(z) * kernel(z), kinks) / d.expect(kernel, kinks)


def posterior_cov(d, a, s, x):
    m = posterior(d, a, s, x, lambda z: z)
    return posterior(d, a, s, x, lambda z: (z - m) ** 2)


def trace(a):
    return mp.fsum(a[i, i] for i in range(a.rows))


def positive(f):
    def g(x):
        need(x > 0)
        return f(x)

    return g


def root(x):
    need(x >= 0)
    return mp.sqrt(x)


def inverse(a):
    need(mp.det(a) != 0)
    return mp.inverse(a)


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
