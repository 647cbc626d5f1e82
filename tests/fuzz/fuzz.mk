# fuzz.mk -- fuzzing, a part of the Makefile: clang's libFuzzer with the sanitizers, a target for each
# fuzz_NAME.c, and programs of our own without them.
#
# `make fuzz` gives each target FUZZ_RUNS inputs, cost FUZZ_COSTS, from the same seed. `make fuzz-long`
# gives each FUZZ_SECONDS on all cores, and goes on from what earlier runs found, in build/fuzz/corpus;
# what fails lies in build/fuzz/failed.
FUZZ_RUNS    = 20000
FUZZ_COSTS   = 50000
FUZZ_PAIRS   = 1000000
FUZZ_SECONDS = 3600
HOSTILE      = page
FUZZ_WORKERS = $(shell nproc 2>/dev/null || getconf _NPROCESSORS_ONLN)
FUZZERS     := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_OPTIONS = -max_len=4096 -timeout=20 -rss_limit_mb=2048 -print_funcs=0
FUZZ_LINK    = -fsanitize=fuzzer
FUZZ_COUNTS  = -fprofile-instr-generate=/dev/null -fsanitize-coverage=inline-8bit-counters,pc-table

fuzz: $(FUZZERS:%=run-fuzz_%) run-pairs run-documents

runs = $(FUZZ_RUNS)
run-fuzz_cost: private runs = $(FUZZ_COSTS)

run-fuzz_%: fuzz-programs
	@sh tests/fuzz/corpus.sh $* build/fuzz/seeds/$* >build/fuzz/$*.dict
	cd build/fuzz && ./fuzz_$* -runs=$(runs) -seed=1 -verbosity=0 $(FUZZ_OPTIONS) -dict=$*.dict seeds/$*

# One target after the other, as each takes all cores; all of them, also after one that failed.
fuzz-long: fuzz-programs
	@cd build/fuzz && mkdir -p failed && status=0 && for target in $(FUZZERS); do \
	  mkdir -p corpus/$$target; \
	  sh ../../tests/fuzz/corpus.sh $$target seeds/$$target >$$target.dict; \
	  ./fuzz_$$target -max_total_time=$(FUZZ_SECONDS) -jobs=$(FUZZ_WORKERS) -workers=$(FUZZ_WORKERS) \
	    -artifact_prefix=failed/$$target- $(FUZZ_OPTIONS) -dict=$$target.dict corpus/$$target seeds/$$target || \
	    status=1; \
	done; exit $$status

fuzz-programs:
	@$(MAKE) --no-print-directory BUILD=build/fuzz CC=clang CFLAGS='-O1 -g' \
	  SANITIZE=fuzzer-no-link,address,undefined $(patsubst %,build/fuzz/fuzz_%,$(filter-out cost,$(FUZZERS)))
	@$(MAKE) --no-print-directory BUILD=build/cost CC=clang SANITIZE= HARDEN= CFLAGS='-O2 -g $(FUZZ_COUNTS)' \
	  build/cost/fuzz_cost
	@cp build/cost/fuzz_cost build/fuzz

$(BUILD)/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(BUILD)/tests/fuzz/harness.o $(BUILD)/tests/fuzz/filter.o $(MODULES)
	$(call tell,LD $@)
	$Q$(LINK) $(FUZZ_LINK) -o $@ $^ $(LIBS)

$(BUILD)/fuzz_cost: private FUZZ_LINK += -Wl,--wrap=pcre2_match_8

.SECONDARY: $(patsubst %,$(BUILD)/tests/fuzz/%.o,$(FUZZERS:%=fuzz_%) harness)

# Random rules and lines, FUZZ_PAIRS of them; random documents, filtered, altered and restored.
run-pairs: build/fuzz/pairs
	build/fuzz/pairs $(FUZZ_PAIRS) 1

run-documents: $(BUILD)/documents
	$(BUILD)/documents $(FUZZ_RUNS) 1

# Texts that cost more than their length should, and the rules that they cost so much with.
hostile: $(BUILD)/hostile
	DECHAFF_RULES=rules $(BUILD)/hostile $(HOSTILE) texts
	DECHAFF_RULES=rules $(BUILD)/hostile $(HOSTILE) rules

build/fuzz/pairs: tests/fuzz/fuzz_prefilter.c
$(BUILD)/documents: tests/fuzz/documents.c tests/fuzz/harness.c $(BUILD)/tests/fuzz/filter.o
$(BUILD)/hostile: tests/fuzz/hostile.c $(BUILD)/tests/fuzz/filter.o
build/fuzz/pairs $(BUILD)/documents $(BUILD)/hostile: $(MODULES)
	@mkdir -p $(@D)
	$(call tell,CC $(filter %.c,$^))
	$Q$(COMPILE) -DSTANDALONE -o $@ $(filter %.c %.o,$^) $(LIBS)

-include $(wildcard $(BUILD)/tests/fuzz/*.d)

.PHONY: fuzz fuzz-long fuzz-programs hostile
