#!/usr/bin/env python3
"""Makes the rules of profile `page` that judge: a second look at pages as wholes.

usage: tests/quality/judge.py [--folds] [--write FILE] [--more DIRECTORY ...] [DIRECTORY ...]

DIRECTORY has labelled pages, as pages.py beside this file says, from which the
weights of rules/page.rules were learnt; without any, tests/pages and
../shared/eval. The rules that judge are learnt from these and from more.

  --more DIRECTORY  pages that the weights were not learnt from; may come again
  --folds           also learn five times, each without a fifth of the hosts, and print
                    how well the rules do on the pages of those
  --without SET     learn without a set, and print how well the rules do on it
  --write FILE      put the rules learnt from all pages in FILE
  --words FILE      and the words that speak in this one
  --trees N         boosted trees (70)
  --leaves N        leaves of each, which are rules (8)
  --dechaff FILE    the program

The rules are the leaves of boosted trees (Friedman 2001; Friedman and Popescu
2008): each holds for the lines that come to its leaf, and a line's weight is
the sum over the trees. What a tree may ask is in `QUESTIONS`; which lines have
it dechaff says. What it thinks of a page at its first look must not be surer
here than on pages nobody looked at: so the pages that its weights are from are
looked at with weights that were learnt without their hosts, and all pages with
words that were. Nothing is drawn by chance. Needs numpy.
"""
import argparse
import collections
import pathlib
import re
import tempfile
from multiprocessing import get_context

import train
import numpy as np

import pages as quality
import speak

ROOT = train.ROOT
# What page.rules has of this.
SECOND, WORDS = 'include second-look\n', 'include speaking-words\n'
PARTS = 5
# Of the trees' say, beside the first look's, which knows what they were not asked: with all of it
# kinds of page that no set has, and dumps of 80 columns, lose what they gain elsewhere.
SHRINK = .8
# Of the first look's odds, as second-look.rules has it: the trees are told what it thinks, too.
FIRST_LOOK = .6
# Lines of Chinese and Japanese are measured by characters.
quality.TOKEN = re.compile('[\u3040-\u30ff\u3400-\u9fff]|[^\\W\u3040-\u30ff\u3400-\u9fff]+')

PER_CENT = [5, 15, 30, 50, 70, 85, 95]
LINES = [1, 2, 3, 5, 8, 12, 20, 35, 60, 100, 160]
SPEAKS = [15, 20, 25, 30, 34, 38, 41, 44, 46, 48, 50, 51, 53, 55, 57, 60, 63, 67, 71, 76, 82]
# What can be asked: a condition with the values at which a line may be parted from others.
QUESTIONS = {
    'p=': [3, 5, 10, 15, 20, 30, 40, 50, 60, 70, 80, 90, 95, 97],
    'p-prev=': PER_CENT, 'p-before-prev=': PER_CENT, 'p-next=': PER_CENT, 'p-after-next=': PER_CENT,
    'p-above=': [2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95],
    'p-below=': [2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95],
    'prose-above=': ['5w', '12w', '20w', '30w', '45w', '60w', '90w', '120w', '180w'],
    'prose-below=': ['5w', '12w', '20w', '30w', '45w', '60w', '90w', '120w', '180w'],
    'speaks=': SPEAKS, 'speaks-above=': SPEAKS, 'speaks-below=': SPEAKS,
    'piece-ahead=': LINES, 'piece-behind=': LINES,
    'piece-share=': [1, 2, 4, 7, 12, 20, 30, 40, 50, 60, 70, 80, 90],
    'piece-lines=': [2, 4, 7, 12, 20, 35, 60, 100],
    'piece-place=': PER_CENT,
    'piece-weight=': [9, 15, 21, 29, 36, 44, 52, 60, 70, 82, 96, 111, 127, 158, 193, 250, 330, 430,
                      550, 880],
    'second-share=': [1, 2, 5, 11, 22, 35, 53, 75], 'in-second': [''],
    'page-weight=': [11, 24, 34, 41, 49, 57, 66, 77, 90, 104, 120, 142, 177, 221, 292, 383, 470,
                     620, 920],
    'longest-words=': ['15w', '25w', '40w', '60w', '90w', '130w', '200w'],
    'longest-ahead=': LINES, 'longest-behind=': LINES,
    'weight-before=': [1, 3, 6, 12, 20, 35, 50, 65, 80, 88, 94, 97, 99],
    'min-words=': [2, 3, 4, 5, 7, 9, 12, 16, 20, 28, 40, 60],
    'digits=': [5, 10, 20, 35], 'commas=': [1, 2, 4], 'sentences=': [1, 2, 4],
    'function=': [1, 2, 4, 8], 'function-share=': [12, 25, 38, 50], 'lower=': [20, 40, 60, 75],
    'indent=': [1, 3, 4, 6, 9, 14], 'bullet': [''], 'repeated': [''], 'doubled': [''],
    '!blanks=': [0], 'blanks=': [2], '!next=': ['blank'],
}
QUESTIONS.update(('is=' + mark, ['']) for mark in (
    'prose chrome solid caption rule closing label date item headline related comments posted '
    'form small-first number-first person question program comma sentence colon').split())

