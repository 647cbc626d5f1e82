#include "given.h"

#include "match/image.h"
#include "regex/ways.h"
#include "rules/known.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define STAMP 88 /* bytes of the file that tell whose image it is */

static const char document[] = "Share this\nThe oven is lit.\nTweet\na@b\nHi there\nMore\n";

/* A user's rules, installed ones and their images, each in a directory of its own. */
struct house {
    char root[32];
    char directories[3][64];
    struct directory searched[2];
    struct paths paths;
};

static void put(const struct house *house, unsigned directory, const char *name, const char *bytes,
                size_t length)
{
    char path[128];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", house->directories[directory], name);
    file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_int_eq(chmod(path, 0644), 0);
}

static void put_text(const struct house *house, unsigned directory, const char *name,
                     const char *text)
{
    put(house, directory, name, text, strlen(text));
}

static void drop(const struct house *house, unsigned directory, const char *name)
{
    char path[128];

    snprintf(path, sizeof path, "%s/%s", house->directories[directory], name);
    unlink(path);
}

enum { USER, SHIPPED, IMAGES };

/* It has three ways. */
#define PARTED "/^tweet\\b|unsubscribe .*now|\\w@\\w/i"

static const char main_rules[] = "include part\ninclude part\nfunction the is\n[host example.org]\n"
                                 "include part\n[]\nmark chrome /^more$/i\n"
                                 "strip /there/ with \"x\"\nset hold-lines 7\n";
static const char part_rules[] = "drop /^share this$/i name=share\ndrop " PARTED " max-words=3\n";

/* With BY's image the regexes in it are known. */
static struct rules *load_by(const struct house *house, const char *name, bool for_image,
                             const char *by)
{
    struct rules *rules = rules_create();
    struct diagnostics diagnostics = {0};
    struct load *load;

    if (for_image && !image_begin(rules)) {
        rules_destroy(rules);
        return NULL;
    }
    if (by)
        image_know(rules, by, &house->paths);
    load = load_create(rules, &house->paths, &diagnostics, false);
    ck_assert(load_name(load, name));
    ck_assert(rules_finish(rules, &diagnostics));
    ck_assert_uint_eq(diagnostics.count, 0);
    load_destroy(load);
    return rules;
}

static struct rules *load(const struct house *house, const char *name, bool for_image)
{
    return load_by(house, name, for_image, NULL);
}

/* False if this system has no images. */
static bool write_image(const struct house *house)
{
    struct rules *rules = load(house, "main", true);
    char path[128];
    bool written = rules != NULL;

    snprintf(path, sizeof path, "%s/main.image", house->directories[IMAGES]);
    if (written)
        ck_assert(image_write(rules, path));
    rules_destroy(rules);
    return written;
}

static bool open_house(struct house *house)
{
    static const char *const names[] = {"user", "shipped", "images"};

    *house = (struct house){.root = "/tmp/check_image.XXXXXX"};
    ck_assert_ptr_nonnull(mkdtemp(house->root));
    for (unsigned i = 0; i < 3; i++) {
        snprintf(house->directories[i], sizeof house->directories[i], "%s/%s", house->root,
                 names[i]);
        ck_assert_int_eq(mkdir(house->directories[i], 0755), 0);
    }
    house->searched[0] = (struct directory){house->directories[USER], true};
    house->searched[1] = (struct directory){house->directories[SHIPPED], true};
    house->paths = (struct paths){house->searched, 2, house->directories[IMAGES]};
    put_text(house, SHIPPED, "main.rules", main_rules);
    put_text(house, SHIPPED, "part.rules", part_rules);
    return write_image(house);
}

static void close_house(const struct house *house)
{
    static const char *const names[] = {"main.rules", "part.rules", "main.image"};

    for (unsigned i = 0; i < 3; i++) {
        for (unsigned j = 0; j < 3; j++)
            drop(house, i, names[j]);
        rmdir(house->directories[i]);
    }
    ck_assert_int_eq(rmdir(house->root), 0);
}

/* Takes the image; what was taken or would be loaded instead says the same. */
static bool is_taken(const struct house *house)
{
    struct rules *rules = rules_create(), *loaded = load(house, "main", false);
    bool taken = image_take(rules, "main", &house->paths);

    ck_assert_int_eq(taken, rules->image != NULL);
    if (taken) {
        static struct given_text kept, wanted;
        char *text = rules_text(rules), *wanted_text = rules_text(loaded);

        kept.length = wanted.length = 0;
        ck_assert_str_eq(text, wanted_text);
        free(text);
        free(wanted_text);
        given_filtered(rules, document, &kept);
        given_filtered(loaded, document, &wanted);
        ck_assert_uint_eq(kept.length, wanted.length);
        ck_assert_mem_eq(kept.bytes, wanted.bytes, wanted.length);
        ck_assert_uint_eq(rules->parameters.hold_lines, 7);
    }
    rules_destroy(rules);
    rules_destroy(loaded);
    return taken;
}

