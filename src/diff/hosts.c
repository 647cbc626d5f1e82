#include "diff/hosts.h"

#include "base/grow.h"

#include <stdlib.h>
#include <string.h>

void hosts_release(struct hosts *hosts)
{
    for (size_t i = 0; i < hosts->count; i++)
        free(hosts->items[i].name);
    free(hosts->items);
    table_release(&hosts->table);
    *hosts = (struct hosts){0};
}

bool counts_any(const struct change_counts *counts)
{
    return counts->lines_lost || counts->lines_gained || counts->lines_edited;
}

void counts_add(struct change_counts *counts, const struct change_counts *other)
{
    counts->lines_lost += other->lines_lost;
    counts->words_lost += other->words_lost;
    counts->lines_gained += other->lines_gained;
    counts->words_gained += other->words_gained;
    counts->lines_edited += other->lines_edited;
}

void counts_take(struct change_counts *counts, const struct change_counts *other)
{
    counts->lines_lost -= other->lines_lost;
    counts->words_lost -= other->words_lost;
    counts->lines_gained -= other->lines_gained;
    counts->words_gained -= other->words_gained;
    counts->lines_edited -= other->lines_edited;
}

static int compare_hashes(const void *one, const void *other)
{
    const struct host *left = one, *right = other;

    if (left->hash != right->hash)
        return left->hash < right->hash ? -1 : 1;
    return strcmp(left->name, right->name);
}

static void leave_out(struct hosts *hosts)
{
    if (hosts->count <= HOSTS_MOST)
        return;
    qsort(hosts->items, hosts->count, sizeof *hosts->items, compare_hashes);
    while (hosts->count > HOSTS_MOST)
        free(hosts->items[--hosts->count].name);
    hosts->is_bounded = true;
    hosts->bound = hosts->items[hosts->count - 1].hash;
}

/* Numbers the items anew. */
static bool fill_table(struct hosts *hosts)
{
    table_release(&hosts->table);
    for (size_t i = 0; i < hosts->count; i++)
        if (!table_add(&hosts->table, hosts->items[i].hash, (uint32_t)i))
            return false;
    return true;
}

static bool make_room(struct hosts *hosts)
{
    struct host *items;

    if (hosts->count == 2 * (size_t)HOSTS_MOST) {
        leave_out(hosts);
        return fill_table(hosts);
    }
    items = grow_by_one(hosts->items, hosts->count, &hosts->capacity, sizeof *items);
    if (items)
        hosts->items = items;
    return items != NULL;
}

static struct host *find(struct hosts *hosts, struct span name, uint64_t hash)
{
    size_t probe = 0;
    uint32_t number;

    while ((number = table_next(&hosts->table, hash, &probe)) != TABLE_END) {
        struct host *host = &hosts->items[number];

        if (host->hash == hash && strlen(host->name) == name.length &&
            memcmp(host->name, name.text, name.length) == 0)
            return host;
    }
    return NULL;
}

static struct host *add(struct hosts *hosts, struct span name, uint64_t hash)
{
    char *copy;

    if (!make_room(hosts) || !(copy = malloc(name.length + 1)))
        return NULL;
    memcpy(copy, name.text, name.length);
    copy[name.length] = '\0';
    if (!table_add(&hosts->table, hash, (uint32_t)hosts->count)) {
        free(copy);
        return NULL;
    }
    hosts->items[hosts->count] = (struct host){.name = copy, .hash = hash};
    return &hosts->items[hosts->count++];
}

bool hosts_add(struct hosts *hosts, struct span name, uint64_t documents,
               const struct change_counts *counts)
{
    uint64_t hash = table_hash_bytes(TABLE_HASH, name.text, name.length);
    struct host *host;

    hash = table_hash_number(hash, name.length);
    if (hosts->is_bounded && hash > hosts->bound)
        return true;
    host = find(hosts, name, hash);
    if (!host)
        host = add(hosts, name, hash);
    if (!host)
        return false;
    host->documents += documents;
    counts_add(&host->counts, counts);
    return true;
}

/* Of hosts that OTHER left out this one has no whole counts, but at least HOSTS_MOST come before
 * them, so that in the end they are left out here, too. */
bool hosts_merge(struct hosts *hosts, const struct hosts *other)
{
    for (size_t i = 0; i < other->count; i++) {
        const struct host *host = &other->items[i];

        if (!hosts_add(hosts, (struct span){host->name, strlen(host->name)}, host->documents,
                       &host->counts))
            return false;
    }
    if (other->is_bounded && (!hosts->is_bounded || other->bound < hosts->bound)) {
        hosts->is_bounded = true;
        hosts->bound = other->bound;
    }
    return true;
}

static int compare_changes(const void *one, const void *other)
{
    const struct host *left = one, *right = other;
    uint64_t left_words = left->counts.words_lost + left->counts.words_gained;
    uint64_t right_words = right->counts.words_lost + right->counts.words_gained;

    if (left_words != right_words)
        return left_words > right_words ? -1 : 1;
    return strcmp(left->name, right->name);
}

void hosts_finish(struct hosts *hosts)
{
    leave_out(hosts);
    table_release(&hosts->table);
    if (hosts->count)
        qsort(hosts->items, hosts->count, sizeof *hosts->items, compare_changes);
}
