#!/bin/sh
# Makes DejaVuSans-subset.ttf from DejaVuSans.ttf, the first argument, with pyftsubset of fonttools 4 (PyPI).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
letters="U+0020-007E,U+00A0-024F,U+0259,U+02B0-02FF,U+0300-0312,U+0323,U+0331,U+0370-03FF,U+0400-04FF,U+1E00-1EFF,U+2010-2027,U+202F-203A,U+2044,U+2070-209C,U+20AC,U+2113,U+2115,U+2116,U+211D,U+2122,U+2190-2199,U+21A6,U+21D0-21D4,U+2200-220F,U+2211,U+2212,U+2213,U+2215-221E,U+2227-222B,U+2234,U+223C,U+2248,U+2260-2265,U+2282-2287,U+2295-2297,U+22A4,U+22A5,U+22C5,U+23CE,U+2423,U+25A0-25A1,U+25AA,U+25B2,U+25B6,U+25BC,U+25C6,U+25CB,U+25CF,U+2605,U+2713,U+2717,U+FFFD"
pyftsubset "$1" --unicodes="$letters" --no-hinting --layout-features= --notdef-outline \
  --drop-tables+=GSUB,GPOS,GDEF,FFTM,MATH,kern,gasp --name-IDs=0,1,2,4,5,6 --no-recalc-timestamp \
  --output-file="$here/DejaVuSans-subset.ttf"
