#!/usr/bin/env python3
"""Scores a filter on whole pages whose article is known.

usage: tests/quality/score.py [--renderer NAME] [--folds N] DIRECTORY [-- COMMAND [ARG ...]]

DIRECTORY is labelled pages as pages.py beside this file says, or a checkout of
one of the public benchmarks that README.md names. The pages of a checkout, and
those in a directory of pages if --renderer is given, are HTML and are rendered
first: by lynx, or by the program that --renderer names, or, if that is none, not
at all. COMMAND reads a page and writes its article; without it, it is
./dechaff -r page.

For each measure, F1 and, with --folds, its standard deviation over N parts of
the hosts; for text without chrome, the share of its words that are lost. With
the default command, `set title drop` holds where gold leaves the headline out.
"""
import argparse
import ast
import collections
import gzip
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import pages as quality

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Each is given the name of a file in UTF-8.
RENDERERS = {
    'lynx': ['lynx', '-cfg=/dev/null', '-dump', '-nolist', '-nonumbers', '-width=1000',
             '-force_html', '-assume_charset=utf-8', '-display_charset=utf-8'],
    'w3m': ['w3m', '-dump', '-cols', '1000', '-T', 'text/html', '-I', 'utf-8', '-O', 'utf-8'],
    'elinks': ['elinks', '-no-home', '-dump', '-dump-width', '1000', '-dump-charset', 'utf-8',
               '-no-references', '-no-numbering'],
    'links': ['links', '-dump', '-width', '512', '-codepage', 'utf-8'],
    'html2text': ['html2text', '-utf8', '-nobs', '-width', '1000'],
    'inscript': ['inscript'],
    'none': None,
}


def render(renderer, html):
    if not RENDERERS[renderer]:
        return html.decode('utf-8', 'replace')
    with tempfile.NamedTemporaryFile(suffix='.html') as file:
        file.write(html)
        file.flush()
        done = subprocess.run(RENDERERS[renderer] + [file.name], capture_output=True, check=False)
    if done.returncode:
        print(f'score.py: {renderer} ends with {done.returncode} on a page', file=sys.stderr)
    return done.stdout.decode('utf-8', 'replace')


def load_html(directory, renderer):
    """Sets of pages.py with html/NAME.html or NAME.html.gz, in UTF-8 whatever they say."""
    for path in sorted(directory.glob('*/html/*.html*')):
        base, name = path.parents[1], path.name.split('.html')[0]
        gold = base / 'gold' / (name + '.txt')
        if gold.exists():
            html = path.read_bytes()
            html = gzip.decompress(html) if path.suffix == '.gz' else html
            html = re.sub(rb'(?i)(<meta[^>]{0,200}charset=["\']?)[a-z0-9_-]+', rb'\1utf-8', html)
            yield quality.Page(quality.DUMP, f'{base.name}:{renderer}', name, name,
                               render(renderer, html), quality.read(gold))


def load_benchmark(directory, renderer):
    """scrapinghub/article-extraction-benchmark: pages with their article's text."""
    truth = json.loads(quality.read(directory / 'ground-truth.json'))
    for name, entry in sorted(truth.items()):
        html = gzip.decompress((directory / 'html' / (name + '.html.gz')).read_bytes())
        host = quality.host_of(entry.get('url') or name)
        gold = entry['articleBody']
        yield quality.Page(quality.DUMP, 'benchmark:' + renderer, name, host,
                           render(renderer, html), gold)
        yield quality.Page(quality.GOLD, 'harm:benchmark', name, host, gold, gold)


def entries_of(tests):
    """adbar/trafilatura: its annotations, as JSON or as the Python literal they once were."""
    if (tests / 'evaldata.json').exists():
        return json.loads(quality.read(tests / 'evaldata.json'))
    tree = ast.parse(quality.read(tests / 'evaldata.py'))
    return next(ast.literal_eval(node.value) for node in tree.body
                if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict))


def load_segments(directory, renderer):
    """adbar/trafilatura: pages with sentences that are of the article, or are not."""
    tests = directory / 'tests'
    for url, entry in sorted(entries_of(tests).items()):
        found = [p for p in (tests / d / entry['file'] for d in ('cache', 'eval')) if p.exists()]
        if not found:
            continue
        text = render(renderer, found[0].read_bytes())
        flat = quality.squeeze(text)
        texts = [[t for t in map(quality.squeeze, entry[k]) if t in flat]
                 for k in ('with', 'without')]
        yield quality.Page(quality.SEGMENTS, 'segments:' + renderer, entry['file'],
                           quality.host_of(url), text, None, *texts)


def load(directory, renderer):
    if (directory / 'ground-truth.json').exists():
        return list(load_benchmark(directory, renderer or 'lynx'))
    if (directory / 'tests').is_dir():
        return list(load_segments(directory, renderer or 'lynx'))
    if renderer:
        return list(load_html(directory, renderer))
    return quality.load(directory)


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split('\n\n')[1][7:])
    parser.add_argument('--renderer', choices=sorted(RENDERERS))
    parser.add_argument('--folds', type=int, default=0)
    parser.add_argument('directory')
    parser.add_argument('command', nargs=argparse.REMAINDER)
    asked = parser.parse_args()
    command = [word for i, word in enumerate(asked.command) if i or word != '--']
    directory = pathlib.Path(asked.directory)
    if not directory.is_dir():
        sys.exit(f'score.py: {directory}: no such directory')
    results, folds = collections.defaultdict(list), collections.defaultdict(dict)
    for page in load(directory, asked.renderer):
        default = [str(ROOT / 'dechaff'), '-r', 'page'] + quality.options(page)
        result = quality.compare(page, quality.run(command or default, page.text))
        results[page.measure].append(result)
        if asked.folds:
            fold = quality.fold_of(page, asked.folds)
            folds[fold].setdefault(page.measure, []).append(result)
    quality.print_scores(results, list(folds.values()))


if __name__ == '__main__':
    main()
