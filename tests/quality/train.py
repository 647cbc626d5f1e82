#!/usr/bin/env python3
"""Learns the weights of rules/page.rules from pages whose article is known.

usage: tests/quality/train.py [--folds N] [--write FILE] [option ...] [DIRECTORY ...]

DIRECTORY has labelled pages, as pages.py beside this file says; without any,
tests/pages and ../shared/eval. The dechaff to be asked which rules hold is ./dechaff.

  --folds N      also learn N times without an Nth of the hosts, and print how
                 well the weights do on the pages of those
  --write FILE   put the weights learnt from all pages in FILE, which is
                 rules/page.rules or a copy of it
  --salt TEXT    deal the hosts to the folds in another way
  --l2 X         how much large weights cost (32); those that tell the states
                 apart which are not article cost three times, the steps a quarter
  --cost X       how much a wrong label costs (.3)
  --rounds N     steps of the optimiser (80)
  --dechaff FILE the program
  --rules FILE   the profile to start from (rules/page.rules)

The model is the one that the profile runs: a chain of four states, before,
article, gap and past, whose scores are sums of the weights of the rules that
hold for a line. Of the states only `article` is labelled; which of the others
a line is in is summed out, and so are the labels that are not known. The
likelihood is that of a conditional random field, with a price for wrong labels
by their words. Nothing is drawn by chance: the same pages give the same
weights. Needs numpy.
"""
import argparse
import collections
import itertools
import os
import pathlib
import re
import sys
import tempfile
from multiprocessing import Pool

os.environ.setdefault('OPENBLAS_NUM_THREADS', '1')
os.environ.setdefault('OMP_NUM_THREADS', '1')

import numpy as np  # noqa: E402

import pages as quality  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
STATES = ['before', 'article', 'gap', 'past']
ARTICLE = 1
STEPS = [('before', 'before'), ('before', 'article'), ('article', 'article'), ('article', 'gap'),
         ('article', 'past'), ('gap', 'gap'), ('gap', 'article'), ('gap', 'past'),
         ('past', 'past'), ('past', 'article')]
FROM = np.array([STATES.index(a) for a, _ in STEPS])
TO = np.array([STATES.index(b) for _, b in STEPS])
# A document begins before its article or in it.
START = np.array([1., 1., 0., 0.])
# Where the optimiser starts: an article is one piece with few gaps. Without it, gap and past
# would be the same at first, and stay so.
STEPS_AT_FIRST = np.array([.5, -.5, 1.5, -1.5, -.5, 1.5, -1.5, 0., .5, -.5])
# What the square of a weight costs, in units of --l2. Which of the states but article a line is in
# is never labelled, so that weights which only tell these apart have to be worth more.
OTHERS_COST, STEPS_COST = 3., .25
# A document's weight, which is divided by the square root of its lines.
WEIGHTS = {quality.DUMP: 10., quality.SEGMENTS: 10., quality.GOLD: 3., quality.CLEAN: 1.}
# A genuine text longer than that is taken in parts.
PART = 400
COST_WORDS, COST_WORDS_MOST, COST_SENTENCE = 15., 60., .7

BEGIN = re.compile(r'^# --- weights: ')
END = re.compile(r'^# --- weights end ')
WEIGH = re.compile(r'^weigh\s+(?P<weights>\S+(?:\s+(?:before|gap|past)=\S+)*)\s+(?P<rest>.*)$')
STEP = re.compile(r'^set\s+(?P<step>(?:before|article|gap|past)-(?:before|article|gap|past))\s')


class Profile:
    """The rule file, whose numbers between the two comments are to be learnt."""

    def __init__(self, path):
        self.lines = quality.read(path).split('\n')
        inside = [i for i, line in enumerate(self.lines) if BEGIN.match(line) or END.match(line)]
        if len(inside) != 2:
            sys.exit(f'train.py: {path}: the comments around the weights are missing')
        self.places = {}  # line number: rule's name
        for i in range(*inside):
            match = WEIGH.match(self.lines[i])
            if match:
                name = re.search(r'\bname=(\S+)', match['rest'])
                if not name:
                    sys.exit(f'train.py: {path}:{i + 1}: a rule without name=')
                self.places[i] = name[1]
        self.steps = {i: STEP.match(self.lines[i])['step'] for i in range(*inside)
                      if STEP.match(self.lines[i])}
        self.rules = list(self.places.values())

    def text(self, weights, steps):
        lines = list(self.lines)
        for (i, name), row in zip(self.places.items(), weights):
            rest = WEIGH.match(lines[i])['rest']
            before, article, gap, past = (f'{x + 0.:+.3f}' for x in np.round(row, 3))
            lines[i] = f'weigh {article} before={before} gap={gap} past={past} {rest}'
        values = dict(zip(('-'.join(step) for step in STEPS), steps))
        for i, step in self.steps.items():
            lines[i] = f'set {step:15} {values[step] + 0.:+.3f}'
        return '\n'.join(lines)


