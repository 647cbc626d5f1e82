#include "regex/rarity.h"

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

/* The class of each byte in the same way: A to Z for letters, then as in byte_class. */
static const char byte_classes[0x100 + 1] =
    "^^^^^^^^^^\\^^^^^^^^^^^^^^^^^^^^^[^^^^^^^^^^^^^^^]]]]]]]]]]^^^^^^"
    "^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ABCDEFGHIJKLMNOPQRSTUVWXYZ^^^^^"
    "````````````````````````````````````````````````````````````````"
    "________________________________________________________________";

unsigned rarity_class(unsigned char byte)
{
    return NUMBER(byte_classes[byte]);
}

unsigned rarity_of_first(unsigned class)
{
    return NUMBER(class_cost[class]);
}

unsigned rarity_of_next(unsigned previous, unsigned class)
{
    return NUMBER(pair_cost[previous][class]);
}

unsigned rarity_of(const unsigned char *text, size_t length)
{
    unsigned previous, sum;

    if (length == 0)
        return 0;
    previous = rarity_class(text[0]);
    sum = rarity_of_first(previous);
    for (size_t i = 1; i < length; i++) {
        unsigned next = rarity_class(text[i]);

        sum += rarity_of_next(previous, next);
        previous = next;
    }
    return sum;
}

int rarity_joined(unsigned char before, unsigned char first)
{
    unsigned class = rarity_class(first);

    return (int)rarity_of_next(rarity_class(before), class) - (int)rarity_of_first(class);
}

#define WORD_LONGEST sizeof(uint32_t)

/* By their first letter. English has by far the most pages, and other languages' frequent words are
 * of other letters. */
static const char common_words['z' - 'a' + 1][8][WORD_LONGEST + 1] = {
    ['a' - 'a'] = {"a", "all", "an", "and", "are", "as", "at"},
    ['b' - 'a'] = {"be", "but", "by"},
    ['c' - 'a'] = {"can"},
    ['d' - 'a'] = {"do"},
    ['f' - 'a'] = {"for", "from"},
    ['h' - 'a'] = {"have", "he", "his", "how"},
    ['i' - 'a'] = {"i", "if", "in", "is", "it"},
    ['n' - 'a'] = {"not"},
    ['o' - 'a'] = {"of", "on", "one", "or", "our"},
    ['s' - 'a'] = {"said"},
    ['t' - 'a'] = {"that", "the", "they", "this", "to"},
    ['w' - 'a'] = {"was", "we", "will", "with"},
    ['y' - 'a'] = {"you", "your"},
};

static bool is_space(unsigned char byte)
{
    return byte == ' ' || byte == '\n';
}

static bool is_word(const char *word, const unsigned char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (word[i] != (char)text[i])
            return false;
    }
    return word[length] == '\0';
}

bool rarity_is_common(const unsigned char *text, size_t length)
{
    if (length >= WORD_LONGEST + 4)
        return false;
    for (; length > 0 && is_space(*text); text++)
        length--;
    while (length > 0 && is_space(text[length - 1]))
        length--;
    if (length == 0 || length > WORD_LONGEST)
        return false;
    /* Years are words that many lines have. */
    if (length == 2 && (memcmp(text, "19", 2) == 0 || memcmp(text, "20", 2) == 0))
        return true;
    if (*text < 'a' || *text > 'z')
        return false;
    for (const char(*common)[WORD_LONGEST + 1] = common_words[*text - 'a']; **common; common++) {
        if (is_word(*common, text, length))
            return true;
    }
    return false;
}
