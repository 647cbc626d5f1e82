# dechaff -- build, test, install. GNU make; `make help` lists the targets, `make V=1` shows commands.
#
# A variant (sanitizers, another compiler) is the same Makefile with its own
# BUILD directory: make BUILD=build/asan CC=clang SANITIZE=address,undefined

VERSION  = 0.1.0

PREFIX   = /usr/local
DESTDIR  =
bindir   = $(PREFIX)/bin
mandir   = $(PREFIX)/share/man
rulesdir = $(PREFIX)/share/dechaff/rules
imagesdir = $(PREFIX)/lib/dechaff
bashdir  = $(PREFIX)/share/bash-completion/completions
zshdir   = $(PREFIX)/share/zsh/site-functions
vimdir   = $(PREFIX)/share/vim/vimfiles
fishdir  = $(PREFIX)/share/fish/vendor_completions.d

# As many jobs as there are cores, unless -j says how many, here or in the environment's MAKEFLAGS, or
# goals stand beside one another, as in `make clean all`: these are taken in their order.
ifeq ($(MAKELEVEL)$(word 2,$(MAKECMDGOALS))$(filter -j%,$(MAKEFLAGS)),0)
CORES     := $(shell case " $$MAKEFLAGS" in (*' -j'* | ' j'*) ;; (*) \
                       nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null ;; esac)
MAKEFLAGS += $(CORES:%=-j%)
endif

# $(call tell,WHAT FILE) says what is made, where the command itself is not shown.
VERBOSE := $(filter-out 0,$(V))
Q       := $(if $(VERBOSE),,@)
tell     = $(if $(VERBOSE)$(findstring s,$(firstword -$(MAKEFLAGS))),,@echo '  $(1)')

BUILD    = build
CFLAGS  ?= -O2 -g
WERROR   =
SANITIZE =
PKG_CONFIG = pkg-config

# Where the program finds the shipped rules and their images when it is not in a build tree. A
# variant's program lies two levels down and is never installed.
ifeq ($(BUILD),build)
PROGRAM   = dechaff
RULES_DIR = $(rulesdir)
IMAGES_DIR = $(imagesdir)
else
PROGRAM   = $(BUILD)/dechaff
RULES_DIR = $(CURDIR)/rules
IMAGES_DIR = $(CURDIR)/$(BUILD)
endif

# A line passes through ten modules in 70 ns: gcc inlines across them. clang would need a linker
# plug-in for it that is not everywhere.
ifeq ($(SANITIZE),)
LTO := $(shell $(CC) -v 2>&1 | sed -n 's/^gcc version [1-9][0-9].*/-flto=auto/p')
endif

# What makes a break-in harder: code at random addresses, no table of functions that can be written to,
# guards on the stack, checks in the C library, marked targets of jumps. Of either list what this
# compiler and its linker take, before the flags of whoever builds, which so decide; HARDEN= and
# HARDEN_LINK= are without. Sanitizers look closer themselves.
ifeq ($(SANITIZE),)
HARDEN      = -fPIE -fstack-protector-strong -fstack-clash-protection -fcf-protection -D_FORTIFY_SOURCE=2
HARDEN_LINK = -pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack
endif
takes = $(shell printf '\043include <stdio.h>\nint main(void) { return puts(""); }\n' | \
          $(CC) $(1) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -Werror -x c -o /dev/null - 2>/dev/null && echo yes)
taken = $(if $(1),$(if $(call takes,$(1)),$(1),$(foreach flag,$(1),$(if $(call takes,$(flag)),$(flag)))))
HARDEN_CFLAGS  := $(call taken,$(HARDEN))
HARDEN_LDFLAGS := $(call taken,$(HARDEN_LINK))

WARNINGS = -Wall -Wextra -Wshadow -Wconversion
DEFINES  = -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700 -DDECHAFF_VERSION='"$(VERSION)"'
ifneq ($(SANITIZE),)
# Sanitizers trace the process, read /proc and write reports: it is not confined.
DEFINES += -DDECHAFF_UNCONFINED
SANFLAGS = -fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer
endif

LIBRARIES     = libpcre2-8 libmd
LIBS_CFLAGS  := $(shell $(PKG_CONFIG) --cflags $(LIBRARIES) 2>/dev/null)
LIBS         := $(shell $(PKG_CONFIG) --libs $(LIBRARIES) 2>/dev/null) -lm -pthread
CHECK_CFLAGS := $(shell $(PKG_CONFIG) --cflags check 2>/dev/null)
CHECK_LIBS   := $(shell $(PKG_CONFIG) --libs check 2>/dev/null)

