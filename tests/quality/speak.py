"""Which words speak for a line's being article, and how much: learnt from labelled pages.

A logistic regression over the words of each line, by itself: what it says of
the line is the sum of its words' weights by the square root of their number.
Words are as dechaff has them (rules that ask for `speaks=`): runs of letters,
of scripts without blanks one character each; of longer ones the first eight
bytes count. Kept are the weightiest of those that pages of several hosts have.
"""
import collections
import re
from array import array

import numpy as np

import pages as quality
import train

# src/line/letters.c and survey.h have the same.
ALONE = '\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff'
SIGNS = ('\x80-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u2000-\u2bff\u2e00-\u303f\ufe10-\ufe6f'
         '\uff00-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffff\U0001f000-\U0001ffff')
WORD = re.compile(f'[{ALONE}]|(?:[A-Za-z]|[^\x00-\x7f{SIGNS}{ALONE}])+')
REACH, HEAD = 1024, 8

# A word must stand on pages of as many hosts; so many words are kept, to tenths.
HOSTS, MOST, STEP = 6, 3000, .1
L2, ROUNDS = 3., 50
# What else tells a line, lest words that long lines have speak for it: its words, and how it ends.
SENTENCE = re.compile(r'[.!?…。！？؟।]["”’»)\]]*\s*$')
WIDTH = 155


def words_of(line):
    reach = line.strip().encode()[:REACH].decode('utf-8', 'ignore')
    return [word.lower() for word in WORD.findall(reach)]


def head_of(word):
    return word.encode()[:HEAD]


class Text:
    """The lines of a page that are not blank, their labels and weights, and their words."""

    def __init__(self, page, weights, labels, lines):
        self.host, self.weights, self.labels = page.host, weights, labels
        self.words = [words_of(line) for line in lines]
        self.looks = [(1., min(len(words), 60) ** .5 / 4, bool(SENTENCE.search(line)))
                      for words, line in zip(self.words, lines)]


class Vocabulary:
    """The heads that several hosts have, numbered, and for each the word that most lines have."""

    def __init__(self, texts):
        hosts, lines = collections.defaultdict(set), collections.Counter()
        for text in texts:
            for words in text.words:
                lines.update(words)
                for word in words:
                    hosts[head_of(word)].add(text.host)
        shared = {head for head, of in hosts.items() if len(of) >= HOSTS}
        usual = {}
        for word, count in sorted(lines.items(), key=lambda item: (item[1], item[0])):
            usual[head_of(word)] = word
        self.words = [usual[head] for head in sorted(shared)]
        self.numbers = {head: i for i, head in enumerate(sorted(shared))}


class Problem:
    """The lines as arrays: which word stands where, and by how much it counts."""

    def __init__(self, texts, vocabulary):
        rows, columns, values, row = array('i'), array('i'), array('d'), 0
        for text in texts:
            for words in text.words:
                known = [vocabulary.numbers.get(head_of(word), -1) for word in words]
                known = [number for number in known if number >= 0]
                rows.extend([row] * len(known))
                columns.extend(known)
                values.extend([max(1, len(words)) ** -.5] * len(known))
                row += 1
        self.rows, self.columns = np.array(rows), np.array(columns)
        self.values, self.size = np.array(values), len(vocabulary.words)
        self.looks = np.array([look for text in texts for look in text.looks])
        self.labels = np.concatenate([text.labels for text in texts]) > 0
        # what many pages of one host say is its own way to speak
        pages = collections.Counter(text.host for text in texts)
        self.weights = np.concatenate([text.weights / pages[text.host] ** .5 for text in texts])
        self.weights /= self.weights[self.weights > 0].mean()

    def __call__(self, vector):
        """The loss, and its gradient."""
        of_words, of_looks = vector[:self.size], vector[self.size:]
        odds = (np.bincount(self.rows, of_words[self.columns] * self.values, len(self.labels))
                + self.looks @ of_looks)
        slope = self.weights * (1 / (1 + np.exp(-odds)) - self.labels)
        loss = (self.weights * (np.logaddexp(0, odds) - self.labels * odds)).sum()
        gradient = np.bincount(self.columns, slope[self.rows] * self.values, self.size)
        return (loss + .5 * L2 * of_words @ of_words,
                np.concatenate([gradient + L2 * of_words, slope @ self.looks]))


def learn(texts):
    """{word: weight}."""
    vocabulary = Vocabulary(texts)
    problem = Problem(texts, vocabulary)
    vector = np.zeros(problem.size + problem.looks.shape[1])
    weights = train.minimise(problem, vector, ROUNDS)[:problem.size]
    least = np.sort(np.abs(weights))[-MOST:][0]
    weights = np.where(np.abs(weights) < least, 0, np.round(weights / STEP) * STEP)
    return {word: weight for word, weight in zip(vocabulary.words, weights) if weight}


def rules_text(weights):
    """Statements, those of words that speak most against article first."""
    by_weight, lines = collections.defaultdict(list), []
    for word, weight in sorted(weights.items()):
        by_weight[round(weight, 1)].append(word)
    for weight, words in sorted(by_weight.items()):
        line = ''
        for word in words + [None]:
            if word is None or len(f'speak {weight:+.1f}{line} {word}') > WIDTH:
                lines.append(f'speak {weight:+.1f}{line}\n')
                line = ''
            line += f' {word}'
    return ''.join(lines)
