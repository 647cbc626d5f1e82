#include "learn/spool.h"

#include "io/patient.h"
#include "io/place.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

const char *spool_directory(void)
{
    const char *directory = getenv("TMPDIR");

    return directory && *directory ? directory : "/tmp";
}

int spool_make(void)
{
    int directory, fd;

    directory = place_open_directory(spool_directory());
    if (directory < 0)
        return -1 - errno;
    fd = place_create(directory, S_IRUSR | S_IWUSR);
    if (fd < 0)
        fd = -1 - errno;
    close(directory);
    return fd;
}

bool spool_begin(struct spool *spool, int made)
{
    *spool = (struct spool){.fd = made < 0 ? -1 : made, .error = made < 0 ? -1 - made : 0};
    return pthread_mutex_init(&spool->lock, NULL) == 0;
}

void spool_close(struct spool *spool)
{
    if (spool->fd >= 0)
        close(spool->fd);
    free(spool->texts);
    pthread_mutex_destroy(&spool->lock);
}

/* Room for one text more. */
static bool make_room(struct spool *spool)
{
    struct spool_text *larger = realloc(spool->texts, (spool->count + 1) * sizeof *larger);

    if (larger)
        spool->texts = larger;
    return larger != NULL;
}

/* Notes what was written from the end on. */
static void note(struct spool *spool)
{
    off_t end = lseek(spool->fd, 0, SEEK_CUR);

    spool->texts[spool->count++] = (struct spool_text){spool->end, (uint64_t)(end - spool->end)};
    spool->end = end;
}

static enum spool_status put(struct spool *spool, bool (*write)(void *context, struct writer *out),
                             void *context)
{
    struct writer *out;
    enum spool_status status = SPOOL_OK;

    if (spool->fd < 0)
        return SPOOL_NO_WRITE;
    out = writer_create(spool->fd, WRITER_SIZE);
    if (!out || !make_room(spool))
        status = SPOOL_NO_MEMORY;
    else if (!write(context, out) || !writer_flush(out))
        status = out->error ? SPOOL_NO_WRITE : SPOOL_NO_MEMORY;
    else
        note(spool);
    if (out && out->error)
        spool->error = out->error;
    writer_destroy(out);
    return status;
}

enum spool_status spool_put(struct spool *spool, bool (*write)(void *context, struct writer *out),
                            void *context)
{
    enum spool_status status;

    pthread_mutex_lock(&spool->lock);
    status = put(spool, write, context);
    pthread_mutex_unlock(&spool->lock);
    return status;
}

/* What is copied, and whether reading it failed. */
struct copied {
    struct span begun;
    int fd;
    int error;
};

static bool copy(void *context, struct writer *out)
{
    struct copied *copied = context;
    char bytes[16 * 1024];
    ssize_t count;

    if (copied->begun.length && !writer_put(out, copied->begun.text, copied->begun.length))
        return false;
    while ((count = patient_read(copied->fd, bytes, sizeof bytes)) > 0)
        if (!writer_put(out, bytes, (size_t)count))
            return false;
    copied->error = count < 0 ? errno : 0;
    return true;
}

enum spool_status spool_add(struct spool *spool, int fd, struct span begun)
{
    struct copied copied = {.begun = begun, .fd = fd};
    enum spool_status status = spool_put(spool, copy, &copied);

    if (status != SPOOL_OK || !copied.error)
        return status;
    spool->count--; /* of what was read before that */
    errno = copied.error;
    return SPOOL_NO_READ;
}