# What a page of each set counts for: of segments few lines are labelled, and the project's own
# pages are of kinds that the others have few of. Text that is all article counts for little, so
# that a page's lines don't stay because its own do.
SETS = {'own': 8., 'segments': 4., 'postlight': 2., 'newspaper': 2.5}
GENUINE = {quality.GOLD: .07, quality.CLEAN: .3}
# What losing a line of the article counts for, keeping another one being 1.
LOST = 1.2
# Their gold is of another kind: a grid of products is not an article.
NOT_LEARNT = {'listing', 'collection', 'product'}
# Their gold has the headline, which the profile finds by other means.
HEADED = ('daniel', 'portal')
WORDS_MOST = 60
# How fast the trees learn, the price of large weights, and the lines that a leaf needs: those of
# which the odds are even count a quarter.
RATE, L2, LEAST = .15, 20., 20.
BEGIN = '# --- judge.py wrote what follows ---\n'


class Page:
    """A page, its lines that are not blank, and their labels; look() adds what dechaff says."""

    def __init__(self, page, kind, is_more):
        self.page, self.kind, self.is_more, self.text = page, kind, is_more, page.text
        self.part = quality.fold_of(page, PARTS)
        self.lines = [line for line in page.text.split('\n') if line.strip()]
        self.labels = np.array(quality.labels_of(page, self.lines))
        self.held, self.odds = [], []

    def set_name(self):
        return self.page.measure.replace('harm:', '').split(':')[0]

    def is_spoken_of(self):
        """Whether words are learnt from it: from one dump of each page."""
        return self.is_learnt_from() and (self.page.kind == quality.SEGMENTS or
                                          self.page.measure.endswith(':lynx'))

    def words(self):
        weights = self.weights() * (self.labels >= 0)
        return speak.Text(self.page, weights, self.labels, self.lines)

    def weights(self):
        words = np.array([len(quality.TOKEN.findall(line)) for line in self.lines])
        worth = GENUINE.get(self.page.kind, 1.) * SETS.get(self.set_name(), 1.)
        return worth * np.sqrt(np.minimum(words, WORDS_MOST) / len(self.lines))

    def is_learnt_from(self):
        return self.kind not in NOT_LEARNT


ASKED = re.compile(r'(?:^|,)q-(\d+)-')


def questions_text():
    """The conditions as rules without a weight, each named by its place."""
    return ''.join(f'judge 0 name=q-{i}-{j} {question}{value}\n'
                   for i, (question, values) in enumerate(QUESTIONS.items())
                   for j, value in enumerate(values))


