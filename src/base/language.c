#include "base/language.h"

#include <stdlib.h>
#include <string.h>

struct language {
    char code[4];
    char canonical[3];
};

/* Sorted by code. The three-letter codes are those that the lists of the registration authorities
 * of ISO 639-2 (Library of Congress, with the bibliographic codes) and ISO 639-3 (SIL) give a
 * two-letter one, as Debian's iso-codes 4.15 has them; the members of macrolanguages are SIL's; the
 * two-letter ones are those that the IANA Language Subtag Registry calls deprecated. */
static const struct language languages[] = {
    {"aar", "aa"}, {"abk", "ab"}, {"acm", "ar"}, {"acq", "ar"}, {"aeb", "ar"}, {"afb", "ar"},
    {"afr", "af"}, {"ajp", "ar"}, {"aka", "ak"}, {"alb", "sq"}, {"aln", "sq"}, {"als", "sq"},
    {"amh", "am"}, {"apc", "ar"}, {"apd", "ar"}, {"ara", "ar"}, {"arb", "ar"}, {"arg", "an"},
    {"arm", "hy"}, {"arq", "ar"}, {"ars", "ar"}, {"ary", "ar"}, {"arz", "ar"}, {"asm", "as"},
    {"ava", "av"}, {"ave", "ae"}, {"ayl", "ar"}, {"aym", "ay"}, {"ayr", "ay"}, {"aze", "az"},
    {"azj", "az"}, {"bak", "ba"}, {"bam", "bm"}, {"baq", "eu"}, {"bel", "be"}, {"ben", "bn"},
    {"bih", "bh"}, {"bis", "bi"}, {"bod", "bo"}, {"bos", "bs"}, {"bre", "br"}, {"bul", "bg"},
    {"bur", "my"}, {"cat", "ca"}, {"ces", "cs"}, {"cha", "ch"}, {"che", "ce"}, {"chi", "zh"},
    {"chu", "cu"}, {"chv", "cv"}, {"cmn", "zh"}, {"cor", "kw"}, {"cos", "co"}, {"cre", "cr"},
    {"cym", "cy"}, {"cze", "cs"}, {"dan", "da"}, {"deu", "de"}, {"div", "dv"}, {"dut", "nl"},
    {"dzo", "dz"}, {"ekk", "et"}, {"ell", "el"}, {"eng", "en"}, {"epo", "eo"}, {"est", "et"},
    {"eus", "eu"}, {"ewe", "ee"}, {"fao", "fo"}, {"fas", "fa"}, {"fij", "fj"}, {"fin", "fi"},
    {"fra", "fr"}, {"fre", "fr"}, {"fry", "fy"}, {"ful", "ff"}, {"fuv", "ff"}, {"gaz", "om"},
    {"geo", "ka"}, {"ger", "de"}, {"gla", "gd"}, {"gle", "ga"}, {"glg", "gl"}, {"glv", "gv"},
    {"gre", "el"}, {"grn", "gn"}, {"gug", "gn"}, {"guj", "gu"}, {"hat", "ht"}, {"hau", "ha"},
    {"hbs", "sh"}, {"heb", "he"}, {"her", "hz"}, {"hin", "hi"}, {"hmo", "ho"}, {"hrv", "hr"},
    {"hun", "hu"}, {"hye", "hy"}, {"ibo", "ig"}, {"ice", "is"}, {"ido", "io"}, {"iii", "ii"},
    {"ike", "iu"}, {"iku", "iu"}, {"ile", "ie"}, {"in", "id"},  {"ina", "ia"}, {"ind", "id"},
    {"ipk", "ik"}, {"isl", "is"}, {"ita", "it"}, {"iw", "he"},  {"jav", "jv"}, {"ji", "yi"},
    {"jpn", "ja"}, {"jw", "jv"},  {"kal", "kl"}, {"kan", "kn"}, {"kas", "ks"}, {"kat", "ka"},
    {"kau", "kr"}, {"kaz", "kk"}, {"khk", "mn"}, {"khm", "km"}, {"kik", "ki"}, {"kin", "rw"},
    {"kir", "ky"}, {"kmr", "ku"}, {"knc", "kr"}, {"kng", "kg"}, {"kom", "kv"}, {"kon", "kg"},
    {"kor", "ko"}, {"kpv", "kv"}, {"kua", "kj"}, {"kur", "ku"}, {"lao", "lo"}, {"lat", "la"},
    {"lav", "lv"}, {"lim", "li"}, {"lin", "ln"}, {"lit", "lt"}, {"ltz", "lb"}, {"lub", "lu"},
    {"lug", "lg"}, {"lvs", "lv"}, {"mac", "mk"}, {"mah", "mh"}, {"mal", "ml"}, {"mao", "mi"},
    {"mar", "mr"}, {"may", "ms"}, {"mkd", "mk"}, {"mlg", "mg"}, {"mlt", "mt"}, {"mo", "ro"},
    {"mon", "mn"}, {"mri", "mi"}, {"msa", "ms"}, {"mya", "my"}, {"nau", "na"}, {"nav", "nv"},
    {"nbl", "nr"}, {"nde", "nd"}, {"ndo", "ng"}, {"nep", "ne"}, {"nld", "nl"}, {"nno", "nn"},
    {"nob", "nb"}, {"nor", "no"}, {"npi", "ne"}, {"nya", "ny"}, {"oci", "oc"}, {"oji", "oj"},
    {"ori", "or"}, {"orm", "om"}, {"ory", "or"}, {"oss", "os"}, {"pan", "pa"}, {"pbt", "ps"},
    {"pbu", "ps"}, {"per", "fa"}, {"pes", "fa"}, {"pli", "pi"}, {"plt", "mg"}, {"pol", "pl"},
    {"por", "pt"}, {"prs", "fa"}, {"pst", "ps"}, {"pus", "ps"}, {"que", "qu"}, {"quy", "qu"},
    {"quz", "qu"}, {"roh", "rm"}, {"ron", "ro"}, {"rum", "ro"}, {"run", "rn"}, {"rus", "ru"},
    {"sag", "sg"}, {"san", "sa"}, {"sin", "si"}, {"slk", "sk"}, {"slo", "sk"}, {"slv", "sl"},
    {"sme", "se"}, {"smo", "sm"}, {"sna", "sn"}, {"snd", "sd"}, {"som", "so"}, {"sot", "st"},
    {"spa", "es"}, {"sqi", "sq"}, {"src", "sc"}, {"srd", "sc"}, {"sro", "sc"}, {"srp", "sr"},
    {"ssw", "ss"}, {"sun", "su"}, {"swa", "sw"}, {"swe", "sv"}, {"swh", "sw"}, {"tah", "ty"},
    {"tam", "ta"}, {"tat", "tt"}, {"tel", "te"}, {"tgk", "tg"}, {"tgl", "tl"}, {"tha", "th"},
    {"tib", "bo"}, {"tir", "ti"}, {"ton", "to"}, {"tsn", "tn"}, {"tso", "ts"}, {"tuk", "tk"},
    {"tur", "tr"}, {"twi", "tw"}, {"uig", "ug"}, {"ukr", "uk"}, {"urd", "ur"}, {"uzb", "uz"},
    {"uzn", "uz"}, {"ven", "ve"}, {"vie", "vi"}, {"vol", "vo"}, {"wel", "cy"}, {"wln", "wa"},
    {"wol", "wo"}, {"wuu", "zh"}, {"xho", "xh"}, {"ydd", "yi"}, {"yid", "yi"}, {"yor", "yo"},
    {"yue", "zh"}, {"zha", "za"}, {"zho", "zh"}, {"zsm", "ms"}, {"zul", "zu"}, {"zyb", "za"},
};

