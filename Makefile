# dechaff -- build, test, install. GNU make; `make help` lists the targets.
#
# A variant (sanitizers, another compiler) is the same Makefile with its own
# BUILD directory: make BUILD=build/asan CC=clang SANITIZE=address,undefined

VERSION  = 0.1.0

PREFIX   = /usr/local
DESTDIR  =
bindir   = $(PREFIX)/bin
mandir   = $(PREFIX)/share/man
rulesdir = $(PREFIX)/share/dechaff/rules

BUILD    = build
CFLAGS   = -O2 -g
WERROR   =
SANITIZE =
PKG_CONFIG = pkg-config

# Where the program finds the shipped rules when it is not in a build tree. A
# variant's program lies two levels down and is never installed.
ifeq ($(BUILD),build)
PROGRAM   = dechaff
RULES_DIR = $(rulesdir)
else
PROGRAM   = $(BUILD)/dechaff
RULES_DIR = $(CURDIR)/rules
endif

# A line passes through ten modules in 70 ns: gcc inlines across them. clang would need a linker
# plug-in for it that is not everywhere.
ifeq ($(SANITIZE),)
LTO := $(shell $(CC) -v 2>&1 | sed -n 's/^gcc version [1-9][0-9].*/-flto=auto/p')
endif

WARNINGS = -Wall -Wextra -Wshadow -Wconversion
DEFINES  = -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700 -DDECHAFF_VERSION='"$(VERSION)"' \
           -DDECHAFF_RULES_DIR='"$(RULES_DIR)"'
ifneq ($(SANITIZE),)
SANFLAGS = -fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer
endif

LIBRARIES     = libpcre2-8 libmd
LIBS_CFLAGS  := $(shell $(PKG_CONFIG) --cflags $(LIBRARIES) 2>/dev/null)
LIBS         := $(shell $(PKG_CONFIG) --libs $(LIBRARIES) 2>/dev/null) -lm -pthread
CHECK_CFLAGS := $(shell $(PKG_CONFIG) --cflags check 2>/dev/null)
CHECK_LIBS   := $(shell $(PKG_CONFIG) --libs check 2>/dev/null)

COMPILE = $(CC) -std=c17 $(WARNINGS) $(WERROR) $(DEFINES) -Isrc $(CPPFLAGS) $(LIBS_CFLAGS) \
          $(CFLAGS) $(LTO) $(SANFLAGS)
LINK    = $(CC) $(CFLAGS) $(LTO) $(SANFLAGS) $(LDFLAGS)

SOURCES := filter.c $(wildcard src/*/*.c)
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
MODULES := $(filter-out $(BUILD)/filter.o,$(OBJECTS))
SUITES  := $(filter-out check_main,$(basename $(notdir $(wildcard tests/unit/check_*.c))))
UNIT    := $(BUILD)/tests/unit/check_main.o $(SUITES:%=$(BUILD)/tests/unit/%.o)
FUZZERS := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
C_FILES  = $(wildcard filter.c src/*/*.[ch] tests/*/*.[ch])
SCRIPTS  = $(wildcard tests/*.sh tests/*/*.sh) .ci/run
MANUALS  = $(wildcard man/*.[1-8])

# What `make check` runs, in this order: the quick ones first.
STEPS = unit cases packs pages manual robust chunks documents oracle faults memory floor

all: $(PROGRAM)

$(PROGRAM): $(OBJECTS)
	$(LINK) -o $@ $(OBJECTS) $(LIBS) $(LDLIBS)

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -c -o $@ $<

# The command itself is a prerequisite: another PREFIX, compiler or flag
# rebuilds. The file is touched only when what it says has changed.
export COMPILE_NOW := $(value LIBS) $(COMPILE)
$(BUILD)/flags: FORCE
	@$(PKG_CONFIG) --exists $(LIBRARIES) 2>/dev/null || { echo 'dechaff needs pkg-config,' \
	  'libpcre2-8 and libmd: apt-get install pkg-config libpcre2-dev libmd-dev (Debian, Ubuntu),' \
	  'dnf install pkgconf pcre2-devel libmd-devel (Fedora), pacman -S pkgconf pcre2 libmd (Arch),' \
	  'apk add pkgconf pcre2-dev libmd-dev (Alpine), brew install pkgconf pcre2 libmd (Homebrew);' \
	  '"make deps" does it' >&2; exit 1; }
	@mkdir -p $(@D)
	@printf '%s\n' "$$COMPILE_NOW" | cmp -s - $@ || printf '%s\n' "$$COMPILE_NOW" >$@

# Unit tests: every tests/unit/check_NAME.c defines `Suite *NAME_suite(void)`. The
# list of suites is written from the files that are there, so none is left out.
unit-program: $(BUILD)/check_dechaff

$(BUILD)/check_dechaff: $(UNIT) $(MODULES)
	$(LINK) -o $@ $(UNIT) $(MODULES) $(CHECK_LIBS) $(LIBS) $(LDLIBS)

$(BUILD)/tests/unit/%.o: tests/unit/%.c $(BUILD)/check_suites.h $(BUILD)/flags
	@mkdir -p $(@D)
	$(COMPILE) -I$(BUILD) $(CHECK_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/check_suites.h: FORCE
	@mkdir -p $(@D)
	@{ echo '/* Written by the Makefile from tests/unit/check_*.c. */'; echo '#include <check.h>'; \
	  for suite in $(SUITES:check_%=%); do echo "Suite *$${suite}_suite(void);"; done; \
	  printf '#define CHECK_SUITES'; \
	  for suite in $(SUITES:check_%=%); do printf ' {"%s", %s_suite},' $$suite $$suite; done; \
	  echo; } >$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