# The program is the same bytes, debugging data and all, whatever directory it is built in.
ANYWHERE = -ffile-prefix-map='$(CURDIR)'=.

COMPILE = $(CC) -std=c17 $(WARNINGS) $(WERROR) $(DEFINES) -Isrc $(CPPFLAGS) $(LIBS_CFLAGS) \
          $(HARDEN_CFLAGS) $(CFLAGS) $(ANYWHERE) $(LTO) $(SANFLAGS)
LINK    = $(CC) $(HARDEN_CFLAGS) $(HARDEN_LDFLAGS) $(CFLAGS) $(ANYWHERE) $(LTO) $(SANFLAGS) $(LDFLAGS)
TOOL    = $(CC) -std=c17 $(WARNINGS) $(WERROR) -O2

SOURCES := filter.c $(wildcard src/*/*.c)
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
MODULES := $(filter-out $(BUILD)/filter.o,$(OBJECTS))
SUITES  := $(filter-out check_main,$(basename $(notdir $(wildcard tests/unit/check_*.c))))
UNIT    := $(patsubst %,$(BUILD)/tests/unit/%.o,check_main $(SUITES) given filter)
C_FILES  = $(wildcard filter.c src/*/*.[ch] tests/*/*.[ch])
SCRIPTS  = $(wildcard tests/*.sh tests/*/*.sh tests/*/*/*.sh src/packaging/*.sh) .ci/run
MANUALS  = $(wildcard man/*.[1-8])

# Where a manual page goes below $(mandir): man/dechaff.1 is man1/dechaff.1.
PAGES = $(foreach page,$(MANUALS),man$(subst .,,$(suffix $(page)))/$(notdir $(page)))

# What the manuals say of /usr/local is said of where things are installed.
PLACES = -e 's|/usr/local/share/dechaff/rules|$(rulesdir)|g; s|/usr/local/lib/dechaff|$(imagesdir)|g' \
         -e 's|/usr/local/bin|$(bindir)|g'

# What `make check` runs, begun in this order: the longest early, as JOBS of them run at once.
STEPS = unit cases documents faults kills floor memory oracle image chunks pages robust linear threads manual packs prose walls hardened sandbox report shells editors transcripts learnt packages

# Shipped profiles of which an image is made, for a faster start. The sanitizers' memory is laid out
# otherwise.
IMAGES = $(if $(SANITIZE),,article.image page.image)

# Completions of command lines, and where each shell looks for them.
SHELLS = bash zsh fish
VIM_FILES = $(patsubst src/packaging/vim/%,$(vimdir)/%,$(wildcard src/packaging/vim/*/*.vim))
COMPLETIONS = $(bashdir)/dechaff $(zshdir)/_dechaff $(fishdir)/dechaff.fish

all: $(PROGRAM) $(IMAGES:%=$(BUILD)/%) $(SHELLS:%=$(BUILD)/dechaff.%)

$(PROGRAM): $(OBJECTS)
	$(call tell,LD $@)
	$Q$(LINK) -o $@ $(OBJECTS) $(LIBS) $(LDLIBS)

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call tell,CC $<)
	$Q$(COMPILE) -MMD -MP -c -o $@ $<

# Made twice: a difference is an address of the run, or memory that nobody filled in.
$(BUILD)/%.image: $(PROGRAM) $(wildcard rules/*.rules)
	$(call tell,IMAGE $@)
	$Qif DECHAFF_RULES=rules ./$(PROGRAM) -r $* --write-image=$@.1; then \
	  DECHAFF_RULES=rules ./$(PROGRAM) -r $* --write-image=$@ && cmp $@.1 $@ || { rm -f $@; exit 1; }; else \
	  echo 'dechaff will do without: it starts more slowly' >&2; : >$@; fi
	@rm -f $@.1 $@.1.seal

$(SHELLS:%=$(BUILD)/dechaff.%): $(BUILD)/dechaff.%: $(PROGRAM)
	$(call tell,COMPLETION $@)
	$Q./$(PROGRAM) --completion=$* >$@ || { echo 'dechaff will do without' >&2; :>$@; }

# An image is good for the program that made it alone: the digest of the sources tells them apart.
$(BUILD)/identity: FORCE
	@mkdir -p $(@D)
	@{ cat $(sort $(SOURCES) $(wildcard src/*/*.h)); $(CC) --version; } | cksum | tr ' ' - >$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi
$(BUILD)/src/match/image.o: $(BUILD)/identity
$(BUILD)/src/match/image.o: private DEFINES += -DDECHAFF_IDENTITY='"$(shell cat $(BUILD)/identity)"'

