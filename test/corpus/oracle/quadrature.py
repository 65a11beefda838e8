"""Quadrature, roots, finite differences and maxima at the working precision."""
from mpmath import matrix, mp, mpf

mp.dps = 34


class Nothing(Exception):
    """The formula denotes nothing."""


def need(condition):
    if not condition:
        raise Nothing


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


def hermite(n, memo={}):
    if n not in memo:
        off = [mp.sqrt(i) for i in range(1, n)]
        j = matrix(n)
        for i, v in enumerate(off):
            j[i, i + 1] = j[i + 1, i] = v
        values, vectors = mp.eigsy(j)
        memo[n] = [(values[i], vectors[0, i] ** 2) for i in range(n)]
    return memo[n]


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


def difference(f, x, n):
    """Central differences of order eight: 20 digits of a smooth function that is good for 38."""
    h = mpf(10) ** -4 * max(1, abs(x))
    if n == 1:
        weights = {1: mpf(4) / 5, 2: mpf(-1) / 5, 3: mpf(4) / 105, 4: mpf(-1) / 280}
        return mp.fsum(w * (f(x + k * h) - f(x - k * h)) for k, w in weights.items()) / h
    weights = {1: mpf(8) / 5, 2: mpf(-1) / 5, 3: mpf(8) / 315, 4: mpf(-1) / 560}
    return (mp.fsum(w * (f(x + k * h) + f(x - k * h)) for k, w in weights.items()) - mpf(205) / 72 * f(x)) / h**2


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
