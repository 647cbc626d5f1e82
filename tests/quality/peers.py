#!/usr/bin/env python3
"""Compares `dechaff -r page` with extractors that read HTML, on the same pages.

usage: tests/quality/peers.py [--dechaff FILE] [--peak FILE] [--rounds N] DIRECTORY [GOLD ...]

DIRECTORY is one of

  html/NAME.html[.gz] and ground-truth.json   a checkout of the public benchmark
                      scrapinghub/article-extraction-benchmark, as it is
  html/NAME.html[.gz] and gold/NAME.txt       pages of one's own, in UTF-8; the
                      article's text without its headline
  SET/NAME.html[.gz]  several sets, with SET/gold/NAME.txt in one of the GOLD

`make peers` runs this with a Python that has the extractors. Each is a process
of its own that takes the pages one after the other; the seconds are those that
user and system took, the least of N rounds (3): for the start, which is what
the first page needs beside its own time, such as imports, and for the pages.
Memory is the most that was resident, of a pipeline the sum. dechaff reads HTML
through the dumper that is installed, a process a page, and then what a dumper
made of all pages; there the dumper's seconds come first.

Quality is what `score.py` says of text whose gold is known: mean precision and
recall over runs of four words, each page weighing the same, and their F1.
"""
import argparse
import collections
import gzip
import importlib.metadata
import json
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile

import pages as quality
import score

# Lines of Chinese and Japanese are measured by characters.
quality.TOKEN = re.compile('[\u3040-\u30ff\u3400-\u9fff]|[^\\W\u3040-\u30ff\u3400-\u9fff]+')

# Those that are piped into dechaff, beside the one that it takes itself.
DUMPERS = ['lynx', 'w3m']
# Pages are in UTF-8, whatever they declare.
DECLARED = re.compile(rb'(?i)(<meta[^>]{0,200}charset=["\']?)[a-z0-9_-]+')

NAMES = {'trafilatura': 'trafilatura', 'readability': 'readability-lxml', 'resiliparse': 'Resiliparse',
         'newspaper': 'newspaper4k', 'justext': 'jusText', 'boilerpy3': 'boilerpy3'}


# The extractors: each a function that imports what it needs and returns one from HTML to text.

def trafilatura():
    from trafilatura import extract
    return lambda html: extract(html, include_comments=False) or ''


def readability():
    from lxml import html as parser
    from readability import Document
    blocks = set('address blockquote br dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre '
                 'section table td th tr ul'.split())

    def text_of(html):
        tree = parser.fromstring(Document(html).summary())
        for element in tree.iter():
            if element.tag in blocks:
                element.text = '\n' + (element.text or '')
                element.tail = '\n' + (element.tail or '')
        return tree.text_content()
    return text_of


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text
    return lambda html: extract_plain_text(html, main_content=True, alt_texts=False, comments=False)


