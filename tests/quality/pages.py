"""Labelled pages, and how well a filter does on them.

A directory of data has one directory a set:

    SET/gold/NAME.txt        the article of page NAME
    SET/RENDERER/NAME.txt    the page as some program dumps it; any number of
                             renderers, under any names
    SET/url/NAME.txt         where the page is from, if it is known
    SET/segments.json        {NAME: {"url": URL, "with": [TEXT, ...], "without":
                             [TEXT, ...]}}: instead of gold, some texts that
                             belong to the article and some that do not
    SET/NAME.txt             text that is all article, instead of the above

Pages of one host are never in two folds: what is learnt from one page of a
site says little of other sites.
"""
import collections
import difflib
import hashlib
import json
import pathlib
import re
import subprocess
from urllib.parse import urlparse

TOKEN = re.compile(r'\w+')
# What is registered lies beneath these: example.co.uk.
REGISTRIES = {'ac', 'co', 'com', 'edu', 'go', 'gov', 'ne', 'net', 'or', 'org'}
DUMP, SEGMENTS, GOLD, CLEAN = 'dump', 'segments', 'gold', 'clean'
NO_RENDERERS = {'gold', 'url', 'extracted', 'type'}


class Page:
    """A document: its kind (DUMP, SEGMENTS, GOLD, CLEAN), its measure, its host, and what is known
    of its article: all its text, or some texts that belong to it and some that do not."""

    def __init__(self, kind, measure, name, host, text, gold=None, wanted=(), unwanted=()):
        self.kind, self.measure, self.name, self.host = kind, measure, name, host
        self.text, self.gold, self.wanted, self.unwanted = text, gold, wanted, unwanted

    def is_genuine(self):
        return self.kind in (GOLD, CLEAN)


def read(path):
    return path.read_bytes().decode('utf-8', 'replace')


def squeeze(text):
    return ' '.join(text.split())


def host_of(url):
    """The part of a host's name that was registered, or nearly."""
    url = url.strip()
    archived = re.search(r'web\.archive\.org/web/\d+[a-z_]*/(.*)', url)
    if archived:
        url = archived.group(1)
    name = (urlparse(url if '://' in url else 'http://' + url).hostname or url).lower()
    parts = name.split('.')
    return '.'.join(parts[-3:] if parts[-2:-1] and parts[-2] in REGISTRIES else parts[-2:])


def load(directory):
    """The pages under DIRECTORY, in a fixed order."""
    found = []
    for base in sorted(p for p in pathlib.Path(directory).iterdir() if p.is_dir()):
        if (base / 'segments.json').exists():
            found += load_segments(base)
        elif (base / 'gold').is_dir():
            found += load_gold(base)
        else:
            for path in sorted(base.glob('*.txt')):
                text = read(path)
                found.append(Page(CLEAN, 'harm:' + base.name, path.stem, path.stem, text, text))
    return found


def load_segments(base):
    found = []
    renderer = sorted(p for p in base.iterdir() if p.is_dir() and p.name not in NO_RENDERERS)[0]
    for name, entry in sorted(json.loads(read(base / 'segments.json')).items()):
        text = read(renderer / (name + '.txt'))
        flat = squeeze(text)
        texts = [[t for t in map(squeeze, entry[k]) if t in flat] for k in ('with', 'without')]
        found.append(Page(SEGMENTS, base.name, name, host_of(entry['url']), text, None,
                          *texts))
    return found


def load_gold(base):
    found = []
    hosts = {}
    for path in sorted((base / 'gold').glob('*.txt')):
        url = base / 'url' / path.name
        hosts[path.stem] = host_of(read(url)) if url.exists() else re.sub(r'\d+$', '', path.stem)
        text = read(path)
        found.append(Page(GOLD, 'harm:' + base.name, path.stem, hosts[path.stem], text, text))
    for renderer in sorted(p for p in base.iterdir() if p.is_dir() and p.name not in NO_RENDERERS):
        for path in sorted(renderer.glob('*.txt')):
            if path.stem in hosts:
                found.append(Page(DUMP, f'{base.name}:{renderer.name}', path.stem,
                                  hosts[path.stem], read(path), read(base / 'gold' / path.name)))
    return found


def fold_of(page, folds, salt=''):
    return int(hashlib.md5((salt + page.host).encode()).hexdigest(), 16) % folds


def labels_of(page, lines):
    """For each line 1 if it is of the article, 0 if not, -1 if that is not known."""
    if page.is_genuine():
        return [1] * len(lines)
    if page.kind == DUMP:
        return labels_by_gold(page.gold, lines)
    flat = [squeeze(line) for line in lines]
    labels = [-1] * len(lines)
    for text in page.wanted:
        places = [i for i, line in enumerate(flat) if text in line]
        if len(places) == 1:
            labels[places[0]] = 1
    for text in page.unwanted:
        for i, line in enumerate(flat):
            if text in line:
                labels[i] = -1 if labels[i] == 1 else 0
    return labels


