/*
 * forms FORM FILE... -- write the files as the documents of a stream: nul, jsonl, wet, or text for
 * the files as they are. The URL of the n-th is https://siteN.example.org/, its language en.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The file's bytes; *size is their number. */
static char *read_file(const char *path, size_t *size)
{
    size_t capacity = 65536, count;
    char *text = malloc(capacity);
    FILE *file = fopen(path, "rb");

    *size = 0;
    if (file == NULL || text == NULL) {
        perror(path);
        exit(1);
    }
    while ((count = fread(text + *size, 1, capacity - *size, file)) > 0) {
        *size += count;
        if (*size < capacity)
            continue;
        capacity *= 2;
        text = realloc(text, capacity);
        if (text == NULL)
            exit(1);
    }
    fclose(file);
    return text;
}

static void put_json(const char *text, size_t size, int number)
{
    printf("{\"url\": \"https://site%d.example.org/a?b\", \"text\":\"", number);
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)text[i];

        if (byte == '\n')
            fputs("\\n", stdout);
        else if (byte == '"' || byte == '\\')
            printf("\\%c", byte);
        else if (byte < ' ')
            printf("\\u%04x", byte);
        else
            putchar(byte);
    }
    fputs("\", \"lang\":\"en\",\"n\":1.50e+01}\n", stdout);
}

static void put_wet(const char *text, size_t size, int number)
{
    printf("WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://site%d.example.org/\r\n"
           "Content-Length: %zu\r\nContent-Type: text/plain\r\n\r\n",
           number, size);
    fwrite(text, 1, size, stdout);
    fputs("\r\n\r\n", stdout);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    for (int i = 2; i < argc; i++) {
        size_t size;
        char *text = read_file(argv[i], &size);

        if (strcmp(argv[1], "jsonl") == 0)
            put_json(text, size, i - 1);
        else if (strcmp(argv[1], "wet") == 0)
            put_wet(text, size, i - 1);
        else
            fwrite(text, 1, size, stdout);
        if (strcmp(argv[1], "nul") == 0)
            putchar('\0');
        free(text);
    }
    return fflush(stdout) == 0 ? 0 : 1;
}