def look(asked):
    """Pages at their first look: for each question at how many of its values a line is beyond."""
    command, pages = asked
    explained = quality.explain_all(command, [page.text for page in pages])
    for page, rows in zip(pages, explained):
        for probability, shares, _ in rows:
            codes = bytearray(len(QUESTIONS))
            for i in ASKED.findall(shares):
                codes[int(i)] += 1
            page.held.append(bytes(codes))
            page.odds.append(np.log(probability / (1 - probability)))
        lines = [line for _, _, line in rows]
        if lines != page.lines:  # there are other line ends
            page.lines, page.labels = lines, np.array(quality.labels_of(page.page, lines))
    return pages


def call(argument):
    return call.function(argument)


def beside(function, arguments):
    """What the function makes of each, by processes beside this one, which know all that it does."""
    call.function = function
    with get_context('fork').Pool() as pool:
        return pool.map(call, arguments, chunksize=1)


def kind_of(directory, page):
    path = pathlib.Path(directory) / page.measure.split(':')[0] / 'type' / (page.name + '.txt')
    return quality.read(path).strip() if path.exists() else ''


def chains_of(asked):
    """Profiles without a second look, each of which has not seen a part of the hosts; the last one
    has seen them all."""
    profile = train.Profile(pathlib.Path(asked.rules))
    documents = train.documents_of(asked, profile)
    options = argparse.Namespace(l2=32., cost=.3, rounds=80)

    def chain_of(part):
        known = [d for d in documents if quality.fold_of(d.page, PARTS) != part]
        return profile.text(*train.learn(known, profile, options))

    return [text.replace(SECOND, '').replace(WORDS, '')
            for text in beside(chain_of, range(PARTS)) + ['\n'.join(profile.lines)]]


def without_groups(text):
    """These come behind the rules that judge."""
    return ''.join(line for line in text.splitlines(True) if not line.startswith('group '))


def words_of(pages, is_learnt_from):
    return speak.rules_text(speak.learn([p.words() for p in pages
                                         if p.is_spoken_of() and is_learnt_from(p)]))


def load(asked):
    """The pages at their first look, and the profiles that look: of each part, and of all. Further
    pages are looked at with the weights of all, which do not know them."""
    chains, commands = chains_of(asked), {}
    todo = [(page, kind_of(one, page), one in asked.more)
            for one in asked.directories + asked.more for page in quality.load(one)]
    pages = [page for page in beside(lambda one: Page(*one), todo) if page.lines]
    words = beside(lambda part: words_of(pages, lambda p: p.part != part), range(PARTS + 1))
    with tempfile.TemporaryDirectory() as directory:
        for part in range(PARTS):
            for is_more in (False, True):
                path = pathlib.Path(directory) / f'{part}-{is_more}.rules'
                path.write_text(without_groups(chains[-1 if is_more else part]) + words[part] +
                                'set title drop\n' + questions_text())
                commands[part, is_more] = [asked.dechaff, '-r', str(path)]
        todo = [(command, some) for command in commands.values() for some in quality.batches(
            p for p in pages if commands[p.part, p.is_more] is command) if some]
        pages = [page for some in beside(look, todo) for page in some if page.held]
    return pages, list(zip(chains, words))


class Lines:
    """The lines of pages, as arrays: their codes by question, labels, weights and odds."""

    def __init__(self, pages):
        self.codes = np.frombuffer(b''.join(h for p in pages for h in p.held), np.uint8)
        self.codes = np.ascontiguousarray(self.codes.reshape(-1, len(QUESTIONS)).T)
        self.labels = np.concatenate([p.labels for p in pages])
        self.odds = np.concatenate([p.odds for p in pages])
        self.weights = np.concatenate([p.weights() for p in pages])
        self.weights[self.labels > 0] *= LOST
        learnt = np.repeat([p.is_learnt_from() for p in pages], [len(p.lines) for p in pages])
        self.weights[(self.labels < 0) | ~learnt] = 0
        headed = np.repeat([p.page.measure.startswith(HEADED) for p in pages],
                           [len(p.lines) for p in pages])
        is_headline = self.codes[list(QUESTIONS).index('is=headline')] > 0
        self.weights[headed & is_headline & (self.labels > 0) & (self.odds < 0)] = 0

    def chosen(self, which):
        """Those of them that count, of the pages of which WHICH says so line by line."""
        rows = np.flatnonzero(which & (self.weights > 0))
        part = object.__new__(Lines)
        part.codes = np.ascontiguousarray(self.codes[:, rows])
        part.labels, part.odds = self.labels[rows], self.odds[rows]
        part.weights = self.weights[rows] / self.weights[rows].mean()
        return part