# Helpers of the tests: a shim that makes the n-th call fail, a memory gauge, documents in any format.
$(BUILD)/faults.so: tests/tools/faults.c
	@mkdir -p $(@D)
	$(CC) -std=c17 -D_GNU_SOURCE $(WARNINGS) $(WERROR) -O2 -fPIC -shared -o $@ $< -ldl

$(BUILD)/peak: tests/tools/peak.c
	@mkdir -p $(@D)
	$(CC) -std=c17 -D_DEFAULT_SOURCE $(WARNINGS) $(WERROR) -O2 -o $@ $<

$(BUILD)/forms: tests/tools/forms.c
	@mkdir -p $(@D)
	$(CC) -std=c17 $(WARNINGS) $(WERROR) -O2 -o $@ $<

test-programs: $(PROGRAM) $(BUILD)/check_dechaff $(BUILD)/faults.so $(BUILD)/peak $(BUILD)/forms

RUN_TESTS = DECHAFF=$(CURDIR)/$(PROGRAM) BUILD=$(CURDIR)/$(BUILD) sh tests/run.sh

check: deps-check
	@$(MAKE) --no-print-directory test-programs
	@$(RUN_TESTS) $(STEPS)

quick:
	@$(MAKE) --no-print-directory test-programs
	@$(RUN_TESTS) unit cases

memory: all $(BUILD)/peak
	@MEMORY=full $(RUN_TESTS) memory

# The command lines of dechaff-pipelines(7), on two hosts and a queue of its own. What it needs
# is installed by `sh tests/setup.sh pipelines` only: some of it would be started there and then.
pipelines: all
	@$(RUN_TESTS) pipelines

# What rules cost beside other tools, and where the time goes; the settings
# (SIZE=MB, CORPUS=PATH, ...) are those of the scripts.
bench profile: all $(BUILD)/peak
	@DECHAFF=$(CURDIR)/$(PROGRAM) BUILD=$(CURDIR)/$(BUILD) sh tests/bench/$@.sh

# JSON lines beside text and jq: SIZE=MB, MEAN=bytes a document, CORPUS=PATH.
bench-documents: all $(BUILD)/forms $(BUILD)/peak
	@DECHAFF=$(CURDIR)/$(PROGRAM) BUILD=$(CURDIR)/$(BUILD) sh tests/bench/documents.sh

demo: deps-build
	@$(MAKE) --no-print-directory all
	@DECHAFF=./$(PROGRAM) sh tests/demo.sh tests/sample/*.txt

# Install what is missing; silent when nothing is.
deps: deps-check
deps-build deps-check deps-lint:
	@sh tests/setup.sh $(@:deps-%=%)

install: all
	mkdir -p '$(DESTDIR)$(bindir)' '$(DESTDIR)$(mandir)/man1' '$(DESTDIR)$(mandir)/man5' \
	  '$(DESTDIR)$(mandir)/man7' '$(DESTDIR)$(rulesdir)'
	install -m 755 dechaff '$(DESTDIR)$(bindir)/dechaff'
	install -m 644 man/dechaff.1 '$(DESTDIR)$(mandir)/man1/dechaff.1'
	install -m 644 man/dechaff-rules.5 '$(DESTDIR)$(mandir)/man5/dechaff-rules.5'
	install -m 644 man/dechaff-pipelines.7 '$(DESTDIR)$(mandir)/man7/dechaff-pipelines.7'
	install -m 644 rules/*.rules '$(DESTDIR)$(rulesdir)'

# The rules directory goes only when nobody has put anything else into it.
uninstall:
	rm -f '$(DESTDIR)$(bindir)/dechaff' '$(DESTDIR)$(mandir)/man1/dechaff.1' \
	  '$(DESTDIR)$(mandir)/man5/dechaff-rules.5' '$(DESTDIR)$(mandir)/man7/dechaff-pipelines.7'
	for file in rules/*.rules; do rm -f '$(DESTDIR)$(rulesdir)'/"$${file##*/}"; done
	-rmdir '$(DESTDIR)$(rulesdir)' '$(DESTDIR)$(PREFIX)/share/dechaff' 2>/dev/null

format:
	clang-format -i $(C_FILES)