START_TEST(an_image_says_what_its_files_say)
{
    struct house house;

    if (open_house(&house)) {
        ck_assert(is_taken(&house));
        ck_assert(is_taken(&house)); /* the first one is gone */
    }
    close_house(&house);
}
END_TEST

START_TEST(files_that_differ_are_loaded)
{
    struct house house;

    if (open_house(&house)) {
        static char changed[sizeof part_rules];

        memcpy(changed, part_rules, sizeof changed);
        changed[sizeof changed - 3] = '4';
        put_text(&house, SHIPPED, "part.rules", changed);
        ck_assert(!is_taken(&house));
        put_text(&house, SHIPPED, "part.rules", "drop /^tweet$/\n");
        ck_assert(!is_taken(&house));
        put_text(&house, SHIPPED, "part.rules", part_rules);
        ck_assert(is_taken(&house));
        put_text(&house, USER, "part.rules", "drop /^The/\n");
        ck_assert(!is_taken(&house));
        /* a user's copy is the same, and is what messages name */
        put_text(&house, USER, "part.rules", part_rules);
        ck_assert(is_taken(&house));
        put_text(&house, USER, "main.rules", "drop /^The/\n");
        ck_assert(!is_taken(&house));
    }
    close_house(&house);
}
END_TEST

/* The image's bytes; *LENGTH of them. */
static char *read_image(const struct house *house, size_t *length)
{
    size_t room = 1 << 20;
    char path[128], *bytes = malloc(room);
    FILE *file;

    snprintf(path, sizeof path, "%s/main.image", house->directories[IMAGES]);
    file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    *length = fread(bytes, 1, room, file);
    ck_assert_uint_lt(*length, room);
    ck_assert_uint_gt(*length, STAMP);
    fclose(file);
    return bytes;
}

START_TEST(a_damaged_image_is_not_taken)
{
    struct house house;

    if (open_house(&house)) {
        struct rules *rules = rules_create();
        size_t length;
        char *bytes = read_image(&house, &length);

        for (size_t i = 0; i < STAMP; i++) {
            bytes[i] ^= 1;
            put(&house, IMAGES, "main.image", bytes, length);
            ck_assert_msg(!is_taken(&house), "byte %zu", i);
            bytes[i] ^= 1;
        }
        for (size_t i = 0; i < length; i += 1 + i / 4) {
            put(&house, IMAGES, "main.image", bytes, i);
            ck_assert_msg(!is_taken(&house), "cut at %zu", i);
        }
        put(&house, IMAGES, "main.image", bytes, length);
        ck_assert(is_taken(&house));
        put(&house, IMAGES, "part.image", bytes, length); /* it is of main */
        ck_assert(!image_take(rules, "part", &house.paths));
        drop(&house, IMAGES, "part.image");
        rules_destroy(rules);
        free(bytes);
    }
    close_house(&house);
}
END_TEST

START_TEST(only_what_nobody_else_can_write_is_taken)
{
    struct house house;

    if (open_house(&house)) {
        char path[128];

        snprintf(path, sizeof path, "%s/main.image", house.directories[IMAGES]);
        ck_assert_int_eq(chmod(path, 0664), 0);
        ck_assert(!is_taken(&house));
        ck_assert_int_eq(chmod(path, 0646), 0);
        ck_assert(!is_taken(&house));
        ck_assert_int_eq(chmod(path, 0444), 0);
        ck_assert(is_taken(&house));
        if (chown(path, 12345, (gid_t)-1) == 0)
            ck_assert(!is_taken(&house));
        unlink(path);
        ck_assert(!is_taken(&house));
        ck_assert_int_eq(mkfifo(path, 0644), 0);
        ck_assert(!is_taken(&house));
    }
    close_house(&house);
}
END_TEST

START_TEST(other_ceilings_are_checked_by_loading)
{
    struct house house;

    if (open_house(&house)) {
        struct rules *rules = rules_create();

        rules->limits.most[LIMIT_RULES]++;
        ck_assert(!image_take(rules, "main", &house.paths));
        rules->limits.most[LIMIT_RULES]--;
        ck_assert(!image_take(rules, "part", &house.paths));
        ck_assert(!image_take(rules, "../images/main", &house.paths));
        ck_assert(image_take(rules, "main", &house.paths));
        rules_destroy(rules);
    }
    close_house(&house);
}
END_TEST

