"""Elementary functions by FLINT (arb, with bounds), mpmath (iv with bounds at 53 bits, mp without beyond) and NumPy (whole arrays, no bounds)."""
from fractions import Fraction

from serve import optional, serve, timed

flint = optional("flint")
mpmath = optional("mpmath")
np = optional("numpy")
state = {}


def load(request):
    """Arguments as pairs (mantissa, exponent) of doubles or longer dyadic numbers: m 2^e with decimal m."""
    state["x"] = [(int(m), e) for m, e in request["points"]]
    return {"ms": 0}


def mpf(m, e):
    return mpmath.mp.ldexp(mpmath.mpf(m), e)


def by_flint(request):
    flint.ctx.prec = request["bits"]
    xs = [flint.arb(m) * flint.arb(2) ** e for m, e in state["x"]]
    f = request["function"]
    if f == "mul":
        ys = xs[1:] + xs[:1]
        return {"ms": timed(lambda: [a * b for a, b in zip(xs, ys)])[0]}
    g = getattr(flint.arb, f)
    return {"ms": timed(lambda: [g(x) for x in xs])[0]}


def by_mpmath(request):
    if request["bits"] == 53:
        mpmath.iv.prec = 53
        context, xs = mpmath.iv, [mpmath.iv.mpf(float(Fraction(m) * Fraction(2) ** e)) for m, e in state["x"]]
    else:
        mpmath.mp.prec = request["bits"]
        context, xs = mpmath.mp, [mpf(m, e) for m, e in state["x"]]
    f = request["function"]
    if f == "mul":
        ys = xs[1:] + xs[:1]
        return {"ms": timed(lambda: [a * b for a, b in zip(xs, ys)])[0]}
    g = getattr(context, f)
    return {"ms": timed(lambda: [g(x) for x in xs])[0]}


def by_numpy(request):
    x = np.array([float(Fraction(m) * Fraction(2) ** e) for m, e in state["x"]])
    x = np.tile(x, request["times"])
    f = request["function"]
    if f == "mul":
        y = np.roll(x, -1)
        ms, _ = timed(lambda: x * y)
    else:
        g = getattr(np, f)
        ms, _ = timed(lambda: g(x))
    return {"ms": ms / request["times"]}


if __name__ == "__main__":
    serve(
        {"python-flint": flint, "mpmath": mpmath, "numpy": np},
        {"load": load, "flint": by_flint, "mpmath": by_mpmath, "numpy": by_numpy},
    )