# Only what looks for rule files is compiled again for another PREFIX.
$(BUILD)/src/rules/paths.o: $(BUILD)/rules-dir
$(BUILD)/src/rules/paths.o: private DEFINES += -DDECHAFF_RULES_DIR='"$(RULES_DIR)"' \
  -DDECHAFF_IMAGES_DIR='"$(IMAGES_DIR)"'

# The command itself is a prerequisite: another compiler or flag rebuilds. The file is touched only
# when what it says has changed.
$(BUILD)/flags: export NOW := $(value LIBS) $(COMPILE) $(HARDEN_LDFLAGS) $(LDFLAGS)
$(BUILD)/rules-dir: export NOW := $(RULES_DIR) $(IMAGES_DIR)
$(BUILD)/flags $(BUILD)/rules-dir: libraries FORCE
	@mkdir -p $(@D)
	@printf '%s\n' "$$NOW" | cmp -s - $@ || printf '%s\n' "$$NOW" >$@

libraries:
	@$(PKG_CONFIG) --exists $(LIBRARIES) 2>/dev/null || { echo 'dechaff needs pkg-config,' \
	  'libpcre2-8 and libmd: apt-get install pkg-config libpcre2-dev libmd-dev (Debian, Ubuntu),' \
	  'dnf install pkgconf pcre2-devel libmd-devel (Fedora), pacman -S pkgconf pcre2 libmd (Arch),' \
	  'apk add pkgconf pcre2-dev libmd-dev (Alpine), brew install pkgconf pcre2 libmd (Homebrew);' \
	  '"make deps" does it' >&2; exit 1; }

# Unit tests: every tests/unit/check_NAME.c defines `Suite *NAME_suite(void)`. The
# list of suites is written from the files that are there, so none is left out.
unit-program: $(BUILD)/check_dechaff

$(BUILD)/check_dechaff: $(UNIT) $(MODULES)
	$(call tell,LD $@)
	$Q$(LINK) -o $@ $(UNIT) $(MODULES) $(CHECK_LIBS) $(LIBS) $(LDLIBS)

$(BUILD)/tests/unit/%.o: tests/unit/%.c $(BUILD)/check_suites.h $(BUILD)/flags
	@mkdir -p $(@D)
	$(call tell,CC $<)
	$Q$(COMPILE) -I$(BUILD) $(CHECK_CFLAGS) -MMD -MP -c -o $@ $<

# The loop of filter.c, for the tests: they have a main of their own, and the suites watch the lines.
$(BUILD)/tests/unit/filter.o $(BUILD)/tests/fuzz/filter.o: filter.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call tell,CC $@)
	$Q$(COMPILE) -Dmain=filter_main -MMD -MP -c -o $@ $<
$(BUILD)/tests/unit/filter.o: private DEFINES += -Ddecide_line=watch_line \
  -Ddecide_blank=watch_blank -Ddecide_next=watch_next

$(BUILD)/check_suites.h: FORCE
	@mkdir -p $(@D)
	@{ echo '/* Written by the Makefile from tests/unit/check_*.c. */'; echo '#include <check.h>'; \
	  for suite in $(SUITES:check_%=%); do echo "Suite *$${suite}_suite(void);"; done; \
	  printf '#define CHECK_SUITES'; \
	  for suite in $(SUITES:check_%=%); do printf ' {"%s", %s_suite},' $$suite $$suite; done; \
	  echo; } >$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

# Helpers of the tests: shims that make the n-th call fail, and try to break out; a memory gauge, documents in
# any format, commands in turns.
$(BUILD)/faults.so $(BUILD)/intrude.so: $(BUILD)/%.so: tests/tools/%.c
	@mkdir -p $(@D)
	$(call tell,CC $<)
	$Q$(TOOL) -D_GNU_SOURCE -fPIC -shared -o $@ $< -ldl

$(BUILD)/peak $(BUILD)/forms $(BUILD)/turns: $(BUILD)/%: tests/tools/%.c
	@mkdir -p $(@D)
	$(call tell,CC $<)
	$Q$(TOOL) -D_DEFAULT_SOURCE -o $@ $<

test-programs: all $(addprefix $(BUILD)/,check_dechaff documents faults.so intrude.so forms peak)

RUN_TESTS = DECHAFF='$(CURDIR)/$(PROGRAM)' BUILD='$(CURDIR)/$(BUILD)' sh tests/run.sh

check: deps-check
	@$(MAKE) --no-print-directory test-programs
	@$(RUN_TESTS) $(STEPS)