class Leaf:
    """Lines that meet conditions: {question: [beyond how many values at least, at most]}."""

    def __init__(self, rows, sums, conditions):
        self.rows, self.sums, self.conditions = rows, sums, conditions
        self.gain, self.question, self.value = self.best()

    def totals(self):
        return self.sums[:, 0].sum(axis=1)

    def best(self):
        """The split that lessens the loss most."""
        (slopes, curves), (slope, curve) = self.sums, self.totals()
        left, bend = slopes.cumsum(axis=1)[:, :-1], curves.cumsum(axis=1)[:, :-1]
        gains = (left ** 2 / (bend + L2) + (slope - left) ** 2 / (curve - bend + L2)
                 - slope ** 2 / (curve + L2))
        gains[(bend < LEAST) | (curve - bend < LEAST)] = 0
        best = int(np.argmax(gains))
        return (gains.flat[best],) + divmod(best, gains.shape[1])


def sums_of(codes, rows, slopes, curves):
    """By question and code the sums of the slopes and of the curves of the loss."""
    size = max(map(len, QUESTIONS.values())) + 1
    some = [column[rows] for column in codes]
    return np.array([[np.bincount(column, values[rows], size) for column in some]
                     for values in (slopes, curves)])


def parted(leaf, codes, slopes, curves):
    is_beyond = codes[leaf.question][leaf.rows] > leaf.value
    rows = [leaf.rows[~is_beyond], leaf.rows[is_beyond]]
    small = int(len(rows[1]) < len(rows[0]))
    sums = sums_of(codes, rows[small], slopes, curves)
    both = [None, None]
    both[small], both[1 - small] = sums, leaf.sums - sums
    least, most = leaf.conditions.get(leaf.question, (0, len(codes)))
    sides = [(least, leaf.value), (leaf.value + 1, most)]
    return [Leaf(r, s, {**leaf.conditions, leaf.question: side})
            for r, s, side in zip(rows, both, sides)]


def learn(lines, asked):
    """[(name, weight, conditions), ...] of each tree's leaves."""
    odds, rules = FIRST_LOOK * lines.odds, []
    for tree in range(asked.trees):
        p = 1 / (1 + np.exp(-odds))
        slopes = lines.weights * (p - lines.labels)
        curves = lines.weights * p * (1 - p)
        every = np.arange(len(odds))
        leaves = [Leaf(every, sums_of(lines.codes, every, slopes, curves), {})]
        while len(leaves) < asked.leaves:
            best = max(range(len(leaves)), key=lambda i: leaves[i].gain)
            if leaves[best].gain <= 0:
                break
            leaves[best:best + 1] = parted(leaves[best], lines.codes, slopes, curves)
        for number, leaf in enumerate(leaves):
            slope, curve = leaf.totals()
            weight = round(-RATE * slope / (curve + L2), 3)
            odds[leaf.rows] += weight
            rules.append((f'tree-{tree + 1}-{number + 1}', weight, leaf.conditions))
    return rules


def conditions_text(conditions):
    said = []
    for number, (least, most) in conditions.items():
        question, values = list(QUESTIONS.items())[number]
        opposite = (question.replace('is=', 'isnt=') if question.startswith('is=') else
                    question.lstrip('!') if question[0] == '!' else '!' + question)
        if least > 0:
            said.append(f'{question}{values[least - 1]}')
        if most < len(values):
            said.append(f'{opposite}{values[most]}')
    return ' '.join(said)


