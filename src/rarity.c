#include "rarity.h"

#include <stdint.h>

enum byte_class { CLASS_SPACE = 26, CLASS_END, CLASS_DIGIT, CLASS_SIGN, CLASS_LEAD, CLASS_TRAIL };

#define CLASSES 32
#define COST(letter) ((unsigned)((letter) - 'A'))

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

static unsigned class_of(unsigned char byte)
{
    if (byte >= 'a' && byte <= 'z')
        return (unsigned)(byte - 'a');
    if (byte >= 0x80)
        return byte >= 0xC0 ? CLASS_LEAD : CLASS_TRAIL;
    if (byte == ' ')
        return CLASS_SPACE;
    if (byte == '\n')
        return CLASS_END;
    return byte >= '0' && byte <= '9' ? CLASS_DIGIT : CLASS_SIGN;
}

unsigned rarity_of(const unsigned char *text, size_t length)
{
    unsigned previous, sum;

    if (length == 0)
        return 0;
    previous = class_of(text[0]);
    sum = COST(class_cost[previous]);
    for (size_t i = 1; i < length; i++) {
        unsigned next = class_of(text[i]);

        sum += COST(pair_cost[previous][next]);
        previous = next;
    }
    return sum;
}

size_t rarity_window(const unsigned char *text, size_t length, size_t size)
{
    size_t best = 0;
    unsigned most = 0;

    for (size_t at = 0; at + size <= length; at++) {
        unsigned rarity = rarity_of(text + at, size);

        if (rarity > most) {
            most = rarity;
            best = at;
        }
    }
    return best;
}