quick:
	@$(MAKE) --no-print-directory test-programs
	@$(RUN_TESTS) unit cases

memory: all $(BUILD)/peak
	@MEMORY=full $(RUN_TESTS) memory

# What dechaff-pipelines(7) shows, on two hosts, a queue and a Spark of its own. What it needs
# is installed by `sh tests/setup.sh pipelines` only: some of it would be started there and then.
pipelines: all
	@$(RUN_TESTS) pipelines

# The published filters against the programs that they are named after, for a $PYTHON that has them.
published: all
	@$(RUN_TESTS) published

# What dechaff costs beside other tools, and where the time goes; the settings (ROUNDS=N, ...) are
# those of the scripts.
bench profile: all $(BUILD)/forms $(BUILD)/turns
	@DECHAFF='$(CURDIR)/$(PROGRAM)' BUILD='$(CURDIR)/$(BUILD)' sh tests/bench/$@.sh

# Silent until the sample comes.
demo: deps-build
	@$(MAKE) --no-print-directory $(if $(VERBOSE),,-s) all
	@DECHAFF=./$(PROGRAM) sh tests/demo.sh tests/sample/*.txt

# Install what is missing; silent when nothing is.
deps: deps-check
deps-build deps-check deps-deb deps-lint:
	@sh tests/setup.sh $(@:deps-%=%)

# Where the files stay the images are written anew, the same bytes: then each has its seal. A package
# does it when it is configured.
SEAL = $Qcd '$(rulesdir)'/.. && for image in $(IMAGES:.image=); do [ ! -s '$(imagesdir)'/$$image.image ] || \
  DECHAFF_RULES='$(notdir $(rulesdir))' '$(bindir)/dechaff' -r $$image --write-image='$(imagesdir)'/$$image.image || \
  exit; done

install: all
	$(call tell,INSTALL $(DESTDIR)$(PREFIX))
	$Qmkdir -p '$(DESTDIR)$(bindir)' '$(DESTDIR)$(rulesdir)' '$(DESTDIR)$(imagesdir)' \
	  $(patsubst %,'$(DESTDIR)$(mandir)/%',$(sort $(dir $(PAGES)))) \
	  $(patsubst %,'$(DESTDIR)%',$(dir $(COMPLETIONS) $(VIM_FILES)))
	$Qinstall -m 755 dechaff '$(DESTDIR)$(bindir)/dechaff'
	$Qinstall -m 644 rules/*.rules '$(DESTDIR)$(rulesdir)'
	$Qinstall -m 644 $(IMAGES:%=$(BUILD)/%) '$(DESTDIR)$(imagesdir)'
	$Qinstall -m 644 $(BUILD)/dechaff.bash '$(DESTDIR)$(bashdir)/dechaff'
	$Qinstall -m 644 $(BUILD)/dechaff.zsh '$(DESTDIR)$(zshdir)/_dechaff'
	$Qinstall -m 644 $(BUILD)/dechaff.fish '$(DESTDIR)$(fishdir)/dechaff.fish'
	$Q$(foreach file,$(VIM_FILES),install -m 644 src/packaging/vim/$(file:$(vimdir)/%=%) '$(DESTDIR)$(file)' &&) :
	$Q$(foreach page,$(PAGES),sed $(PLACES) man/$(notdir $(page)) >'$(DESTDIR)$(mandir)/$(page)' && \
	  chmod 644 '$(DESTDIR)$(mandir)/$(page)' &&) :
	$(if $(DESTDIR),,$(SEAL))

# The rules directory goes only when nobody has put anything else into it.
uninstall:
	$(call tell,UNINSTALL $(DESTDIR)$(PREFIX))
	$Qrm -f '$(DESTDIR)$(bindir)/dechaff' $(PAGES:%='$(DESTDIR)$(mandir)/%') \
	  $(IMAGES:%='$(DESTDIR)$(imagesdir)/%') $(IMAGES:%='$(DESTDIR)$(imagesdir)/%.seal') $(COMPLETIONS:%='$(DESTDIR)%') $(VIM_FILES:%='$(DESTDIR)%')
	$Qcd rules && for file in *.rules; do rm -f '$(DESTDIR)$(rulesdir)'/"$$file"; done
	@rmdir '$(DESTDIR)$(imagesdir)' '$(DESTDIR)$(rulesdir)' '$(DESTDIR)$(PREFIX)/share/dechaff' 2>/dev/null || :

# The words of the rule language, in the files for editors.
words:
	$Qsh tests/tools/editor-words.sh

format:
	$Qclang-format -i $(C_FILES)

lint: deps-lint
	@$(MAKE) --no-print-directory lint-walls lint-format lint-scripts lint-manual lint-portable lint-code

# What may include what: src/README.md.
lint-walls:
	$Qawk -f tests/tools/walls.awk src/README.md $$(find filter.c src -name '*.[ch]')

lint-format:
	$Qclang-format --dry-run -Werror $(C_FILES)

lint-scripts:
	$Qshellcheck $(SCRIPTS)

lint-manual:
	@if [ -n '$(MANUALS)' ]; then mandoc -Tlint -Wwarning $(MANUALS); fi

lint-portable:
	@sh tests/tools/portable.sh $(WARNINGS) $(DEFINES) -Isrc $(SOURCES)

# One clang-tidy a file, so that make's -j spreads them.
TIDY = $(patsubst %,tidy-%,$(SOURCES) $(wildcard tests/*/*.c))
lint-code: $(TIDY)
$(TIDY): tidy-%: $(BUILD)/check_suites.h
	@clang-tidy --quiet $* -- -std=c17 $(WARNINGS) -D_GNU_SOURCE $(DEFINES) -Isrc -I$(BUILD) \
	  $(LIBS_CFLAGS) $(CHECK_CFLAGS) 2>$(BUILD)/$(subst /,-,$@).log || \
	  { cat $(BUILD)/$(subst /,-,$@).log; exit 1; }