START_TEST(regexes_in_an_image_are_known)
{
    struct house house;

    if (open_house(&house)) {
        static struct given_text kept, wanted;
        const struct regex share = {.text = "^share this$", .length = 12, .flags = REGEX_CASELESS},
                           other = {.text = "^share this$", .length = 12};
        const struct required *required;
        struct rules *loaded, *rules;

        kept.length = wanted.length = 0;
        /* whatever its files and the others of the set are */
        put_text(&house, SHIPPED, "main.rules", "drop /^hi/\ninclude part\n");
        rules = load_by(&house, "main", false, "main");
        ck_assert_ptr_nonnull(rules->known);
        ck_assert_ptr_eq(known_find(rules->known, &share)->required->literals,
                         rules->items[1].required->literals);
        ck_assert_ptr_null(known_find(rules->known, &other));
        required = rules->items[2].required;
        ck_assert_uint_eq(required->ways_count, 3);
        for (size_t i = 0; i < required->ways_count; i++)
            ck_assert_ptr_nonnull(required->ways[i].regex.compiled);
        ck_assert_ptr_null(rules->items[2].regex.compiled);
        given_filtered(rules, document, &kept);
        rules_destroy(rules);
        loaded = load_by(&house, "main", false, "part");
        ck_assert_ptr_null(loaded->known);
        given_filtered(loaded, document, &wanted);
        rules_destroy(loaded);
        ck_assert_uint_eq(kept.length, wanted.length);
        ck_assert_mem_eq(kept.bytes, wanted.bytes, wanted.length);
    }
    close_house(&house);
}
END_TEST

/* Whether they could be added to those of the image; then all is as if they were loaded. */
static bool is_added(const struct house *house, const char *text)
{
    static struct given_text kept, wanted;
    struct rules *all[] = {rules_create(), rules_create()};
    struct diagnostics diagnostics = {0};
    char *texts[2];
    bool is_beyond = false;

    ck_assert(image_take(all[0], "main", &house->paths) && rules_open(all[0]));
    for (unsigned i = 0; i < 2; i++) {
        struct load *load = load_create(all[i], &house->paths, &diagnostics, false);

        ck_assert(i == 0 || load_name(load, "main"));
        ck_assert(load_text(load, text));
        is_beyond |= load_is_beyond(load);
        ck_assert(is_beyond || rules_finish(all[i], &diagnostics));
        load_destroy(load);
    }
    if (!is_beyond) {
        char *said = diag_text(&diagnostics);

        ck_assert_str_eq(said, "");
        free(said);
        kept.length = wanted.length = 0;
        for (unsigned i = 0; i < 2; i++) {
            texts[i] = rules_text(all[i]);
            given_filtered(all[i], document, i == 0 ? &kept : &wanted);
        }
        ck_assert_str_eq(texts[0], texts[1]);
        ck_assert_uint_eq(kept.length, wanted.length);
        ck_assert_mem_eq(kept.bytes, wanted.bytes, wanted.length);
        free(texts[0]);
        free(texts[1]);
    }
    for (unsigned i = 0; i < 2; i++)
        rules_destroy(all[i]);
    diag_free(&diagnostics);
    return !is_beyond;
}

START_TEST(rules_are_added_to_those_of_an_image)
{
    struct house house;

    if (open_house(&house)) {
        struct rules *rules = rules_create();

        ck_assert(is_added(&house, "set hold-lines 7"));
        ck_assert(is_added(&house, "drop /oven/"));
        ck_assert(is_added(&house, "strip /oven/ with \"stove\"\nkeep /^tweet/i\ndrop /^hi/i"));
        ck_assert(is_added(&house, "[host *.org]\nkeep /oven/\n[lang de]\ndrop /oven/"));
        ck_assert(is_added(&house, "mark chrome /oven/\nset hold-lines 8"));
        ck_assert(is_added(&house, "include part\ndrop " PARTED " name=mine"));
        ck_assert(!is_added(&house, "function oven"));
        ck_assert(!is_added(&house, "define OVEN /oven/"));
        ck_assert(!is_added(&house, "bind part"));
        /* one that could not be finished is empty again */
        ck_assert(image_take(rules, "main", &house.paths));
        ck_assert(rules_open(rules) && rules_clear(rules));
        ck_assert_ptr_null(rules->image);
        ck_assert(image_take(rules, "main", &house.paths));
        rules_destroy(rules);
    }
    close_house(&house);
}
END_TEST

START_TEST(a_path_is_not_kept)
{
    struct house house;

    if (open_house(&house)) {
        char path[128];
        struct rules *rules;

        snprintf(path, sizeof path, "%s/part.rules", house.directories[SHIPPED]);
        rules = load(&house, path, true);
        ck_assert(!image_write(rules, "/dev/null"));
        rules_destroy(rules);
    }
    close_house(&house);
}
END_TEST

Suite *image_suite(void);

Suite *image_suite(void)
{
    Suite *suite = suite_create("image");
    TCase *tests = tcase_create("image");

    tcase_add_test(tests, an_image_says_what_its_files_say);
    tcase_add_test(tests, files_that_differ_are_loaded);
    tcase_add_test(tests, a_damaged_image_is_not_taken);
    tcase_add_test(tests, only_what_nobody_else_can_write_is_taken);
    tcase_add_test(tests, other_ceilings_are_checked_by_loading);
    tcase_add_test(tests, regexes_in_an_image_are_known);
    tcase_add_test(tests, rules_are_added_to_those_of_an_image);
    tcase_add_test(tests, a_path_is_not_kept);
    suite_add_tcase(suite, tests);
    return suite;
}
