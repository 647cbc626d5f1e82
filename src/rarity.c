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

/* English has by far the most pages, and other languages' frequent words are of other letters. */
static const char common_words[][5] = {
    "a",    "all", "an",   "and",  "are",  "as",   "at",  "be",   "but",  "by",  "can",
    "do",   "for", "from", "have", "he",   "his",  "how", "i",    "if",   "in",  "is",
    "it",   "not", "of",   "on",   "one",  "or",   "our", "said", "that", "the", "they",
    "this", "to",  "was",  "we",   "will", "with", "you", "your",
};

#define COMMON_WORDS (sizeof common_words / sizeof *common_words)

bool rarity_is_common(const unsigned char *text, size_t length)
{
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
    for (size_t i = 0; i < COMMON_WORDS; i++) {
        if (memcmp(text, common_words[i], length) == 0 && common_words[i][length] == '\0')
            return true;
    }
    return false;
}