def newspaper():
    from newspaper import Article

    def text_of(html):
        article = Article('https://example.org/', fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return article.text
    return text_of


def justext():
    import justext as library
    languages = dict(de='German', en='English', es='Spanish', fr='French', it='Italian', ko='Korean', nl='Dutch', pl='Polish',
                     pt='Portuguese', ru='Russian', sv='Swedish')

    def text_of(html):
        said = re.search(r'<html[^>]*\slang=["\']?([a-z]{2})', html[:5000], re.I)
        words = library.get_stoplist(languages.get(said and said.group(1).lower(), 'English'))
        return '\n'.join(p.text for p in library.justext(html, words) if not p.is_boilerplate)
    return text_of


def boilerpy3():
    from boilerpy3.extractors import ArticleExtractor
    return ArticleExtractor(raise_on_failure=False).get_content


EXTRACTORS = [trafilatura, readability, resiliparse, newspaper, justext, boilerpy3]


def spent(who=resource.RUSAGE_SELF):
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def extract(name, paths):
    """In a process of its own: a line of JSON for each page, then what it took."""
    text_of, failed = globals()[name](), 0
    try:
        text_of(quality.read(paths[0]))  # what is loaded late
    except Exception:
        pass
    start = spent()
    for path in paths:
        try:
            text = text_of(quality.read(path))
        except Exception:  # of whatever kind: a page that it cannot read is empty
            text, failed = '', failed + 1
        print(json.dumps(text))
    print(json.dumps({'start': start, 'work': spent() - start, 'failed': failed}))


# Labelled pages: (set, name, HTML, gold)

def html_of(directory, name):
    packed = directory / (name + '.html.gz')
    return gzip.decompress(packed.read_bytes()) if packed.exists() else (directory / (name + '.html')).read_bytes()


def names_in(directory):
    return sorted({re.sub(r'\.html(\.gz)?$', '', p.name) for p in directory.glob('*.html*')})


def load(directory, golds):
    if (directory / 'ground-truth.json').exists():
        truth = json.loads(quality.read(directory / 'ground-truth.json'))
        return [(directory.name, name, html_of(directory / 'html', name), entry['articleBody'])
                for name, entry in sorted(truth.items())]
    if (directory / 'gold').is_dir():
        sets = [(directory.resolve().name, directory / 'html', [directory / 'gold'])]
    else:
        sets = [(p.name, p, [gold / p.name / 'gold' for gold in golds])
                for p in sorted(directory.iterdir()) if p.is_dir()]
    found = []
    for label, html, places in sets:
        for name in names_in(html):
            gold = [p for p in (place / (name + '.txt') for place in places) if p.exists()]
            if gold:
                found.append((label, name, html_of(html, name), quality.read(gold[0])))
    return found


# What is measured: texts, seconds of the start and of the pages, and KiB

Outcome = collections.namedtuple('Outcome', 'texts start work kib failed')


def measured(peak, command, text=b''):
    """What a command wrote, the seconds it took, and the KiB it had resident."""
    with tempfile.NamedTemporaryFile(mode='r') as file:
        before = spent(resource.RUSAGE_CHILDREN)
        done = subprocess.run([peak, file.name, *command], input=text, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL)
        seconds = spent(resource.RUSAGE_CHILDREN) - before
        kib = int(file.read() or 0)
    if done.returncode > 1:
        sys.exit(f'peers.py: {" ".join(command[:4])} ...: exit status {done.returncode}')
    return done.stdout.decode('utf-8', 'replace'), seconds, kib


def run_extractor(peak, name, paths):
    out, _, kib = measured(peak, [sys.executable, __file__, '--extract', name, *map(str, paths)])
    *texts, took = map(json.loads, out.splitlines())
    return Outcome(texts, took['start'], took['work'], kib, took['failed'])


def run_dumper(peak, name, paths):
    texts, seconds, most = [], 0, 0
    for path in paths:
        text, took, kib = measured(peak, score.RENDERERS[name] + [str(path)])
        texts.append(text.replace('\0', ' '))
        seconds, most = seconds + took, max(most, kib)
    return Outcome(texts, 0, seconds, most, 0)


def run_filter(peak, dechaff, dumps):
    command = [dechaff, '--no-config', '-q', '-r', 'page', '-e', 'set title drop', '--null']
    _, start, _ = measured(peak, command)
    out, seconds, kib = measured(peak, command, ''.join(dump + '\0' for dump in dumps).encode())
    return Outcome(out.split('\0')[:-1], start, max(0, seconds - start), kib, 0)


def run_on_html(peak, dechaff, paths):
    """The same in the way of who has one page: a process for each, which runs its dumper."""
    command = [dechaff, '--no-config', '-q', '-r', 'page', '-e', 'set title drop']
    texts, seconds, most = [], 0, 0
    for path in paths:
        text, took, kib = measured(peak, command + [str(path)])
        texts.append(text)
        seconds, most = seconds + took, max(most, kib)
    return Outcome(texts, 0, seconds, most, 0)


def best_of(rounds):
    """What came out first, with the least that it took."""
    return rounds[0]._replace(start=min(o.start for o in rounds), work=min(o.work for o in rounds),
                              kib=max(o.kib for o in rounds))


# The table

def figures(found, texts, label=None):
    results = [quality.compare(quality.Page(quality.DUMP, '', name, '', '', gold), text)
               for (of, name, _, gold), text in zip(found, texts) if label in (None, of)]
    precision, recall = quality.means(results)
    return precision, recall, quality.f1(precision, recall)


def show(value):
    return f'{value:.3f}'.lstrip('0') if value < 1 else f'{value:.3f}'


def print_row(found, labels, title, outcome, seconds=None):
    cells = [title] + [show(figures(found, outcome.texts, label)[2]) for label in labels]
    cells += [show(value) for value in figures(found, outcome.texts)]
    cells += [f'{outcome.start:.2g}' if outcome.start else '', seconds or f'{outcome.work:.1f}',
              f'{len(found) / max(1e-9, outcome.work):.0f}', f'{outcome.kib / 1024:.0f}']
    print('| ' + ' | '.join(cells) + ' |', flush=True)


def print_head(labels):
    heads = ['', *labels, 'precision', 'recall', 'F1', 'start, s', 'pages, s', 'pages a second', 'MiB']
    print('| ' + ' | '.join(heads) + ' |\n|---' + '|---:' * (len(heads) - 1) + '|', flush=True)


def compare(found, directory, asked):
    paths = []
    for label, name, html, _ in found:
        paths.append(directory / f'{label}-{name}.html')
        paths[-1].write_bytes(DECLARED.sub(rb'\1utf-8', html))
    labels = sorted({page[0] for page in found})
    labels = labels if len(labels) > 1 else []
    print_head(labels)
    ours = best_of([run_on_html(asked.peak, asked.dechaff, paths) for _ in range(asked.rounds)])
    print_row(found, labels, '**dechaff -r page page.html**', ours)
    for dumper in (name for name in DUMPERS if shutil.which(name)):
        dumps = best_of([run_dumper(asked.peak, dumper, paths) for _ in range(asked.rounds)])
        ours = best_of([run_filter(asked.peak, asked.dechaff, dumps.texts) for _ in range(asked.rounds)])
        both = ours._replace(work=dumps.work + ours.work, kib=dumps.kib + ours.kib)
        print_row(found, labels, f'{dumper}, all it shows', dumps)
        print_row(found, labels, f'**{dumper} \\| dechaff -r page**', both, f'{dumps.work:.1f} + {ours.work:.1f}')
    failures = []
    for extractor in EXTRACTORS:
        name = extractor.__name__
        title = f'{NAMES[name]} {importlib.metadata.version(NAMES[name])}'
        best = best_of([run_extractor(asked.peak, name, paths) for _ in range(asked.rounds)])
        print_row(found, labels, title, best)
        if best.failed:
            failures.append(f'{title} failed on {best.failed}')
    print(f'\n{len(found)} pages.' + ''.join(f' {failure}, which count as empty.' for failure in failures))


def main():
    if sys.argv[1:2] == ['--extract']:
        extract(sys.argv[2], [pathlib.Path(path) for path in sys.argv[3:]])
        return
    parser = argparse.ArgumentParser(usage=__doc__.split('\n\n')[1][7:])
    parser.add_argument('--dechaff', default=str(score.ROOT / 'dechaff'))
    parser.add_argument('--peak', default=str(score.ROOT / 'build/peak'))
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('directory', type=pathlib.Path)
    parser.add_argument('gold', type=pathlib.Path, nargs='*')
    asked = parser.parse_args()
    found = load(asked.directory, asked.gold)
    if not found:
        sys.exit(f'peers.py: {asked.directory}: no page with its article; --help has the layouts')
    with tempfile.TemporaryDirectory() as scratch:
        compare(found, pathlib.Path(scratch), asked)


if __name__ == '__main__':
    main()
