"""A sealed text of a quiz, by the method that src/check/quiz/seal.rs describes, with Python's own SHA-256."""

import hashlib

quiz, question, answer, text = "01_vectors", "length", "choice 5c1f09", "right\nYes."
key = hashlib.sha256(f"{quiz}\0{question}\0{answer}".encode()).digest()
plain = b"quiz" + text.encode()
plain += b" " * (-len(plain) % 64)
stream = b"".join(hashlib.sha256(key + i.to_bytes(4, "big")).digest() for i in range(len(plain) // 32))
print(bytes(a ^ b for a, b in zip(plain, stream)).hex())
print(hashlib.sha256(f"{question}\0{5}".encode()).digest()[:3].hex())