lint: deps-lint
	@$(MAKE) --no-print-directory lint-format lint-scripts lint-manual lint-code

lint-format:
	clang-format --dry-run -Werror $(C_FILES)

lint-scripts:
	shellcheck $(SCRIPTS)

lint-manual:
	@if [ -n '$(MANUALS)' ]; then mandoc -Tlint -Wwarning $(MANUALS); fi

# One clang-tidy a file, so that make's -j spreads them.
TIDY = $(patsubst %,tidy-%,$(SOURCES) $(wildcard tests/*/*.c))
lint-code: $(TIDY)
$(TIDY): tidy-%: $(BUILD)/check_suites.h
	@clang-tidy --quiet $* -- -std=c17 $(WARNINGS) -D_GNU_SOURCE $(DEFINES) -Isrc -I$(BUILD) \
	  $(LIBS_CFLAGS) $(CHECK_CFLAGS) 2>$(BUILD)/$(subst /,-,$@).log || \
	  { cat $(BUILD)/$(subst /,-,$@).log; exit 1; }

# Fuzzing: clang's libFuzzer with the sanitizers. FUZZ_RUNS inputs each.
FUZZ_RUNS = 20000
FUZZ_PAIRS = 1000000
fuzz: $(FUZZERS:%=run-%) run-pairs run-documents
run-fuzz_%: fuzz-programs
	@mkdir -p build/fuzz/corpus_$*
	@cp tests/cases/*/*.rules tests/cases/*/*.in build/fuzz/corpus_$*
	cd build/fuzz && ./fuzz_$* -runs=$(FUZZ_RUNS) -seed=1 -max_len=4096 -timeout=20 \
	  -rss_limit_mb=1024 -verbosity=0 corpus_$*

# Random rules and lines, FUZZ_PAIRS of them, without the sanitizers.
run-pairs: build/fuzz/pairs
	build/fuzz/pairs $(FUZZ_PAIRS) 1

build/fuzz/pairs: tests/fuzz/fuzz_prefilter.c $(MODULES)
	@mkdir -p build/fuzz
	$(COMPILE) -DSTANDALONE -o $@ $< $(MODULES) $(LIBS)

# Random documents, filtered and restored.
run-documents: build/fuzz/documents
	build/fuzz/documents $(FUZZ_RUNS) 1

build/fuzz/documents: tests/fuzz/fuzz_documents.c $(MODULES)
	@mkdir -p build/fuzz
	$(COMPILE) -DSTANDALONE -o $@ $< $(MODULES) $(LIBS)

fuzz-programs:
	@$(MAKE) --no-print-directory BUILD=build/fuzz CC=clang CFLAGS='-O1 -g' \
	  SANITIZE=fuzzer-no-link,address,undefined $(FUZZERS:%=build/fuzz/%)

build/fuzz/fuzz_%: tests/fuzz/fuzz_%.c $(MODULES)
	$(COMPILE) -fsanitize=fuzzer -MMD -MP -o $@ $< $(MODULES) $(LIBS)

# How well `dechaff -r page` does on labelled pages: tests/quality/README.md.
DIR = ../shared/eval
quality: all
	python3 tests/quality/score.py $(DIR)

clean:
	rm -rf build dechaff

help:
	@echo 'all         build ./dechaff'
	@echo 'demo        build and clean a sample page before your eyes'
	@echo 'check       build and run all tests'
	@echo 'quick       unit tests and cases only'
	@echo 'install     into PREFIX ($(PREFIX)), below DESTDIR; uninstall takes it away'
	@echo 'deps        install what building and testing need'
	@echo 'lint        clang-format, clang-tidy, shellcheck, mandoc'
	@echo 'format      clang-format -i'
	@echo 'fuzz        FUZZ_RUNS=$(FUZZ_RUNS) inputs for each fuzz target, FUZZ_PAIRS=$(FUZZ_PAIRS) of rule and line'
	@echo 'memory      10 GB through a pipe, a line of 1 GB'
	@echo 'pipelines   the command lines of dechaff-pipelines(7), over ssh and Slurm (tests/setup.sh pipelines)'
	@echo 'bench       what rules cost beside cat, sed, grep, rg, perl: SIZE=64 (MB)'
	@echo 'bench-documents  JSON lines beside text and jq: SIZE=64 (MB) MEAN=5000 (bytes)'
	@echo 'profile     where the time goes, by function: SIZE=16 RULES=4000'
	@echo 'quality     how well -r page finds the article: DIR=a benchmark'\''s checkout'
	@echo 'clean       remove what was built'

FORCE:
.PHONY: all bench bench-documents check clean demo deps deps-build deps-check deps-lint format fuzz fuzz-programs \
  help install lint lint-code lint-format lint-manual lint-scripts memory pipelines profile \
  quality quick test-programs uninstall unit-program FORCE $(TIDY)
.DELETE_ON_ERROR:

-include $(OBJECTS:.o=.d) $(UNIT:.o=.d)
