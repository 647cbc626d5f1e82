"""published.py NAME DOCUMENTS LEFT EXPLAINED -- what a published filter says, against dechaff.

DOCUMENTS are JSON lines with a text; LEFT is what `dechaff -r NAME --format=jsonl` makes of them,
EXPLAINED what it says with --explain. Prints each document of which the two say something else, and
how many agree; the differences that dechaff-rules(5) explains are none. Exits with 77 if the
published program is not there.
"""

import json
import re
import sys


def of_datatrove(name):
    """The filter as a function of a text: what is left of it, and the reason if that is nothing."""
    from datatrove.data import Document
    from datatrove.pipeline import filters

    # Words stand between white space.
    for module in ("gopher_quality_filter", "gopher_repetition_filter", "fineweb_quality_filter"):
        getattr(filters, module).split_into_words = lambda text, language: text.split()
    used = {
        "gopher": lambda: [filters.GopherQualityFilter(), filters.GopherRepetitionFilter()],
        "fineweb": lambda: [filters.FineWebQualityFilter()],
        # Cherokee: it has no tokenizer of its own.
        "c4": lambda: [filters.C4QualityFilter(language="chr_Cher")],
    }[name]()

    def judge(text):
        document = Document(text=text, id="")
        for one in used:
            said = one.filter(document)
            if said is not True:
                return "", ("c4-" if name == "c4" else "") + said[1].replace("_", "-")
        return document.text, None

    return judge


# Of the mixing configurations of Dolma v1.5 for Common Crawl, in the order of dolma.rules.
DOLMA = [
    ("few-words", "word_count", "below", 50),
    ("many-words", "word_count", "above", 100000),
    ("short-words", "median_word_length", "below", 3),
    ("long-words", "median_word_length", "above", 10),
    ("symbols", "symbol_to_word_ratio", "above", 0.1),
    ("no-letters", "fraction_of_words_with_alpha_character", "below", 0.8),
    ("required-words", "required_word_count", "below", 2),
    ("bullets", "fraction_of_lines_starting_with_bullet_point", "above", 0.9),
    ("ellipses", "fraction_of_lines_ending_with_ellipsis", "above", 0.3),
    ("lines", "fraction_of_duplicate_lines", "above", 0.3),
    ("line-chars", "fraction_of_characters_in_duplicate_lines", "above", 0.3),
    ("5-grams", "fraction_of_characters_in_duplicate_5grams", "above", 0.15),
    ("6-grams", "fraction_of_characters_in_duplicate_6grams", "above", 0.14),
    ("7-grams", "fraction_of_characters_in_duplicate_7grams", "above", 0.13),
    ("8-grams", "fraction_of_characters_in_duplicate_8grams", "above", 0.12),
    ("9-grams", "fraction_of_characters_in_duplicate_9grams", "above", 0.11),
    ("10-grams", "fraction_of_characters_in_duplicate_10grams", "above", 0.10),
]


def of_dolma(_):
    """The same."""
    from dolma.taggers.gopher import get_attributes

    def judge(text):
        scores = {span.type: span.score for span in get_attributes(text).as_spans()}
        for name, measure, way, limit in DOLMA:
            score = scores.get(measure, limit)
            if score < limit if way == "below" else score > limit:
                return "", "dolma-" + name
        return text, None

    return judge


# Where Python ends a line, and a text that is seen plainly does not.
OTHER_ENDS = re.compile("\r(?!\n)|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


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
    try:
        judge = (of_dolma if name == "dolma" else of_datatrove)(name)
    except ImportError as error:
        print(error)
        sys.exit(77)
    agreed = 0
    with open(documents, encoding="utf-8") as ours, open(left, encoding="utf-8") as theirs:
        for number, (line, other, rules) in enumerate(zip(ours, theirs, reasons(explained)), 1):
            text = json.loads(line)["text"]
            got = json.loads(other)["text"]
            want, reason = judge(text)
            if name == "c4":
                alike = bool(OTHER_ENDS.search(text)) or with_letters(want) == with_letters(got)
            else:
                alike = want == got or not want and not got.strip()
            # Of c4 the lines may all be gone before; of a blank text nobody has to say why.
            alike = alike and (reason is None or name == "c4" or reason in rules or not text.strip())
            if alike:
                agreed += 1
            else:
                print(f"{name}: document {number}: {reason}, not {rules}")
    print(f"{agreed} agree")


main()
