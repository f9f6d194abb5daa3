"""Circular convolution and correlation by NumPy's FFT: see src/count/beagle/convolution.rs.

pip install numpy && python tests/oracles/convolution.py
"""
import numpy as np

# Whole numbers, so that every result is one as well: the test expects them exactly.
d = 64
j = np.arange(d)
a = (j * j * 7 + 3 * j) % 11 - 5
b = (j * j * 5 + j + 2) % 13 - 6
A, B = np.fft.rfft(a), np.fft.rfft(b)
print("convolution", np.rint(np.fft.irfft(A * B, d)).astype(int).tolist())
print("correlation", np.rint(np.fft.irfft(np.conj(A) * B, d)).astype(int).tolist())
