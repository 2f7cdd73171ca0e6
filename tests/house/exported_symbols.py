"""exported_symbols.py NM LIBRARY LIST: the library exports the symbols of the list, and nothing else."""
import subprocess
import sys

nm, library, listed = sys.argv[1:]
lines = subprocess.run([nm, "-D", "--defined-only", library], check=True, text=True, capture_output=True).stdout
exported = {line.split()[-1].split("@")[0] for line in lines.splitlines() if line.split()[-2] != "A"}
with open(listed, encoding="utf-8") as file:
    expected = {line.split()[0] for line in file if line.strip()}  # "crm_open since 0.1"

for symbol in sorted(exported - expected):
    print(f"{symbol} is exported but not listed")
for symbol in sorted(expected - exported):
    print(f"{symbol} is listed but not exported")
print(f"{len(exported)} symbols exported")
sys.exit(exported != expected or not exported)
