"""Writes test/fixtures/training/reference.safetensors with the reference implementation (`pip install safetensors numpy`), or, given a file,
reads it back and prints dtype, shape and values of each array: python3 test/oracle/tensor-file.py [FILE]."""
import json
import sys
from pathlib import Path

import numpy as np
import safetensors
from safetensors.numpy import load, save

if len(sys.argv) > 1:
    arrays = load(Path(sys.argv[1]).read_bytes())
    print(json.dumps({k: [str(v.dtype), list(v.shape), [float(x) for x in v.ravel()]] for k, v in sorted(arrays.items())}))
else:
    arrays = {
        "model/w": np.array([[1.5, -2.25, 3e-40], [np.float32(np.pi), 0.0, -0.0]], dtype=np.float32),
        "model/b": np.zeros((0, 3), dtype=np.float32),
        "optimiser/step": np.array(7, dtype=np.int64),
        "state/loss": np.array([np.pi, -1e300, 5e-324]),
        "labels": np.array([1, -2, 2147483647], dtype=np.int32),
        "pixels": np.array([0, 127, 255], dtype=np.uint8),
        "é": np.array([1.0], dtype=np.float32),
    }
    out = Path(__file__).parents[1] / "fixtures/training/reference.safetensors"
    out.write_bytes(save(arrays, {"format": f"safetensors {safetensors.__version__}"}))
    print(out.stat().st_size, "bytes")
