/*
 * intrude -- a library to preload: a program that has been taken over, as far as that can be told.
 *
 * Model:     the first read of standard input, which comes when the sandbox is closed, tries what
 * an intruder would, and then reads. Report:    a line for each attempt, "WHAT: possible" or "WHAT:
 * refused", to the file INTRUDE_REPORT, which is opened at the start.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int report = -1;

__attribute__((constructor)) static void start(void)
{
    const char *path = getenv("INTRUDE_REPORT");
    int file = path != NULL ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;

    /* Out of the way of those that the program opens. */
    report = fcntl(file, F_DUPFD_CLOEXEC, 100);
    close(file);
}

static void tell(const char *what, int is_possible)
{
    dprintf(report, "%s: %s\n", what, is_possible ? "possible" : "refused");
}

static int start_shell(void)
{
    int status;
    pid_t child = fork();

    if (child == 0) {
        execl("/bin/sh", "sh", "-c", "exit 7", (char *)NULL);
        _exit(1);
    }
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 7;
}

static void intrude(void)
{
    char text[8];

    tell("open /etc/passwd", open("/etc/passwd", O_RDONLY) >= 0);
    tell("write a file", open("intruded", O_WRONLY | O_CREAT, 0600) >= 0);
    tell("make a socket", socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
    tell("start a shell", start_shell());
    tell("read a link", readlink("/proc/self/exe", text, sizeof text) > 0);
}

ssize_t read(int file, void *buffer, size_t size)
{
    static ssize_t (*real_read)(int, void *, size_t);
    static int is_done;

    if (!real_read) {
        void *address = dlsym(RTLD_NEXT, "read");
        memcpy(&real_read, &address, sizeof address);
    }
    if (file == STDIN_FILENO && !is_done) {
        is_done = 1;
        intrude();
    }
    return real_read(file, buffer, size);
}
