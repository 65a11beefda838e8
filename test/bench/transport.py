"""Times POT's network simplex. Reads {n, a, b, costs: file of row-major little-endian doubles, repeats} per line; prints {ms, cost} per line."""
import json
import sys
import time

try:
    import numpy as np
    import ot
except ImportError:
    sys.exit(3)

print(json.dumps({"version": ot.__version__}), flush=True)
for line in sys.stdin:
    p = json.loads(line)
    a, b = np.array(p["a"], dtype=float), np.array(p["b"], dtype=float)
    cost = np.fromfile(p["costs"], dtype="<f8").reshape(len(a), len(b))
    best, plan = float("inf"), None
    for _ in range(p["repeats"]):
        start = time.perf_counter()
        plan = ot.emd(a, b, cost, numItermax=10**8)
        best = min(best, time.perf_counter() - start)
    print(json.dumps({"ms": 1e3 * best, "cost": float((plan * cost).sum())}), flush=True)