def labels_by_gold(gold, lines):
    """A line is of the article if the longest common parts have most of its words."""
    words, owner = [], []
    for i, line in enumerate(lines):
        for word in TOKEN.findall(line.lower()):
            words.append(word)
            owner.append(i)
    total, hits = collections.Counter(owner), collections.Counter()
    matcher = difflib.SequenceMatcher(None, words, TOKEN.findall(gold.lower()), autojunk=False)
    for start, _, size in matcher.get_matching_blocks():
        for i, count in collections.Counter(owner[start:start + size]).items():
            if count >= 3 or count == total[i]:
                hits[i] += count
    return [-1 if not total[i] else int(hits[i] >= .6 * total[i]) for i in range(len(lines))]


# Measures

def run(command, text):
    done = subprocess.run(command, input=text.encode(), capture_output=True)
    if done.returncode > 1:  # 1: done, but something needs a look, as a page of which nothing is left
        raise ChildProcessError(f'{" ".join(command)}: exit status {done.returncode}: '
                                + done.stderr.decode('utf-8', 'replace')[:500])
    return done.stdout.decode('utf-8', 'replace')


def run_all(dechaff, texts):
    """What a command of dechaff's makes of each text: one process for all of them."""
    documents = ''.join(text.replace('\0', ' ') + '\0' for text in texts)
    return run(dechaff + ['--null'], documents).split('\0')[:-1]


def explain_all(dechaff, texts):
    """[(probability, names of the rules, line), ...] of each text's lines that are not blank."""
    documents = ''.join(text.replace('\0', ' ') + '\0' for text in texts)
    output = run(dechaff + ['--null', '--explain'], documents)
    found = []
    for row in output.split('\n')[:-1]:
        verdict, probability, shares, line = row.split('\t', 3)
        if verdict == 'document':
            found.append([])
        elif probability != '-':
            found[-1].append((float(probability), shares, line))
    return found


def batches(pages, most=400_000):
    """PAGES in lists of so many characters, or little more."""
    found, size = [[]], 0
    for page in pages:
        if size > most:
            found.append([])
            size = 0
        found[-1].append(page)
        size += len(page.text)
    return found


def compare_all(dechaff, pages):
    """What compare() says of each page."""
    outputs = run_all(dechaff, [page.text for page in pages])
    return [compare(page, output) for page, output in zip(pages, outputs)]


def shingles(text, size=4):
    words = TOKEN.findall(text)
    return collections.Counter(part for part in
                               (tuple(words[i:i + size])
                                for i in range(max(1, len(words) - size + 1))) if part)


def compare(page, output):
    """What the output has right and wrong: numbers to be put together by score()."""
    if page.kind == SEGMENTS:
        flat = squeeze(output)
        kept, left = (sum(text in flat for text in texts) for texts in (page.wanted, page.unwanted))
        return kept, left, len(page.wanted) - kept
    if page.is_genuine():
        gold = collections.Counter(TOKEN.findall(page.gold))
        lost = gold - collections.Counter(TOKEN.findall(output))
        return sum(lost.values()), sum(gold.values())
    gold, got = shingles(page.gold), shingles(output)
    counts = [sum(c.values()) for c in (gold & got, got - gold, gold - got)]
    return tuple(c / max(1, sum(counts)) for c in counts)


def share(right, wrong, other):
    return 1. if wrong == other == 0 else right / max(1e-12, right + wrong)


def f1(precision, recall):
    return 2 * precision * recall / max(1e-12, precision + recall)


def means(results):
    """The mean precision and recall of pages, by words."""
    precisions = [share(a, b, c) for a, b, c in results if a + b > 0]
    recalls = [share(a, c, b) for a, b, c in results if a + c > 0]
    return tuple(sum(each) / max(1, len(each)) for each in (precisions, recalls))


def score(measure, results):
    """The share of words lost for harm, else F1; RESULTS are those of compare()."""
    if measure.startswith('harm'):
        lost, total = map(sum, zip(*results))
        return lost / max(1, total)
    if len(results[0]) == 3 and isinstance(results[0][0], int):
        right, wrong, missed = map(sum, zip(*results))
        return f1(right / max(1, right + wrong), right / max(1, right + missed))
    return f1(*means(results))


def print_scores(results, folds=()):
    """RESULTS and each of FOLDS: {measure: [comparison, ...]}."""
    for name in sorted(results):
        spread = [score(name, fold[name]) for fold in folds if name in fold]
        mean = sum(spread) / max(1, len(spread))
        deviation = (sum((x - mean) ** 2 for x in spread) / max(1, len(spread))) ** .5
        print(f'  {name:24} {len(results[name]):4} pages  {score(name, results[name]):.4f}'
              + (f' ± {deviation:.4f}' if spread else ''), flush=True)


def options(page):
    """Gold leaves the headline out, sentences that are asked for may be headlines."""
    return ['-e', 'set title drop'] if page.kind == DUMP else []
