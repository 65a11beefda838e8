"""Dense optimal transport by POT's network simplex: loads a problem (costs from a file of row-major little-endian doubles), solves it."""
import os

from serve import optional, serve, timed

# POT would import every deep learning framework that it finds.
for name in ("PYTORCH", "JAX", "CUPY", "TENSORFLOW"):
    os.environ.setdefault(f"POT_BACKEND_DISABLE_{name}", "1")
np = optional("numpy")
ot = optional("ot")
state = {}


def load(request):
    a, b = np.array(request["a"], dtype=float), np.array(request["b"], dtype=float)
    state["problem"] = (a, b, np.fromfile(request["costs"], dtype="<f8").reshape(len(a), len(b)))
    return {"ms": 0}


def solve(request):
    a, b, cost = state["problem"]
    ms, plan = timed(lambda: ot.emd(a, b, cost, numItermax=10**8))
    return {"ms": ms, "cost": float((plan * cost).sum())}


if __name__ == "__main__":
    serve({"POT": ot}, {"load": load, "solve": solve})
