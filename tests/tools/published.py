"""published.py NAME DOCUMENTS LEFT EXPLAINED -- what a published filter says, against dechaff.

DOCUMENTS are JSON lines with a text; LEFT is what `dechaff -r NAME --format=jsonl` makes of them,
EXPLAINED what it says with --explain. Prints each document of which the two say something else, and
how many agree; the differences that dechaff-rules(5) explains are none. Exits with 77 if the
published program is not there.
"""

import json
import re
import sys

try:
    from datatrove.data import Document
    from datatrove.pipeline.filters import (
        C4QualityFilter,
        FineWebQualityFilter,
        GopherQualityFilter,
        GopherRepetitionFilter,
        fineweb_quality_filter,
        gopher_quality_filter,
        gopher_repetition_filter,
    )
except ImportError as error:
    print(error)
    sys.exit(77)

# Words stand between white space.
for module in gopher_quality_filter, gopher_repetition_filter, fineweb_quality_filter:
    module.split_into_words = lambda text, language: text.split()

FILTERS = {
    "gopher": [GopherQualityFilter, GopherRepetitionFilter],
    "fineweb": [FineWebQualityFilter],
    # Cherokee: it has no tokenizer of its own.
    "c4": [lambda: C4QualityFilter(language="chr_Cher")],
}

# Where Python ends a line, and a text that is seen plainly does not.
OTHER_ENDS = re.compile("\r(?!\n)|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def judge(filters, text):
    """What is left of the text, and the reason if that is nothing."""
    document = Document(text=text, id="")
    for one in filters:
        said = one.filter(document)
        if said is not True:
            return "", said[1]
    return document.text, None


def with_letters(text):
    """The lines that have a letter or a digit, as the program writes them."""
    lines = text.replace("\r\n", "\n").strip().split("\n")
    return [line for line in lines if any(map(str.isalnum, line))]


def reasons(path):
    """The rules that dropped each document's lines, and None if one stays."""
    found = []
    with open(path, encoding="utf-8", newline="\n") as rows:
        for row in rows:
            columns = row.rstrip("\n").split("\t")
            if columns[0] == "document" and len(columns) == 3 and columns[1].isdigit():
                found.append(set())
            elif columns[0] in ("keep", "edit"):
                found[-1].add(None)
            elif columns[0] == "drop":
                found[-1].add(columns[1])
    return found


def main():
    name, documents, left, explained = sys.argv[1:]
    filters = [create() for create in FILTERS[name]]
    agreed = 0
    with open(documents, encoding="utf-8") as ours, open(left, encoding="utf-8") as theirs:
        for number, (line, other, rules) in enumerate(zip(ours, theirs, reasons(explained)), 1):
            text = json.loads(line)["text"]
            got = json.loads(other)["text"]
            want, reason = judge(filters, text)
            if name == "c4":
                alike = bool(OTHER_ENDS.search(text)) or with_letters(want) == with_letters(got)
                reason = reason and "c4-" + reason
            else:
                alike = want == got or not want and not got.strip()
            reason = reason and reason.replace("_", "-")
            # Of c4 the lines may all be gone before; of a blank text nobody has to say why.
            alike = alike and (reason is None or name == "c4" or reason in rules or not text.strip())
            if alike:
                agreed += 1
            else:
                print(f"{name}: document {number}: {reason}, not {rules}")
    print(f"{agreed} agree")


main()
