"""Judges balls with mpmath: reads lines `f bits m r e status vm vr ve`, the argument ball and the result, and writes one JSON object.

The function is evaluated with 2 bits + 200 bits (and more where it cancels) at both ends, at the middle and at four points of the argument. A value
outside the result, or a status that contradicts the domain, is a violation. `widths` has the mean radius of results at exact arguments in units of
|f| 2^-bits. Lines `fixed f w x y` check a fixed-point kernel; `errors` has the largest error in units of 2^-w.
Lines `kernel k s w m e vm vr ve` check the series behind erf and lgamma at x = m 2^e; `errors` has the largest error in units of the radius.
"""
import json
import random
import sys

from mpmath import mp, mpf
import mpmath as M

random.seed(1)


def guarded(f, growth=3):
    def g(x):
        before = mp.prec
        mp.prec = before + (4 * abs(int(M.mag(x))) if x else 0) + int(min(growth * x * x, 4000))
        try:
            return f(x)
        finally:
            mp.prec = before

    return g


def domain(f, above):
    def g(x):
        if x < above or (x == above and f in (M.log, M.log1p)):
            raise ValueError
        return f(x)

    return g


def poles(f):
    def g(x):
        if x <= 0 and x == M.floor(x):
            raise ValueError
        return f(x)

    return g


def survival(x):
    return M.erfc(x / M.sqrt(2)) / 2


def lognormcdf(x):
    if x > -60:
        return M.log1p(-survival(x)) if x > 0 else M.log(survival(-x))
    t = -x
    for k in range(400, 0, -1):
        t = -x + k / t
    return -x * x / 2 - M.log(M.sqrt(2 * M.pi) * t)


FUNCTIONS = {
    "exp": M.exp, "expm1": guarded(M.expm1), "log": domain(M.log, 0), "log1p": guarded(domain(M.log1p, -1)), "sqrt": domain(M.sqrt, 0),
    "sin": guarded(M.sin), "cos": guarded(M.cos), "tan": guarded(M.tan), "atan": M.atan, "sinh": M.sinh, "cosh": M.cosh, "tanh": guarded(M.tanh),
    "erf": guarded(M.erf), "erfc": M.erfc, "lgamma": poles(guarded(lambda x: M.loggamma(x).real, 0)), "digamma": poles(guarded(M.digamma, 0)),
    "sigmoid": lambda x: 1 / (1 + M.exp(-x)), "softplus": lambda x: guarded(M.log1p)(M.exp(x)), "normcdf": lambda x: survival(-x),
    "lognormcdf": lognormcdf, "pow:7/4": domain(lambda x: M.power(x, mpf(7) / 4), 0), "lse:3/2": lambda x: M.log(M.exp(x) + M.exp(mpf(3) / 2)),
}

# With g(x) = sqrt(s / 2 pi) exp(-s x^2 / 2): central = int_0^x g / (g x), tail = g / (s int_x^oo g).
GAUSS = lambda x, s: M.sqrt(s / (2 * M.pi)) * M.exp(-s * x * x / 2)
KERNELS = {
    "central": lambda x, s: M.erf(x * M.sqrt(mpf(s) / 2)) / 2 / (GAUSS(x, s) * x),
    "tail": lambda x, s: GAUSS(x, s) / (s * M.erfc(x * M.sqrt(mpf(s) / 2)) / 2),
    "lgamma": lambda x, s: x * (M.loggamma(x) - ((x - 0.5) * M.log(x) - x + M.log(2 * M.pi) / 2)),
    "digamma": lambda x, s: x * x * (M.log(x) - 1 / (2 * x) - M.digamma(x)),
}


def main():
    violations, widths, errors, count = [], {}, {}, 0
    for line in sys.stdin:
        parts = line.split()
        count += 1
        if parts[0] == "fixed":
            _, f, w, x, y = parts[0], parts[1], *map(int, parts[2:])
            mp.prec = w + 100
            error = abs(getattr(M, f)(mpf(x) / 2**w) * 2**w - y)
            errors[f"{f} {w}"] = max(errors.get(f"{f} {w}", 0), float(error))
            continue
        if parts[0] == "kernel":
            k, s, w, m, e, vm, vr, ve = parts[1], *map(int, parts[2:])
            mp.prec = 2 * w + 400
            x = mpf(m) * mpf(2) ** e
            error = abs(KERNELS[k](x, s) - mpf(vm) * mpf(2) ** ve) / (mpf(vr) * mpf(2) ** ve) if vr else float("inf")
            errors[f"{k} {w}"] = max(errors.get(f"{k} {w}", 0), float(error))
            continue
        f, status = parts[0], parts[5]
        bits, m, r, e = map(int, parts[1:5])
        vm, vr, ve = map(int, parts[6:])
        mp.prec = 2 * bits + 200
        lo, hi = mpf(m - r) * mpf(2) ** e, mpf(m + r) * mpf(2) ** e
        points = [lo, hi, (lo + hi) / 2, *(lo + (hi - lo) * random.random() for _ in range(4))] if r else [lo]
        values, outside = [], 0
        for x in points:
            try:
                values.append((x, FUNCTIONS[f](x)))
            except (ValueError, ZeroDivisionError):
                outside += 1
        if (outside and status == "defined") or (values and status == "undefined"):
            violations.append(line.strip())
        elif vr >= 0:
            low, high = mpf(vm - vr) * mpf(2) ** ve, mpf(vm + vr) * mpf(2) ** ve
            if any(not low - abs(y) * mpf(2) ** (-2 * bits - 100) <= y <= high + abs(y) * mpf(2) ** (-2 * bits - 100) for _, y in values):
                violations.append(line.strip())
            if r == 0 and values and values[0][1] != 0 and low * high > 0:
                widths.setdefault(f"{f} {bits}", []).append(float((high - low) / 2 / abs(values[0][1]) * mpf(2) ** bits))
        elif r == 0 and values and abs(values[0][0]) < 2**31:
            widths.setdefault(f"{f} {bits}", []).append(1e300)
    means = {k: sum(v) / len(v) for k, v in widths.items()}
    print(json.dumps({"count": count, "violations": violations[:20], "widths": means, "worst": {k: max(v) for k, v in widths.items()}, "errors": errors}))


if __name__ == "__main__" and "--probe" not in sys.argv:
    main()
