/*
 * peak FILE COMMAND [ARGUMENT]... -- run a command and write to FILE the most
 * memory it had resident, in KiB. The exit status is the command's, or 125 if it
 * was killed or could not be run.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: peak FILE COMMAND [ARGUMENT]...\n", stderr);
        return 125;
    }
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        _exit(125);
    }
    int status;
    if (child < 0 || waitpid(child, &status, 0) != child) {
        perror("peak");
        return 125;
    }
    struct rusage usage;
    FILE *file = fopen(argv[1], "w");
    if (file == NULL || getrusage(RUSAGE_CHILDREN, &usage) != 0) {
        perror(argv[1]);
        return 125;
    }
    long peak = usage.ru_maxrss;
#ifdef __APPLE__
    peak /= 1024; /* bytes there, KiB elsewhere */
#endif
    fprintf(file, "%ld\n", peak);
    if (fclose(file) != 0) {
        perror(argv[1]);
        return 125;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 125;
}
