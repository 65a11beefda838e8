"""Entropies and divergences of normal mixtures by FLINT (rigorous on a finite range), mpmath and SciPy (both heuristic).

A law is {w, m, s}: lists of decimal strings. A request names `kind` (entropy, kl, js), the laws p and q, the tool and its precision.
"""
import math
from fractions import Fraction

from serve import optional, serve, timed

flint = optional("flint")
mpmath = optional("mpmath")
scipy = optional("scipy")


def density(law, number, exp, root):
    """x -> density, from sum_k c_k exp(-(x - m_k)^2 h_k); `number` reads a rational."""
    parts = []
    for w, m, s in zip(law["w"], law["m"], law["s"]):
        w, m, s = Fraction(w), Fraction(m), Fraction(s)
        parts.append((number(w / s) / root, number(m), number(-1 / (2 * s * s))))
    return lambda x: sum(c * exp((x - m) * (x - m) * h) for c, m, h in parts)


def integrand(request, number, exp, log, root):
    """The integrand; `log` takes the value and whatever else the tool hands on."""
    p = density(request["p"], number, exp, root)
    q = density(request["q"], number, exp, root) if "q" in request else None
    kind = request["kind"]
    half = number(Fraction(1, 2))

    def entropy(x, *on):
        a = p(x)
        return -(a * log(a, *on))

    def kl(x, *on):
        a, b = p(x), q(x)
        return a * (log(a, *on) - log(b, *on))

    def js(x, *on):
        a, b = p(x), q(x)
        c = log((a + b) * half, *on)
        return half * (a * (log(a, *on) - c) + b * (log(b, *on) - c))

    return {"entropy": entropy, "kl": kl, "js": js}[kind]


def ends(request, widths):
    """A finite range that reaches `widths` standard deviations beyond every component."""
    laws = [request["p"]] + ([request["q"]] if "q" in request else [])
    pairs = [(Fraction(m), Fraction(s)) for law in laws for m, s in zip(law["m"], law["s"])]
    return min(m - widths * s for m, s in pairs), max(m + widths * s for m, s in pairs)


def by_flint(request):
    flint.ctx.prec = request["bits"]
    acb, arb = flint.acb, flint.arb
    number = lambda r: arb(r.numerator) / r.denominator
    f = integrand(request, number, lambda z: z.exp(), lambda z, analytic: z.log(analytic=analytic), (2 * arb.pi()).sqrt())
    a, b = (acb(number(Fraction(x))) for x in ends(request, Fraction(request["widths"])))
    goal = arb(request["tolerance"])
    ms, value = timed(lambda: acb.integral(f, a, b, rel_tol=goal, abs_tol=goal))
    real = value.real
    middle = real.mid().str(45, radius=False)
    return {"ms": ms, "value": middle, "radius": float(real.rad())}


def by_mpmath(request):
    mpmath.mp.dps = request["digits"]
    mpf = mpmath.mpf
    number = lambda r: mpf(r.numerator) / r.denominator
    f = integrand(request, number, mpmath.exp, mpmath.log, mpmath.sqrt(2 * mpmath.pi))
    a, b = (number(x) for x in ends(request, Fraction(request["widths"])))
    breaks = sorted({a, b, *(number(Fraction(m)) for name in ("p", "q") if name in request for m in request[name]["m"])})
    ms, value = timed(lambda: mpmath.quad(f, breaks))
    return {"ms": ms, "value": mpmath.nstr(value, 45)}


def by_scipy(request):
    from scipy import integrate

    log = lambda x: math.log(x) if x > 0 else 0.0
    f = integrand(request, float, math.exp, log, math.sqrt(2 * math.pi))
    a, b = (float(x) for x in ends(request, Fraction(request["widths"])))
    ms, value = timed(lambda: integrate.quad(f, a, b, epsabs=0, epsrel=1e-12, limit=500)[0])
    return {"ms": ms, "value": repr(value)}


if __name__ == "__main__":
    serve({"python-flint": flint, "mpmath": mpmath, "scipy": scipy}, {"flint": by_flint, "mpmath": by_mpmath, "scipy": by_scipy})
