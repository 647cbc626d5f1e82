#!/usr/bin/env python3
"""How good the rules are that dechaff learns for sites, on pages whose article is known.

usage: tests/quality/learnt.py [--dechaff PROGRAM] SET [ARGUMENT ...]

SET is a directory with gold, url and a renderer's pages, as pages.py beside this file says. Of the
hosts with five pages and more, the pages are dealt to five parts; what is learnt from four of them,
with the ARGUMENTS, is used on the other. Printed are precision, recall and F1 of -r page without
and with it; then, of 300 rules that are drawn of what is learnt from all pages, always the same
ones, how many per cent are of lines that stand in the articles of no more than half of their pages.
"""
import argparse
import collections
import json
import pathlib
import random
import re
import tempfile
from urllib.parse import urlparse

import pages as quality

ROOT = pathlib.Path(__file__).resolve().parents[2]
PARTS = 5
DRAWN = 300
# Chinese and Japanese are measured by characters.
quality.TOKEN = re.compile('[\u3040-\u30ff\u3400-\u9fff]|[^\\W\u3040-\u30ff\u3400-\u9fff]+')


def load(base):
    """The pages of hosts with enough of them, each with its number among those of its host."""
    renderer = next(p for p in sorted(base.iterdir()) if p.name not in quality.NO_RENDERERS)
    hosts = collections.defaultdict(list)
    for path in sorted(renderer.glob('*.txt')):
        url = quality.read(base / 'url' / path.name).split()[0]
        gold = base / 'gold' / path.name
        if gold.exists():
            host = re.sub(r'^www\.', '', urlparse(url).hostname or url)
            hosts[host].append((url, quality.read(path), quality.read(gold)))
    return [(number, *page) for host in sorted(hosts) if len(hosts[host]) >= PARTS
            for number, page in enumerate(hosts[host])]


def dechaff(arguments, pages):
    lines = ''.join(json.dumps({'url': url, 'text': text}) + '\n' for _, url, text, _ in pages)
    return quality.run([*arguments, '-q', '--format=jsonl'], lines)


def clean(program, pages, rules=()):
    out = dechaff([program, '-r', 'page', *(word for path in rules for word in ('-r', path))], pages)
    return [json.loads(line)['text'] for line in out.split('\n') if line]


def figures(pages, texts):
    results = [quality.compare(quality.Page(quality.DUMP, '', '', '', text, gold), out)
               for (_, _, text, gold), out in zip(pages, texts)]
    precision, recall = quality.means(results)
    return (f'precision {precision:.4f} recall {recall:.4f} '
            f'F1 {quality.f1(precision, recall):.4f}')


def chrome(program, rules, pages):
    """Of the drawn rules, how many drop lines that mostly stand in no article."""
    in_gold, seen = collections.Counter(), collections.Counter()
    out = dechaff([program, '-r', 'none', '-r', rules, '--explain=dropped'], pages)
    number = -1
    for row in out.split('\n'):
        columns = row.split('\t')
        if columns[0] == 'document':
            number += 1
            gold = {quality.squeeze(line) for line in pages[number][3].split('\n')}
            was = set()
        elif len(columns) > 3 and columns[2] not in was:
            was.add(columns[2])
            seen[columns[2]] += 1
            in_gold[columns[2]] += quality.squeeze(columns[3]) in gold
    drawn = random.Random(1).sample(sorted(seen), min(DRAWN, len(seen)))
    good = sum(2 * in_gold[rule] <= seen[rule] for rule in drawn)
    return f'rules {len(seen)} drawn {len(drawn)} chrome {100 * good / max(1, len(drawn)):.1f}'


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split('\n\n')[1][7:])
    parser.add_argument('--dechaff', default=str(ROOT / 'dechaff'))
    parser.add_argument('set', type=pathlib.Path)
    options, arguments = parser.parse_known_args()
    pages = load(options.set)
    learn = [options.dechaff, '--learn', *arguments]
    print('without', figures(pages, clean(options.dechaff, pages)))
    with tempfile.TemporaryDirectory() as scratch:
        rules = scratch + '/sites.rules'
        texts = {}
        for part in range(PARTS):
            dechaff(learn + ['-o', rules], [p for p in pages if p[0] % PARTS != part])
            held = [p for p in pages if p[0] % PARTS == part]
            texts.update(zip((p[1:3] for p in held), clean(options.dechaff, held, [rules])))
        print('with', figures(pages, [texts[p[1:3]] for p in pages]))
        dechaff(learn + ['-o', rules], pages)
        all_drop = re.sub(r'^mark chrome ', 'drop ', quality.read(pathlib.Path(rules)), flags=re.M)
        pathlib.Path(rules).write_text(all_drop)
        print(chrome(options.dechaff, rules, pages))


main()
