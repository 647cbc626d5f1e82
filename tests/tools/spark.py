"""spark.py FILE -- runs what dechaff-pipelines(7) shows for Spark: Python, and after "$ " a shell's commands.

`sc`, which the page takes for granted, is made with Spark's own settings.
"""

import re
import subprocess
import sys

from pyspark import SparkContext

sc = SparkContext()
names = {"sc": sc}
with open(sys.argv[1], encoding="utf-8") as page:
    for piece in re.split(r"^(\$ .*\n)", page.read(), flags=re.MULTILINE):
        if piece.startswith("$ "):
            subprocess.run(["sh", "-c", piece[2:]], check=True)
        else:
            exec(piece, names)
sc.stop()
