"""Complex values of elementary functions with mpmath: reads lines `f x y`, writes lines `re im` (25 digits), `nan` where undefined."""
import sys

import mpmath as M
from mpmath import mp, mpc, mpf

if "--probe" in sys.argv:
    sys.exit(0)
mp.dps = 250


def lognormcdf(z):
    # log erfc(-z/sqrt 2)/2 on the branch that is real on the axis: far left by the continued fraction of Mills' ratio.
    if z.real > -6:
        w = M.erfc(-z / M.sqrt(2)) / 2
        return M.log(w)
    t = -z
    for k in range(800, 0, -1):
        t = -z + k / t
    return -z * z / 2 - M.log(M.sqrt(2 * M.pi)) - M.log(t)


F = {
    "exp": M.exp, "expm1": lambda z: M.exp(z) - 1, "log": M.log, "log1p": lambda z: M.log(1 + z), "sqrt": M.sqrt, "sin": M.sin, "cos": M.cos,
    "tan": M.tan, "atan": M.atan, "sinh": M.sinh, "cosh": M.cosh, "tanh": M.tanh, "erf": M.erf, "erfc": M.erfc, "lgamma": lambda z: M.log(abs(M.gamma(z.real))) if z.imag == 0 else M.loggamma(z),
    "digamma": M.digamma, "sigmoid": lambda z: 1 / (1 + M.exp(-z)), "softplus": lambda z: M.log(1 + M.exp(z)) if z.real < 30 else z + M.log(1 + M.exp(-z)),
    "normcdf": lambda z: M.erfc(-z / M.sqrt(2)) / 2, "lognormcdf": lognormcdf, "recip": lambda z: 1 / z, "sqr": lambda z: z * z,
}
for line in sys.stdin:
    f, x, y = line.split()
    try:
        w = F[f](mpc(mpf(x), mpf(y)))
        print(M.nstr(w.real, 25), M.nstr(w.imag, 25))
    except (ValueError, ZeroDivisionError):
        print("nan nan")
