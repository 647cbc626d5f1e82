/*
 * turns [-r ROUNDS] [-t SECONDS] FILE -- run commands in turns, and tell what each took.
 *
 * A line of FILE is NAME, RUNS and the words of a command, with tabs between them. NAME=VALUE in
 * front of a command is set in its environment; a word @LIST stands for the lines of the file LIST.
 * In each round every command runs RUNS times, one after the other, its input /dev/null, its output
 * a pipe that is read to its end: a change of the machine's speed meets all of them.
 *
 * Written for each, with tabs: NAME, the medians over the rounds of user and system seconds and of
 * elapsed seconds for one run, the most KiB it had resident, its status (128 + N: signal N) and how
 * many lines it wrote. More than SECONDS of the processor are not given: that is a signal.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct command {
    char *name;
    int runs;
    char **words;
    size_t count;
    size_t capacity;
    double *cpu; /* by round */
    double *elapsed;
    long kib;
    int status;
    long lines;
};

static void *checked(void *memory)
{
    if (memory == NULL) {
        perror("turns");
        exit(2);
    }
    return memory;
}

static int number(const char *text)
{
    char *end;
    long value = strtol(text, &end, 10);

    if (end == text || *end != '\0' || value < 1 || value > 1000000) {
        fprintf(stderr, "turns: %s: no number from 1 to 1,000,000\n", text);
        exit(2);
    }
    return (int)value;
}

static void add_word(struct command *command, const char *word)
{
    if (command->count + 1 >= command->capacity) {
        command->capacity = command->capacity ? 2 * command->capacity : 16;
        command->words =
            checked(realloc(command->words, command->capacity * sizeof *command->words));
    }
    command->words[command->count++] = checked(strdup(word));
    command->words[command->count] = NULL;
}

static FILE *open_file(const char *path)
{
    FILE *file = fopen(path, "r");

    if (file == NULL) {
        perror(path);
        exit(2);
    }
    return file;
}

static char *next_line(FILE *file, char **line, size_t *size)
{
    ssize_t length = getline(line, size, file);

    if (length < 0)
        return NULL;
    if (length > 0 && (*line)[length - 1] == '\n')
        (*line)[length - 1] = '\0';
    return *line;
}

static void add_list(struct command *command, const char *path)
{
    FILE *file = open_file(path);
    char *line = NULL;
    size_t size = 0;

    while (next_line(file, &line, &size))
        add_word(command, line);
    free(line);
    fclose(file);
}

static struct command parse(char *line, int rounds)
{
    struct command command = {0};
    char *at = line, *word;

    for (int field = 0; (word = at) != NULL; field++) {
        char *tab = strchr(word, '\t');

        if (tab)
            *tab = '\0';
        at = tab ? tab + 1 : NULL;
        if (field == 0)
            command.name = checked(strdup(word));
        else if (field == 1)
            command.runs = number(word);
        else if (word[0] == '@')
            add_list(&command, word + 1);
        else
            add_word(&command, word);
    }
    if (command.count == 0) {
        fprintf(stderr, "turns: %s: no command\n", command.name);
        exit(2);
    }
    command.cpu = checked(calloc((size_t)rounds, sizeof *command.cpu));
    command.elapsed = checked(calloc((size_t)rounds, sizeof *command.elapsed));
    return command;
}

static void run_child(char **words, int out, rlim_t seconds)
{
    const struct rlimit limit = {seconds, seconds};
    int null = open("/dev/null", O_RDWR);

    if (seconds)
        setrlimit(RLIMIT_CPU, &limit);
    dup2(null, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    for (; strchr(words[0], '=') && words[1]; words++)
        putenv(words[0]);
    execvp(words[0], words);
    _exit(127);
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static long count_lines(int in)
{
    static char bytes[65536];
    long lines = 0;
    ssize_t count;

    while ((count = read(in, bytes, sizeof bytes)) > 0)
        for (const char *at = bytes; (at = memchr(at, '\n', (size_t)(bytes + count - at))); at++)
            lines++;
    return lines;
}

static void run(struct command *command, int round, rlim_t seconds)
{
    double begin = now();
    struct rusage usage;
    int ends[2], status;
    pid_t child;

    if (pipe(ends) != 0 || fcntl(ends[0], F_SETFD, FD_CLOEXEC) != 0 ||
        fcntl(ends[1], F_SETFD, FD_CLOEXEC) != 0 || (child = fork()) < 0) {
        perror("turns");
        exit(2);
    }
    if (child == 0)
        run_child(command->words, ends[1], seconds);
    close(ends[1]);
    command->lines = count_lines(ends[0]);
    close(ends[0]);
    while (wait4(child, &status, 0, &usage) < 0)
        if (errno != EINTR) {
            perror("turns");
            exit(2);
        }
    command->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    command->cpu[round] += seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    command->elapsed[round] += now() - begin;
    if (usage.ru_maxrss > command->kib)
        command->kib = usage.ru_maxrss;
}

static int compare(const void *one, const void *other)
{
    const double *left = one, *right = other;

    return (*left > *right) - (*left < *right);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, compare);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

static struct command *read_commands(const char *path, int rounds, size_t *count)
{
    struct command *commands = NULL;
    FILE *file = open_file(path);
    char *line = NULL;
    size_t size = 0;

    *count = 0;
    while (next_line(file, &line, &size)) {
        commands = checked(realloc(commands, (*count + 1) * sizeof *commands));
        commands[(*count)++] = parse(line, rounds);
    }
    free(line);
    fclose(file);
    return commands;
}

static void tell(const struct command *command, int rounds)
{
    printf("%s\t%.6f\t%.6f\t%ld\t%d\t%ld\n", command->name,
           median(command->cpu, rounds) / command->runs,
           median(command->elapsed, rounds) / command->runs, command->kib, command->status,
           command->lines);
}

int main(int argc, char **argv)
{
    int rounds = 5, option;
    rlim_t seconds = 0;
    struct command *commands;
    size_t count;

    while ((option = getopt(argc, argv, "r:t:")) != -1) {
        if (option == 'r')
            rounds = number(optarg);
        else if (option == 't')
            seconds = (rlim_t)number(optarg);
        else
            return 2;
    }
    if (optind + 1 != argc) {
        fputs("usage: turns [-r ROUNDS] [-t SECONDS] FILE\n", stderr);
        return 2;
    }
    commands = read_commands(argv[optind], rounds, &count);
    for (int round = 0; round < rounds; round++)
        for (size_t i = 0; i < count; i++)
            for (int n = 0; n < commands[i].runs; n++)
                run(&commands[i], round, seconds);
    for (size_t i = 0; i < count; i++)
        tell(&commands[i], rounds);
    free(commands);
    return fflush(stdout) == 0 ? 0 : 2;
}
