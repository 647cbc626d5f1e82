# fuzz.mk -- fuzzing, a part of the Makefile: clang's libFuzzer with the sanitizers, FUZZ_RUNS inputs
# for each fuzz_NAME.c, and two programs of our own without them.
FUZZ_RUNS  = 20000
FUZZ_PAIRS = 1000000
FUZZERS   := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))

fuzz: $(FUZZERS:%=run-%) run-pairs run-documents

run-fuzz_%: fuzz-programs
	@mkdir -p build/fuzz/corpus_$*
	@cp tests/cases/*/*.rules tests/cases/*/*.in build/fuzz/corpus_$*
	cd build/fuzz && ./fuzz_$* -runs=$(FUZZ_RUNS) -seed=1 -max_len=4096 -timeout=20 \
	  -rss_limit_mb=1024 -verbosity=0 corpus_$*

fuzz-programs:
	@$(MAKE) --no-print-directory BUILD=build/fuzz CC=clang CFLAGS='-O1 -g' \
	  SANITIZE=fuzzer-no-link,address,undefined $(FUZZERS:%=build/fuzz/%)

build/fuzz/fuzz_%: tests/fuzz/fuzz_%.c $(MODULES)
	$(call tell,CC $<)
	$Q$(COMPILE) -fsanitize=fuzzer -MMD -MP -o $@ $(filter %.c %.o,$^) $(LIBS)

# Random rules and lines, FUZZ_PAIRS of them; random documents, filtered and restored.
run-pairs: build/fuzz/pairs
	build/fuzz/pairs $(FUZZ_PAIRS) 1

run-documents: build/fuzz/documents
	build/fuzz/documents $(FUZZ_RUNS) 1

build/fuzz/pairs: tests/fuzz/fuzz_prefilter.c
build/fuzz/documents: tests/fuzz/fuzz_documents.c
build/fuzz/pairs build/fuzz/documents: $(MODULES)
	@mkdir -p $(@D)
	$(call tell,CC $(filter %.c,$^))
	$Q$(COMPILE) -DSTANDALONE -o $@ $(filter %.c %.o,$^) $(LIBS)

build/fuzz/fuzz_documents build/fuzz/documents: $(BUILD)/tests/fuzz/filter.o

.PHONY: fuzz fuzz-programs
