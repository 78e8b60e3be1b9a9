#!/bin/sh
# Makes sans.otf: Noto Sans CJK SC cut down to GB 2312 and ASCII, about 1.3 MB.
# Needs pyftsubset (Debian: fonttools) and the font (Debian: fonts-noto-cjk).
# The font is under the SIL Open Font License 1.1, see OFL.txt.
set -eu
cd "$(dirname "$0")"
from=${1:-/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc}
chars=$(mktemp)
trap 'rm -f "$chars"' EXIT
/usr/bin/python3 - >"$chars" <<'PY'
out = {chr(c) for c in range(0x20, 0x7F)}
for hi in [0xA1, 0xA2, 0xA3, *range(0xB0, 0xF8)]:
    for lo in range(0xA1, 0xFF):
        try:
            out.add(bytes([hi, lo]).decode("gb2312"))
        except UnicodeDecodeError:
            pass
print("".join(sorted(out)))
PY
pyftsubset "$from" --font-number=2 --text-file="$chars" --output-file=sans.otf \
	--no-hinting --desubroutinize --layout-features='' --drop-tables+=GSUB,GPOS,vhea,vmtx,VORG,BASE
ls -l sans.otf
