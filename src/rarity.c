#include "rarity.h"

#include <stdint.h>
#include <string.h>

/* After the letters a to z. A sign is any other ASCII byte. */
enum byte_class { CLASS_SPACE = 26, CLASS_END, CLASS_DIGIT, CLASS_SIGN, CLASS_LEAD, CLASS_TRAIL };

#define CLASSES 32
#define NUMBER(letter) ((unsigned)((letter) - 'A'))

/* Half bits as letters, A for 0. Counted over web pages in a dozen languages and a few books,
 * blank lines left out; the share of one digit or sign in its class is put in. */
static const char class_cost[CLASSES + 1] = "JNMLINMLJROLMJKNSKKJLPNRPPFMROQS";

/* The cost of each class after the class that the row names. */
static const char pair_cost[CLASSES][CLASSES + 1] = {
    "QKJKSNKMLRMHJFVMUHIHINPRMPIOWUVY", /* a */
    "HPPQDRPPIOSIOPITUIKNIRQULQLPTRSU", /* b */
    "IQNSITTDKQJLSSGUULPJLUUVOOMRTSTW", /* c */
    "HQQOESRRGTTOQPJRVLMQJQRVPQFNURTW", /* d */
    "LNLKNONNITPJKFROTFHKNONOQRFMYSWZ", /* e */
    "HQRRGJPRHUSKSOGPUINIKSSTQQGPTRPU", /* f */
    "JQURESOLHUQKQMKQUIKLKTSUQTFKVQSV", /* g */
    "GRTSETSRHVRKNLISVINILTOWPSGOWSSW", /* h */
    "LNHLGMKPTUNJKEJOTKHGRMVSVOLRYUVY", /* i */
    "GPPOFPPPLQOPONIMQPNPHPPMQPLPSOOQ", /* j */
    "HQQRGNQPITQJRNHSTKKHJRPSQPHLUQQT", /* k */
    "HOPKFOOSGSPHPOIPVSKJKRRWLQHMWSSW", /* l */
    "GLRRFRQTGSTOJQIJVQMNKSRTNSGMURRV", /* m */
    "JQLGHNHQJTNOQLKSWSJHMQQXPOEKZQUY", /* n */
    "PMLKQJLOOPMJIFLKVGJJIMKRRQGOXTUX", /* o */
    "GSQOGMOMITPIPOGKTFLJKSTVNSJNVRSV", /* p */
    "OOPPPPPPPPPOOPPPOOOOEOONOMONPNNP", /* q */
    "HMMKFOLPIVMMMLIQWNJJKOOWMNFMXSTY", /* r */
    "KQIRGQQLIVOOOQJKVQIFLQPWPQEKXQUY", /* s */
    "IRQSFRRGHWTNQRIPXJKKLSNUMMFMYQTY", /* t */
    "MLJNJJLQMROJIESLVHGHSRTQSQIRWTTW", /* u */
    "HRRRDSQSGSRRQPGQTQQRPSRSQRMPSQRT", /* v */
    "GTRQESUJFSSPQLHQTNJRNSNSOSIPUQQU", /* w */
    "JQLPKPQOJPONLMOINOPILNQOOPHLQNOQ", /* x */
    "MOMPKQPRNQPMMMHKSOJLQRNRRQDJSOQS", /* y */
    "JOPOFQPQHRPMONMPRQPKFQKQLOIMTQQS", /* z */
    "JLMJLLMMKQNMLMMLTNKKMNLUQOCWRRUZ", /* space */
    "NPOMOOQQOTROPPQPWPNMQRNXTTBZVQUX", /* end */
    "PPPOOPRRQRRPPQQQRRQORRRPRQHJJNPS", /* digit */
    "PPOPQPPQPRRQOQQPRPOPQQQRRRGKQKPR", /* sign */
    "PPPPPPPPPPPPPPPPPPPPPPPPPPRRQNNM", /* lead */
    "ONNONOONOPPNOMOPPLMMOPOPPPJOQNMO", /* continuation */
};

/* The class of each ASCII byte in the same way: A to Z for letters, then as in byte_class. */
static const char ascii_class[0x80 + 1] = "^^^^^^^^^^\\^^^^^^^^^^^^^^^^^^^^^"
                                          "[^^^^^^^^^^^^^^^]]]]]]]]]]^^^^^^"
                                          "^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"
                                          "^ABCDEFGHIJKLMNOPQRSTUVWXYZ^^^^^";

static unsigned class_of(unsigned char byte)
{
    if (byte < 0x80)
        return NUMBER(ascii_class[byte]);
    return byte >= 0xC0 ? CLASS_LEAD : CLASS_TRAIL;
}

unsigned rarity_of(const unsigned char *text, size_t length, unsigned enough)
{
    unsigned previous, sum;

    if (length == 0)
        return 0;
    previous = class_of(text[0]);
    sum = NUMBER(class_cost[previous]);
    for (size_t i = 1; i < length && sum < enough; i++) {
        unsigned next = class_of(text[i]);

        sum += NUMBER(pair_cost[previous][next]);
        previous = next;
    }
    return sum;
}

#define WORD_LONGEST sizeof(uint32_t)

/* Ascending. English has by far the most pages, and other languages' frequent words are of other
 * letters. Years are words that many lines have. */
static const char common_words[][WORD_LONGEST + 1] = {
    "19",  "20",   "a",    "all", "an",   "and",  "are",  "as",   "at",  "be",   "but",
    "by",  "can",  "do",   "for", "from", "have", "he",   "his",  "how", "i",    "if",
    "in",  "is",   "it",   "not", "of",   "on",   "one",  "or",   "our", "said", "that",
    "the", "they", "this", "to",  "was",  "we",   "will", "with", "you", "your",
};

#define COMMON_WORDS (sizeof common_words / sizeof *common_words)

/* Ascending as the words are. */
static uint32_t key_of(const unsigned char *text, size_t length)
{
    uint32_t key = 0;

    for (size_t i = 0; i < WORD_LONGEST; i++)
        key = key << 8 | (i < length ? text[i] : 0);
    return key;
}

bool rarity_is_common(const unsigned char *text, size_t length)
{
    size_t low = 0, high = COMMON_WORDS;
    uint32_t key;

    if (length >= sizeof *common_words + 3)
        return false;
    while (length > 0 && (class_of(*text) == CLASS_SPACE || class_of(*text) == CLASS_END)) {
        text++;
        length--;
    }
    while (length > 0 &&
           (class_of(text[length - 1]) == CLASS_SPACE || class_of(text[length - 1]) == CLASS_END))
        length--;
    if (length == 0 || length >= sizeof *common_words)
        return false;
    key = key_of(text, length);
    while (low < high) {
        size_t middle = (low + high) / 2;

        if (key_of((const unsigned char *)common_words[middle], WORD_LONGEST) < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < COMMON_WORDS &&
           key_of((const unsigned char *)common_words[low], WORD_LONGEST) == key;
}
