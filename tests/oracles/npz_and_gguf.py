"""Small files of tensors by NumPy and by gguf, and what is in them: what tests/nn/files.rs reads.

pip install numpy==2.4.6 gguf==0.19.0 && python tests/oracles/npz_and_gguf.py

writes tests/fixtures/nn/numpy.npz and tests/fixtures/nn/tiny.gguf, and prints the numbers of the quantised tensors.
"""
import os

import gguf
import numpy as np

FOLDER = os.path.join(os.path.dirname(__file__), "..", "fixtures", "nn")

np.savez_compressed(
    os.path.join(FOLDER, "numpy.npz"),
    bytes=np.array([[0, 1, 255]], dtype=np.uint8),
    truth=np.array([True, False]),
    half=np.array([0.5, -65504.0], dtype=np.float16),
    single=np.array([[1.5], [-2.25]], dtype=np.float32),
    double=np.array(0.1, dtype=np.float64),
    whole=np.array([-1, 2**40], dtype=np.int64),
    nothing=np.zeros((0, 3), dtype=np.float32),
)
for name, array in [("columns", np.asfortranarray(np.ones((2, 3), dtype=np.float32))), ("big", np.array([1], ">f4"))]:
    np.savez(os.path.join(FOLDER, name + ".npz"), x=array)

# The first row is the example of the formats' own description: the largest magnitude is a power of two.
rows = np.zeros((2, 32), dtype=np.float32)
rows[0, :8] = [8, -8, 4, 3.5, -3.5, 0.5, -0.5, 0]
rows[1] = np.arange(32) / 8
writer = gguf.GGUFWriter(os.path.join(FOLDER, "tiny.gguf"), "llama")
writer.add_tensor("plain", rows[:, :3].copy())
writer.add_tensor("half", rows[:, :3].astype(np.float16))
for kind in [gguf.GGMLQuantizationType.Q4_0, gguf.GGMLQuantizationType.Q8_0]:
    blocks = gguf.quants.quantize(rows, kind)
    writer.add_tensor(kind.name, blocks, raw_dtype=kind)
    back = gguf.quants.dequantize(blocks, kind)
    print(kind.name, [float(x) for x in back.flatten()])
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