include tests/fuzz/fuzz.mk
include src/packaging/packaging.mk

# How well `dechaff -r page` does on labelled pages: tests/quality/README.md.
DIR = ../shared/eval
quality: all
	python3 tests/quality/score.py $(DIR)

# `dechaff -r page` beside extractors that read HTML; the settings (PAGES=DIRECTORY, ...) are those of the script.
peers: all $(BUILD)/peak
	@DECHAFF='$(CURDIR)/$(PROGRAM)' BUILD='$(CURDIR)/$(BUILD)' sh tests/quality/peers.sh

clean:
	$Qrm -rf build dechaff

help:
	@echo 'all         build ./dechaff'
	@echo 'demo        build and clean a sample page before your eyes'
	@echo 'check       build and run all tests; JOBS=N steps at once, else as many as cores'
	@echo 'quick       unit tests and cases only'
	@echo 'install     into PREFIX ($(PREFIX)), below DESTDIR; uninstall takes it away'
	@echo 'dist        a tarball of the sources, and what packagers take: src/packaging/README.md'
	@echo 'deb         a Debian package, in build/deb; rpm one for rpmbuild'\''s kin, in build/rpm'
	@echo 'bare        all of it on bare systems, as root: SUITES="bookworm trixie" PARTS="readme package others"'
	@echo 'deps        install what building and testing need'
	@echo 'lint        the walls of src/README.md, clang-format, clang-tidy, shellcheck, mandoc, other systems'
	@echo 'format      clang-format -i'
	@echo 'words       the words of the rule language into the files for editors: src/packaging'
	@echo 'fuzz        FUZZ_RUNS=$(FUZZ_RUNS) inputs for each fuzz target, FUZZ_PAIRS=$(FUZZ_PAIRS) of rule and line'
	@echo 'fuzz-long   each for FUZZ_SECONDS=$(FUZZ_SECONDS) on all cores, from where the last time ended'
	@echo 'hostile     look for texts that cost more than their length: HOSTILE=$(HOSTILE)'
	@echo 'memory      10 GB through a pipe, a line of 1 GB'
	@echo 'pipelines   what dechaff-pipelines(7) shows, over ssh, Slurm and Spark (tests/setup.sh pipelines)'
	@echo 'published   the published filters against the programs they are named after: PYTHON'
	@echo 'bench       what it costs beside sed, grep, rg, jq, perl: ROUNDS=5'
	@echo 'profile     where the time goes, by function: SIZE=16 RULES=4000'
	@echo 'quality     how well -r page finds the article: DIR=a benchmark'\''s checkout'
	@echo 'peers       -r page beside extractors that read HTML, from PyPI: PAGES=a benchmark'\''s checkout'
	@echo 'clean       remove what was built'

FORCE:
.PHONY: all bench check clean demo deps deps-build deps-check deps-lint format help install \
  libraries lint lint-code lint-format lint-manual lint-portable lint-scripts lint-walls memory peers pipelines \
  profile published quality quick test-programs uninstall unit-program words FORCE $(TIDY)
.DELETE_ON_ERROR:

-include $(OBJECTS:.o=.d) $(UNIT:.o=.d)
