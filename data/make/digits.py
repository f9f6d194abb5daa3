"""Handwritten digits, 8 x 8, from PyPI `scikit-learn`: its own file, byte for byte.

    python3 digits.py [scikit_learn-1.9.1-….whl]
"""

from common import checked, licence, package, pip, wheel_files, write

# Of digits.csv.gz, which is the same in the wheels for every system.
SOURCE = "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22"


def main():
    path = package(pip, "scikit-learn", "1.9.1")
    digits, notice, about = wheel_files(path, ["data/digits.csv.gz", "licenses/COPYING", "descr/digits.rst"])
    write("digits/digits.csv.gz", checked(digits, SOURCE, "digits.csv.gz"))
    # The rest of COPYING is about libraries that the wheel contains.
    notice = notice.decode().split("\n----\n")[0]
    about = about.decode().split("\n\n", 2)[2].replace(".. dropdown:: References", "References:")
    preface = """
Handwritten digits, in digits.csv.gz: a file of scikit-learn, unchanged. scikit-learn's notice follows; below it is
scikit-learn's description of the data, which names those who made it: please cite them when you use it in your work.
"""
    write("digits/LICENCE", licence(preface, notice.strip() + "\n\n" + "-" * 79 + "\n\n" + about))


main()
