"""The small ELMo that allennlp 0.9.0 tests itself with, and the vectors that the original program gave for it: copied
from HDF5 to safetensors, not computed. What tests/context/elmo.rs compares with.

pip download --no-deps allennlp==0.9.0 and unpack it; pip install h5py==3.16.0 safetensors==0.8.0 numpy
python tests/oracles/context_elmo.py allennlp/tests/fixtures/elmo tests/fixtures/context/elmo

Their licence, Apache 2.0, lies beside what is copied. `convert` also does for the real models, whose weights have the same names.
"""
import json
import shutil
import sys

import h5py
import numpy as np
from safetensors.numpy import save_file


def convert(path, to):
    """Every array of an HDF5 file by its path, with dots for slashes. Only what the models need."""
    arrays = {}

    def keep(name, item):
        if isinstance(item, h5py.Dataset):
            arrays[name.replace("/", ".")] = np.ascontiguousarray(item[...])

    with h5py.File(path) as file:
        file.visititems(keep)
    save_file(arrays, to)


if __name__ == "__main__":
    theirs, ours = sys.argv[1:]
    convert(f"{theirs}/lm_weights.hdf5", f"{ours}/weights.safetensors")
    shutil.copy(f"{theirs}/options.json", f"{ours}/options.json")
    # Three streams, the first five sentences of each. A stream's states go on from one sentence to the next. What is
    # expected is the last layer: forward and backward.
    sentences = [stream[:5] for stream in json.load(open(f"{theirs}/sentences.json"))]
    expected = {}
    for stream in range(3):
        with h5py.File(f"{theirs}/lm_embeddings_{stream}.hdf5") as file:
            for i in range(len(sentences[stream])):
                both = file[str(i)][...]
                expected[f"{stream}.{i}"] = np.ascontiguousarray(np.concatenate([both[0], both[1]], axis=-1))
    # Without the two words that stand for the boundaries of a sentence there.
    words = open(f"{theirs}/vocab_test.txt").read().strip().split("\n")
    kept = [i for i, word in enumerate(words) if word not in ("<S>", "</S>")][:100]
    words = [words[i] for i in kept]
    with h5py.File(f"{theirs}/elmo_token_embeddings.hdf5") as file:
        expected["words"] = file["embedding"][...][kept]
    save_file(expected, f"{ours}/expected.safetensors")
    json.dump({"sentences": sentences, "words": words}, open(f"{ours}/texts.json", "w"), ensure_ascii=False)
