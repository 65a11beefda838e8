"""Proves the approximation error of the normal quantile in src/random/normal.ts (exact arithmetic, the stored double coefficients).

On every panel of the argument the residual g is enclosed by a Taylor model in ball arithmetic (python-flint): N coefficients at the midpoint,
the N-th coefficient over the whole panel as remainder. Central part: g(q) = Phi(z(q)) - 1/2 - q, error <= |g| / phi(z + small).
Tails: g(r) = log(1 - Phi(z(r))) + r^2, error <= |g| / hazard, hazard = phi / (1 - Phi) >= max(z, 0.79).
Reads the coefficients from the source. Prints the largest |error| / max(1, |z|) as a power of two; exit 0 iff it is below 2^-48. Exit 77: no flint.
"""
import re, sys, os
try:
    from flint import arb, arb_series, ctx
except ImportError:
    sys.exit(77)
ctx.prec = 160
N = 14
source = open(os.path.join(os.path.dirname(__file__), "../../src/random/normal.ts")).read()
body = source[source.index("export const upperQuantile"):]
coefficients = [float(x) for x in re.findall(r"\d+\.\d{8,}(?:e-?\d+)?|\d\.\d+e-\d+", body)]
tables = [coefficients[15 * i: 15 * i + 15] for i in range(3)]
assert len(coefficients) == 45, len(coefficients)

def quotient(table, x):
    n = arb_series([arb(table[0])]) if isinstance(x, arb_series) else arb(table[0])
    for c in table[1:8]:
        n = n * x + arb(c)
    d = arb_series([arb(table[8])])
    for c in table[9:15] + [1.0]:
        d = d * x + arb(c)
    return n / d

half, root2 = arb(1) / 2, arb(2).sqrt()

def central(q):
    z = q * quotient(tables[0], arb(0.180625) - q * q)
    return z, (z / root2).erf() / 2 - q

def tail(table, shift):
    def residual(r):
        z = quotient(table, r - arb(shift))
        return z, ((z / root2).erfc() / 2).log() + r * r
    return residual

def panel(residual, lo, hi):
    mid = (lo + hi) / 2
    rad = (hi - lo) / 2 * (1 + 1e-9) + 1e-12
    box = arb(mid, rad)
    ctx.cap = N
    z, thin = residual(arb_series([arb(mid), arb(1)]))
    ctx.cap = N + 1
    wide_z, wide = residual(arb_series([box, arb(1)]))
    total = arb(0)
    for k in range(N):
        total += abs(thin[k]) * arb(rad) ** k
    total += abs(wide[N]) * arb(rad) ** N
    return abs(wide_z[0]), total

def sweep(name, residual, lo, hi, width, sensitivity):
    """Covers [lo, hi], halving a panel until its bound is below 2^-49 or the panel is 2^-12 times the first width."""
    worst, x, count, step = arb(0), lo, 0, width / 2
    while x < hi:
        step = min(width, 2 * step)
        while True:
            y = min(hi, x + step)
            z, g = panel(residual, x, y)
            scale = z.lower() if z.lower() > 1 else arb(1)
            bound = (g * sensitivity(z) / scale).upper()
            if bound < arb(2) ** -49 or step < width / 4096:
                break
            step /= 2
        if not bound < worst:
            worst = bound
        x, count = y, count + 1
    print(f"{name}: {count} panels, error / max(1, |z|) <= 2^{(worst.log() / arb(2).log()).str(6, radius=False)}")
    return worst

gauss = lambda z: (z * z / 2).exp() * (2 * arb.pi()).sqrt()
results = [
    sweep("central", central, 0.0, 0.425 + 1e-9, 0.01, lambda z: gauss(z + arb(0.001))),
    # 0.075 = exp(-1.6094^2); the first tail formula is used for r in (1.6093, 5].
    sweep("near tail", tail(tables[1], 1.6), 1.6, 5.0 + 1e-9, 0.05, lambda z: 1 / arb(0.79)),
    sweep("far tail", tail(tables[2], 5.0), 5.0 - 1e-9, 26.7, 0.05, lambda z: 1 / (z - arb(0.001))),
]
sys.exit(0 if all(w < arb(2) ** -48 for w in results) else 1)