class Document:
    def __init__(self, page, lines, held):
        self.page, self.lines, self.held = page, lines, held
        self.labels = quality.labels_of(page, lines)

    def parts(self):
        if not self.page.is_genuine() or len(self.lines) <= PART:
            return [self]
        parts = []
        for start in range(0, len(self.lines), PART):
            part = object.__new__(Document)
            part.page, end = self.page, start + PART
            part.lines, part.held = self.lines[start:end], self.held[start:end]
            part.labels = self.labels[start:end]
            parts.append(part)
        return parts

    def weight(self):
        return WEIGHTS[self.page.kind] / np.sqrt(max(1, len(self.lines)))

    def costs(self):
        """What a wrong label of each line costs."""
        if self.page.kind == quality.SEGMENTS:
            return [COST_SENTENCE] * len(self.lines)
        return [min(len(line.split()), COST_WORDS_MOST) / COST_WORDS for line in self.lines]


def ask(asked):
    """Which rules hold for which line of the pages."""
    command, pages, numbers = asked
    documents = []
    for page, rows in zip(pages, quality.explain_all(command, [page.text for page in pages])):
        held = [[numbers[share.rpartition(':')[0]] for share in shares.split(',')
                 if share.rpartition(':')[0] in numbers] for _, shares, _ in rows]
        documents.append(Document(page, [line for _, _, line in rows], held))
    return documents


def documents_of(asked, profile):
    numbers = {name: i for i, name in enumerate(profile.rules)}
    command = [asked.dechaff, '-r', str(asked.rules)]
    pages = [page for directory in asked.directories for page in quality.load(directory)]
    with Pool() as pool:
        todo = [(command, some, numbers) for some in quality.batches(pages)]
        return [document for some in pool.imap(ask, todo) for document in some]


class Problem:
    """The documents as arrays, the first lines of all first, then the second ones, ..."""

    def __init__(self, documents, rules, l2, cost):
        parts = [part for document in documents for part in document.parts() if part.lines]
        parts.sort(key=lambda part: -len(part.lines))
        lengths = np.array([len(part.lines) for part in parts])
        self.active = [int((lengths > t).sum()) for t in range(lengths[0])]
        self.start = np.concatenate([[0], np.cumsum(self.active)])
        count, self.l2 = self.start[-1], l2
        self.held = np.zeros((count, len(rules)), np.float32)
        labels, costs = np.zeros(count, int), np.zeros(count)
        self.weight = np.zeros(count)
        for i, part in enumerate(parts):
            rows = self.start[:len(part.lines)] + i
            labels[rows], costs[rows], self.weight[rows] = part.labels, part.costs(), part.weight()
            for row, held in zip(rows, part.held):
                self.held[row, held] = 1
        self.previous = np.zeros(count, int)
        for t in range(1, len(self.active)):
            self.previous[self.start[t]:self.start[t + 1]] = (
                self.start[t - 1] + np.arange(self.active[t]))
        is_article = np.arange(len(STATES)) == ARTICLE
        apart = (is_article - is_article.mean()) / np.linalg.norm(is_article - is_article.mean())
        self.penalty = l2 * (OTHERS_COST * np.eye(len(STATES)) +
                             (1 - OTHERS_COST) * np.outer(apart, apart))
        # [free, bound] x states: what is added to the scores. Free, a wrong label gains its cost.
        wrong = np.where(is_article, (labels == 0)[:, None], (labels == 1)[:, None])
        self.extra = np.stack([cost * costs[:, None] * wrong,
                               np.where(wrong, -np.inf, 0.)], axis=1)

    def __call__(self, vector):
        """The loss, and its gradient."""
        rules = self.held.shape[1]
        weights = vector[:rules * 4].reshape(rules, 4)
        step = np.zeros((4, 4))
        step[FROM, TO] = np.exp(vector[rules * 4:])
        scores = (self.held @ weights.astype(np.float32)).astype(float)[:, None, :] + self.extra
        most = scores.max(axis=2, keepdims=True)
        scores = np.exp(scores - most)
        forward, backward = np.empty_like(scores), np.ones_like(scores)
        scale = np.empty(scores.shape[:2])
        for t, active in enumerate(self.active):
            rows = slice(self.start[t], self.start[t] + active)
            now = (forward[self.start[t - 1]:self.start[t - 1] + active] @ step if t else START)
            now = now * scores[rows]
            scale[rows] = now.sum(axis=2)
            forward[rows] = now / scale[rows][:, :, None]
        for t in range(len(self.active) - 1, 0, -1):
            rows = slice(self.start[t], self.start[t] + self.active[t])
            back = (scores[rows] * backward[rows]) @ step.T
            back /= back.sum(axis=2, keepdims=True)
            backward[self.start[t - 1]:self.start[t - 1] + self.active[t]] = back
        likelihood = ((np.log(scale) + most[:, :, 0]) * self.weight[:, None]).sum(axis=0)
        states = forward * backward
        states /= states.sum(axis=2, keepdims=True)
        slope = (states[:, 0] - states[:, 1]) * self.weight[:, None]
        later = slice(self.active[0], None)
        before = forward[self.previous[later]]
        after = scores[later] * backward[later]
        after /= ((before @ step) * after).sum(axis=2, keepdims=True)
        steps = [step * ((before[:, k] * self.weight[later, None]).T @ after[:, k]) for k in (0, 1)]
        gradient = np.concatenate([(self.held.T @ slope.astype(np.float32)).astype(float).ravel(),
                                   (steps[0] - steps[1])[FROM, TO]])
        cost = np.concatenate([(weights @ self.penalty).ravel(),
                               STEPS_COST * self.l2 * vector[rules * 4:]])
        return likelihood[0] - likelihood[1] + .5 * (vector @ cost), gradient + cost