static char to_small(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

/* The first of a list with commas, without the white space around it. */
static struct span first_of(struct span list)
{
    const char *comma = span_find(list, ",", 1);

    if (comma)
        list.length = (size_t)(comma - list.text);
    return span_trim(list, span_is_white);
}

static int compare(const void *key, const void *row)
{
    return strcmp(key, ((const struct language *)row)->code);
}

/* The shortest code for the subtag, or the subtag itself. */
static const char *canonical(const char *subtag)
{
    const struct language *found = bsearch(subtag, languages, sizeof languages / sizeof *languages,
                                           sizeof *languages, compare);

    return found ? found->canonical : subtag;
}

bool language_canonical(struct span code, char out[LANGUAGE_SIZE])
{
    struct span first = first_of(code);
    char subtag[LANGUAGE_SIZE];
    size_t length = 0, written;
    const char *shortest;

    out[0] = '\0';
    if (first.length == 0 || first.length >= LANGUAGE_SIZE)
        return false;
    for (; length < first.length && first.text[length] != '-' && first.text[length] != '_';
         length++)
        subtag[length] = to_small(first.text[length]);
    subtag[length] = '\0';
    shortest = canonical(subtag);
    written = strlen(shortest);
    memcpy(out, shortest, written);
    for (; length < first.length; length++)
        out[written++] = first.text[length] == '_' ? '-' : first.text[length];
    out[written] = '\0';
    return true;
}

bool language_is_known(const char *code)
{
    if (strcspn(code, "-") != 2)
        return true;
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (memcmp(languages[i].canonical, code, 2) == 0)
            return true;
    return false;
}
