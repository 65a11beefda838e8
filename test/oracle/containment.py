"""Judges enclosures with MPFR: reads (x, lo, hi) doubles from standard input, writes one line of JSON.

For each x the function named on the command line is computed with 200 bits; a triple is a violation unless lo <= f(x) <= hi. Where lo or hi is NaN
the function must be undefined at x. Widths are counted in doubles: 1 means two neighbours (the best possible for an irrational value).
"""
import json
import sys

import gmpy2
import numpy as np
from gmpy2 import mpfr

gmpy2.get_context().precision = 200
gmpy2.get_context().emin = gmpy2.get_emin_min()
gmpy2.get_context().emax = gmpy2.get_emax_max()
ONE = mpfr(1)
ROOT_HALF = gmpy2.sqrt(mpfr("0.5"))


def softplus(x):
    return x + gmpy2.log1p(gmpy2.exp(-x)) if x > 0 else gmpy2.log1p(gmpy2.exp(x))


def sigmoid(x):
    if x > 0:
        return ONE / (ONE + gmpy2.exp(-x))
    e = gmpy2.exp(x)
    return e / (ONE + e)


def normcdf(x):
    return gmpy2.erfc(-x * ROOT_HALF) / 2


def lognormcdf(x):
    """log erfc loses nothing for x > 0 (log1p of the small part); far to the left (where MPFR runs out of exponents)
    three terms of the asymptotic series err by less than 105/x^8 < 2^-99 beside x^2/2 > 2^25."""
    if x > 0:
        return gmpy2.log1p(-gmpy2.erfc(x * ROOT_HALF) / 2)
    if x > -10000:
        return gmpy2.log(normcdf(x))
    s = 1 / (x * x)
    return -x * x / 2 - gmpy2.log(-x) - gmpy2.log(2 * gmpy2.const_pi()) / 2 + gmpy2.log1p(-s + 3 * s * s - 15 * s**3)


FUNCTIONS = {
    name: getattr(gmpy2, name)
    for name in "exp expm1 log log1p log2 log10 sqrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh erf erfc digamma".split()
    if hasattr(gmpy2, name)
}
FUNCTIONS |= {
    "exp2": lambda x: mpfr(2) ** x,
    "exp10": lambda x: mpfr(10) ** x,
    "lgamma": lambda x: gmpy2.lgamma(x)[0],
    "sigmoid": sigmoid,
    "softplus": softplus,
    "normcdf": normcdf,
    "lognormcdf": lognormcdf,
}


def function(name):
    """A function by name; `pow:y` and `powi:n` are x^y, `lse:c` is log(e^x + e^c)."""
    head, _, tail = name.partition(":")
    if head == "powi":
        return lambda x: x ** mpfr(float(tail))
    if head == "pow":
        return lambda x: x ** mpfr(float(tail)) if x >= 0 else mpfr("nan")
    if head == "lse":
        c = mpfr(float(tail))
        return lambda x: max(x, c) + gmpy2.log1p(gmpy2.exp(min(x, c) - max(x, c)))
    return FUNCTIONS[name]


def ordinals(values):
    """Doubles numbered in order, so that neighbours differ by 1."""
    bits = np.array(values).view(np.int64)
    return np.where(bits < 0, np.int64(-(2**63)) - bits, bits)


def main():
    f = function(sys.argv[1])
    data = np.frombuffer(sys.stdin.buffer.read(), dtype=np.float64).reshape(-1, 3)
    bad = []
    for x, lo, hi in data.tolist():
        y = f(mpfr(x))
        if not (lo <= y <= hi) and not (lo != lo and not gmpy2.is_finite(y)):
            bad.append([x.hex(), lo.hex(), hi.hex(), float(y).hex()])
    kept = data[~np.isnan(data[:, 1])]
    widths = (ordinals(kept[:, 2].copy()) - ordinals(kept[:, 1].copy())).astype(np.float64)
    print(
        json.dumps(
            {
                "count": len(data),
                "violations": len(bad),
                "examples": bad[:5],
                "undefined": len(data) - len(kept),
                "tight": int((widths <= 1).sum()),
                "widthSum": float(widths.sum()),
                "widest": float(widths.max()) if len(widths) else 0.0,
            }
        )
    )


def accuracy():
    """Reads (x, hi, lo, k) and prints the largest relative error of (hi + lo) 2^k as a power of two, with the x where it occurs."""
    f = function(sys.argv[2])
    data = np.frombuffer(sys.stdin.buffer.read(), dtype=np.float64).reshape(-1, 4)
    worst, at = mpfr(0), 0.0
    for x, hi, lo, k in data.tolist():
        y = f(mpfr(x))
        error = abs(((mpfr(hi) + mpfr(lo)) * mpfr(2) ** int(k) - y) / y)
        if not error <= worst:
            worst, at = error, x
    print(json.dumps({"count": len(data), "log2": float(gmpy2.log2(worst)), "at": at.hex()}))


if sys.argv[1:] == ["--probe"]:
    print(gmpy2.mpfr_version())
elif sys.argv[1] == "--accuracy":
    accuracy()
else:
    main()