def minimise(function, vector, rounds, memory=10):
    """L-BFGS (Nocedal 1980), with steps that are halved until they help."""
    loss, gradient = function(vector)
    pairs = collections.deque(maxlen=memory)
    for _ in range(rounds):
        direction, stack = -gradient, []
        for s, y in reversed(pairs):
            a = (s @ direction) / (s @ y)
            direction = direction - a * y
            stack.append(a)
        if pairs:
            s, y = pairs[-1]
            direction = direction * ((s @ y) / (y @ y))
        for (s, y), a in zip(pairs, reversed(stack)):
            direction = direction + s * (a - (y @ direction) / (s @ y))
        slope = gradient @ direction
        length = 1. if pairs else min(1., 1. / np.abs(gradient).sum())
        for _ in range(20):
            new = vector + length * direction
            with np.errstate(all='ignore'):  # a step too far may overflow; it is not taken
                new_loss, new_gradient = function(new)
            if new_loss <= loss + 1e-4 * length * slope:
                break
            length /= 2
        else:
            break
        s, y = new - vector, new_gradient - gradient
        if s @ y > 1e-10:
            pairs.append((s, y))
        done = loss - new_loss < 1e-6 * abs(loss)
        vector, loss, gradient = new, new_loss, new_gradient
        if done:
            break
    return vector


def learn(documents, profile, asked):
    problem = Problem(documents, profile.rules, asked.l2, asked.cost)
    vector = np.concatenate([np.zeros(len(profile.rules) * 4), STEPS_AT_FIRST])
    vector = minimise(problem, vector, asked.rounds)
    return vector[:len(profile.rules) * 4].reshape(-1, 4), vector[len(profile.rules) * 4:]


def measure(documents, profile, learnt, asked):
    """What the profile with these weights makes of the pages: {measure: [comparison, ...]}."""
    results = collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as directory, Pool() as pool:
        path = pathlib.Path(directory) / 'page.rules'
        path.write_text(profile.text(*learnt))
        pages = sorted((document.page for document in documents), key=quality.options)
        todo = [([asked.dechaff, '-r', str(path)] + given, some)
                for given, of in itertools.groupby(pages, quality.options)
                for some in quality.batches(of)]
        for (_, some), compared in zip(todo, pool.starmap(quality.compare_all, todo, chunksize=1)):
            for page, one in zip(some, compared):
                results[page.measure].append(one)
    return results


def cross_validate(documents, profile, asked):
    folds, together = [], collections.defaultdict(list)
    for fold in range(asked.folds):
        apart = [quality.fold_of(d.page, asked.folds, asked.salt) == fold for d in documents]
        learnt = learn([d for d, is_apart in zip(documents, apart) if not is_apart], profile, asked)
        folds.append(measure([d for d, is_apart in zip(documents, apart) if is_apart], profile,
                             learnt, asked))
        for name, results in folds[-1].items():
            together[name] += results
    print(f'{asked.folds} folds, on hosts the weights do not know (± deviation over folds)')
    quality.print_scores(together, folds)


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split('\n\n')[1][7:])
    parser.add_argument('--folds', type=int, default=0)
    parser.add_argument('--write')
    parser.add_argument('--salt', default='')
    parser.add_argument('--l2', type=float, default=32.)
    parser.add_argument('--cost', type=float, default=.3)
    parser.add_argument('--rounds', type=int, default=80)
    parser.add_argument('--dechaff', default=str(ROOT / 'dechaff'))
    parser.add_argument('--rules', default=str(ROOT / 'rules/page.rules'))
    parser.add_argument('directories', nargs='*',
                        default=[str(ROOT / 'tests/pages'), str(ROOT.parent / 'shared/eval')])
    asked = parser.parse_args()
    for directory in asked.directories:
        if not pathlib.Path(directory).is_dir():
            sys.exit(f'train.py: {directory}: no such directory; README.md says what to put there')
    profile = Profile(pathlib.Path(asked.rules))
    documents = documents_of(asked, profile)
    print(f'{len(documents)} documents, {sum(len(d.lines) for d in documents)} lines, '
          f'{len(profile.rules)} rules', flush=True)
    if asked.folds:
        cross_validate(documents, profile, asked)
    learnt = learn(documents, profile, asked)
    if asked.write:
        pathlib.Path(asked.write).write_text(profile.text(*learnt))
    print('fitted on all pages')
    quality.print_scores(measure(documents, profile, learnt, asked))


if __name__ == '__main__':
    main()
