#include "rarity.h"

#include <stdint.h>

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

static unsigned cost_after(const unsigned char *text)
{
    return NUMBER(pair_cost[class_of(text[-1])][class_of(text[0])]);
}

/* The cost of a window is that of its first byte, and what its pairs add to it. */
size_t rarity_window(const unsigned char *text, size_t length, size_t size)
{
    unsigned pairs = 0, most = 0;
    size_t best = 0;

    for (size_t end = 1; end < length; end++) {
        size_t start = end + 1 - size;
        unsigned cost;

        pairs += cost_after(text + end);
        if (end + 1 < size)
            continue;
        if (start > 0)
            pairs -= cost_after(text + start);
        cost = NUMBER(class_cost[class_of(text[start])]) + pairs;
        if (cost > most) {
            most = cost;
            best = start;
        }
    }
    return best;
}
