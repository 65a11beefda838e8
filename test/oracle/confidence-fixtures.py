"""Writes test/fixtures/confidence.json: logarithms, normal quantiles and mixture boundaries from mpmath at 60 digits.

The boundaries are computed from the textbook formulas (normal distribution function, incomplete gamma functions, root finding), not from the
series used in src/verify/confidence/boundary.ts.
"""
import json, os, random
from mpmath import mp, mpf, log, sqrt, erfc, exp, pi, ncdf, loggamma, gammainc, findroot, nstr, mpmathify
mp.dps = 60
random.seed(20210607)
text = lambda x: nstr(x, 40, min_fixed=-mp.inf, max_fixed=-mp.inf)

def quantile(p):
    z = sqrt(-2 * log(p)) if p < 0.1 else mpf(1) / 2
    for _ in range(200):
        tail = erfc(z / sqrt(2)) / 2
        step = tail * (log(tail) - log(p)) / (exp(-z * z / 2) / sqrt(2 * pi))
        z += step
        if abs(step) < mpf(10) ** -45:
            return z
    raise ValueError(p)

logs = [1.0 + 2.0 ** -52, 1 - 2.0 ** -53, 2.0, 0.5, 1.4142135623730951, 1.4142135623730950, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 10.0]
logs += [random.uniform(0.6, 1.6) for _ in range(60)] + [10 ** random.uniform(-300, 300) for _ in range(60)]
tails = [0.5, 0.4999999999999999, 0.25, 0.075, 0.07500000000000001, 0.0749, 1.388794386496402e-11, 1.38e-11, 2.0 ** -53, 1e-100, 1e-280]
tails += [random.uniform(0, 0.5) for _ in range(60)] + [10 ** random.uniform(-285, 0) / 2 for _ in range(60)]

def half_normal(s, v, rho):
    return log(2) + (log(rho) - log(v + rho)) / 2 + s * s / (2 * (v + rho)) + log(ncdf(s / sqrt(v + rho)))

def gamma_exponential(s, v, rho, c):
    a, b, x = rho / c ** 2, (v + rho) / c ** 2, (c * s + v + rho) / c ** 2
    lower = lambda k, t: log(gammainc(k, 0, t))
    return a * log(a) - lower(a, a) + lower(b, x) - b * log(x) + (c * s + v) / c ** 2

def solve(f, target, guess):
    lo, hi = mpf(0), mpf(guess)
    while f(hi) < target:
        hi *= 2
    return findroot(lambda s: f(s) - target, (lo + hi * mpf("0.5"), hi), solver="anderson", tol=mpf(10) ** -70, maxsteps=200)

boundaries = []
for v, rho, c, alpha in [(100, 12.5, 2, 0.05), (100, 13, 0.5, 0.01), (1, 0.25, 1, 1e-6), (5000, 100, 3, 1e-9), (40, 900, 0.125, 0.2), (1000, 50, 20, 1e-4)]:
    V, R, C, T = mpf(v), mpf(rho), mpf(c), -log(mpf(alpha))
    guess = sqrt((V + R) * 2 * (T + 5)) + C * T
    boundaries.append({
        "v": v, "rho": rho, "c": c, "alpha": alpha,
        "normal": text(sqrt((V + R) * (2 * T + log((V + R) / R)))),
        "halfNormal": text(solve(lambda s: half_normal(s, V, R), T, guess)),
        "gammaExponential": text(solve(lambda s: gamma_exponential(s, V, R, C), T, guess)),
    })

out = {
    "origin": "mpmath at 60 digits, written by test/oracle/confidence-fixtures.py",
    "logarithms": [{"x": x, "log": text(log(mpf(x)))} for x in logs],
    "quantiles": [{"p": p, "z": text(quantile(mpf(p)))} for p in tails],
    "boundaries": boundaries,
}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../fixtures/confidence.json")
with open(path, "w") as file:
    json.dump(out, file, indent=0)
    file.write("\n")