def rules_text(rules):
    return ''.join(f'judge {SHRINK * weight:+.3f} name={name} {conditions_text(conditions)}\n'
                   for name, weight, conditions in rules if weight)


def second_look(rules):
    """The file of the rules that judge, with these."""
    return quality.read(ROOT / 'rules/second-look.rules').split(BEGIN)[0] + BEGIN + rules_text(rules)


def options(page):
    return [] if page.measure.startswith(HEADED) else quality.options(page)


def measure(pages, text, asked):
    """What the profile TEXT makes of the pages: {measure: [comparison, ...]}."""
    results = collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as directory:
        path = pathlib.Path(directory) / 'page.rules'
        path.write_text(text)
        of = collections.defaultdict(list)
        for page in pages:
            of[tuple(options(page.page))].append(page)
        todo = [([asked.dechaff, '-r', str(path), *given], some)
                for given, those in of.items() for some in quality.batches(those)]
        compared = beside(lambda one: quality.compare_all(one[0], [p.page for p in one[1]]), todo)
    for page, one in zip((p for _, some in todo for p in some), sum(compared, [])):
        for name in {page.page.measure, f'{page.page.measure} {page.kind}'.strip()}:
            results[name].append(one)
    return results


def cross_validate(pages, lines, chains, asked):
    folds, together = [], collections.defaultdict(list)
    parts = np.array([p.part for p in pages])
    of_line = np.repeat(parts, [len(p.lines) for p in pages])
    learnt = beside(lambda part: learn(lines.chosen(of_line != part), asked), range(PARTS))
    for part, rules in enumerate(learnt):
        folds.append(measure([p for p, k in zip(pages, parts) if k == part],
                             ''.join(chains[part]) + second_look(rules), asked))
        for name, results in folds[-1].items():
            together[name] += results
    print(f'{PARTS} parts, on hosts that neither weights nor rules know (± deviation over parts)')
    quality.print_scores(together, folds)


def leave_out(pages, lines, chains, asked):
    """For each set asked for, learns without it and prints how well that does on it."""
    names = np.array([p.set_name() for p in pages])
    of_line = np.repeat(names, [len(p.lines) for p in pages])

    def profile_without(name):
        words = words_of(pages, lambda p: p.set_name() != name)
        return chains[-1][0] + words + second_look(learn(lines.chosen(of_line != name), asked))

    for name, text in zip(asked.without, beside(profile_without, asked.without)):
        print(f'without {name}')
        quality.print_scores(measure([p for p in pages if p.set_name() == name], text, asked))


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split('\n\n')[1][7:])
    parser.add_argument('--more', action='append', default=[])
    parser.add_argument('--folds', action='store_true')
    parser.add_argument('--without', action='append', default=[])
    parser.add_argument('--write')
    parser.add_argument('--words')
    parser.add_argument('--trees', type=int, default=70)
    parser.add_argument('--leaves', type=int, default=8)
    parser.add_argument('--dechaff', default=str(ROOT / 'dechaff'))
    parser.add_argument('--rules', default=str(ROOT / 'rules/page.rules'))
    parser.add_argument('directories', nargs='*',
                        default=[str(ROOT / 'tests/pages'), str(ROOT.parent / 'shared/eval')])
    asked = parser.parse_args()
    pages, chains = load(asked)
    lines = Lines(pages)
    print(f'{len(pages)} documents, {len(lines.labels)} lines', flush=True)
    if asked.folds:
        cross_validate(pages, lines, chains, asked)
    if asked.without:
        leave_out(pages, lines, chains, asked)
    if asked.write:
        everything = np.ones(len(lines.labels), bool)
        rules = learn(lines.chosen(everything), asked)
        pathlib.Path(asked.write).write_text(second_look(rules))
    if asked.words:
        head = quality.read(ROOT / 'rules/speaking-words.rules').split(BEGIN)[0]
        pathlib.Path(asked.words).write_text(head + BEGIN + chains[-1][1])


if __name__ == '__main__':
    main()
