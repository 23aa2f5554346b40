# pamphlet: a static site generator for clinics. `make help` lists the targets.

BUILD ?= .build
PREFIX ?= /usr/local
CC ?= cc
SANITIZE ?=
CONFIG := $(BUILD)/$(if $(SANITIZE),sanitize,plain)

VERSION := 0.1.0
PACKAGES := libcmark-gfm libfyaml jansson libxml-2.0 gumbo libxxhash nettle libqpdf icu-uc icu-i18n libqrencode libmicrohttpd
DEBIAN := gcc libc6-dev pkg-config libcmark-gfm-dev libcmark-gfm-extensions-dev libfyaml-dev libjansson-dev libxml2-dev libgumbo-dev \
          libxxhash-dev nettle-dev libicu-dev libqrencode-dev libqpdf-dev libmicrohttpd-dev
DEBIAN_TEST := libcmocka-dev python3 python3-jinja2 libxml2-utils poppler-utils qpdf zbar-tools fonts-dejavu-core time wrk rclone parallel
# Programs that may have come another way: the package is installed when the command is missing.
COMMANDS_TEST := node:nodejs npm:npm chromium:chromium chromium-headless-shell:chromium-headless-shell java:default-jre-headless

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wvla \
            $(if $(CI),-Werror)
CPPFLAGS += -Igenerator -DPAMPHLET_VERSION='"$(VERSION)"' -DPAMPHLET_DATADIR='"$(PREFIX)/share/pamphlet"'
CFLAGS ?= -O2 -g
# What the compiler has: 3 is checked against more sizes than 2; the processor's own return and jump checks are x86's and Arm's.
FORTIFY := -D_FORTIFY_SOURCE=$(if $(shell echo 'int x;' | $(CC) -O2 -Werror -D_FORTIFY_SOURCE=3 -include string.h -x c -c -o /dev/null - 2>/dev/null && echo yes),3,2)
CONTROL := $(firstword $(foreach f,-fcf-protection -mbranch-protection=standard,$(shell echo 'int x;' | $(CC) $(f) -x c -c -o /dev/null - 2>/dev/null && echo '$(f)')))
HARDEN := $(if $(SANITIZE),,$(FORTIFY)) -fstack-protector-strong $(CONTROL) -fPIE
CHECKED := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
ALL_CFLAGS = -std=c17 $(CFLAGS) $(WARNINGS) $(HARDEN) -MMD -MP $(CHECKED) $(shell pkg-config --cflags $(PACKAGES))
ALL_LDFLAGS = $(LDFLAGS) -pie -Wl,-z,relro,-z,now -Wl,--build-id $(CHECKED)
LIBS = $(shell pkg-config --libs $(PACKAGES)) -lcmark-gfm-extensions -lm

SOURCES := $(filter-out generator/main.c,$(wildcard generator/*/*.c))
OBJECTS := $(SOURCES:generator/%.c=$(CONFIG)/%.o)
LIBRARY := $(CONFIG)/libpamphlet.a
PAMPHLET := $(CONFIG)/pamphlet
UNIT := $(patsubst tests/unit/%.c,$(CONFIG)/unit/%,$(wildcard tests/unit/test_*.c))
DRIVERS := $(CONFIG)/tests/commonmark_driver $(CONFIG)/tests/print_driver $(CONFIG)/tests/crash_on_page.so $(CONFIG)/tests/fault.so

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- what people run ---

.PHONY: site
site: packages ## install what is missing, build the generator, build content/ into out/
	@$(MAKE) --no-print-directory -j$(shell nproc) build
	@$(PAMPHLET) build
	@echo 'Look at it, and at each edit: $(PAMPHLET) serve --open'

.PHONY: build
build: $(PAMPHLET) ## compile the generator (SANITIZE=address,undefined for a checked one)

.PHONY: install
install: build ## install to DESTDIR and PREFIX (default /usr/local)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/pamphlet
	install -m 755 $(PAMPHLET) $(DESTDIR)$(PREFIX)/bin/pamphlet
	cp -R themes $(DESTDIR)$(PREFIX)/share/pamphlet/

.PHONY: clean
clean: ## remove everything that was built
	rm -rf $(BUILD) tests/node_modules

# --- tests ---

SUITES ?= unit unit-sanitized golden golden-sanitized jinja commonmark sites rebuild hostile publish fault new docs facts schema html safety browser serve print theme themes visual

.PHONY: test
test: packages packages-test ## install what the tests need, run them all
	@$(MAKE) --no-print-directory -j$(shell nproc) build unit drivers
	@$(MAKE) --no-print-directory -j$(shell nproc) build unit drivers SANITIZE=address,undefined
	@tests/run $(SUITES)

.PHONY: test-all
test-all: test ## all of that, and the full matrix of themes, every handout on each paper, 1,000 edits of a preview, all suites sanitized, valgrind, and each fuzz target for a while
	$(call install_missing,,valgrind:valgrind clang:clang)
	@tests/run $(patsubst %,%-sanitized,jinja commonmark sites rebuild hostile publish new docs facts schema html safety browser print theme themes visual)
	@FULL=1 SUITE_SECONDS=7200 tests/run themes print serve serve-sanitized rebuild safety publish fault fault-sanitized unit-valgrind golden-valgrind
	@$(MAKE) --no-print-directory fuzz SECONDS=20

.PHONY: unit
unit: $(UNIT) ## compile the unit tests

.PHONY: drivers
drivers: $(DRIVERS)

.PHONY: bench
bench: packages build $(CONFIG)/tests/template_bench ## measure against the floor, Hugo and Eleventy (SIZES=, RUNS=), write tests/bench/RESULTS.md; then an edit until it is served, then handouts
	@$(CONFIG)/tests/template_bench
	@tests/bench/run
	@tests/bench/edits
	@tests/bench/print

.PHONY: bench-check
bench-check: packages build ## count the instructions of each stage, compare with the recorded ones (UPDATE=1 records)
	$(call install_missing,,valgrind:valgrind)
	@tests/bench/check $(if $(UPDATE),--update)

# Parsers of people's input, fed by libFuzzer: `make fuzz SECONDS=600`, or one of them with TARGETS=yaml.
SECONDS ?= 60
TARGETS ?= $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_CFLAGS = -std=c17 -g -O1 -fsanitize=address,undefined,fuzzer-no-link -fno-omit-frame-pointer \
              $(shell pkg-config --cflags $(PACKAGES))

.PHONY: fuzz
fuzz: packages $(TARGETS:%=$(BUILD)/fuzz/fuzz_%) ## run the fuzz targets (SECONDS= each, TARGETS=)
	@for t in $(TARGETS); do mkdir -p $(BUILD)/fuzz/found-$$t && echo "fuzz_$$t" && \
	  $(BUILD)/fuzz/fuzz_$$t -max_total_time=$(SECONDS) -timeout=10 -rss_limit_mb=2048 -verbosity=0 -print_final_stats=1 \
	    -artifact_prefix=$(BUILD)/fuzz/ $(BUILD)/fuzz/found-$$t tests/fuzz/seeds/$$t || exit 1; done

$(BUILD)/fuzz/fuzz_%: tests/fuzz/fuzz_%.c $(SOURCES:generator/%.c=$(BUILD)/fuzz/%.o)
	$(Q)clang $(CPPFLAGS) $(FUZZ_CFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)

$(BUILD)/fuzz/%.o: generator/%.c
	@mkdir -p $(@D)
	$(Q)clang $(CPPFLAGS) $(FUZZ_CFLAGS) -MMD -MP -c -o $@ $<

# --- the code's own order ---

# What can be a bug; not what is the house's way of writing: numbers that fit, arrays of pointers, sets of bytes for memchr().
space := $(subst ,, )
comma := ,
TIDY_CHECKS = $(subst $(space),$(comma),$(strip -* bugprone-* clang-analyzer-* -bugprone-easily-swappable-parameters -bugprone-reserved-identifier \
  -bugprone-narrowing-conversions -bugprone-implicit-widening-of-multiplication-result -bugprone-macro-parentheses -bugprone-sizeof-expression \
  -bugprone-branch-clone -bugprone-not-null-terminated-result -clang-analyzer-optin.performance.Padding -clang-analyzer-security.insecureAPI.strcpy \
  -clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling))

.PHONY: lint
lint: layers ## layers, cppcheck, clang-tidy
	$(call install_missing,,cppcheck:cppcheck clang-tidy:clang-tidy)
	cppcheck --quiet --std=c11 --enable=performance,portability --inline-suppr --suppress=autoVariables --suppress=returnDanglingLifetime --error-exitcode=1 \
	  --suppress=missingIncludeSystem -Igenerator -DPAMPHLET_VERSION='""' -DPAMPHLET_DATADIR='""' generator
	@$(MAKE) --no-print-directory -j$(shell nproc) --keep-going $(patsubst generator/%.c,$(BUILD)/tidy/%,$(wildcard generator/*.c generator/*/*.c))

$(BUILD)/tidy/%: generator/%.c $(wildcard generator/*/*.h)
	@mkdir -p $(@D)
	$(Q)clang-tidy --quiet --checks='$(TIDY_CHECKS)' --warnings-as-errors='*' $< -- -std=c17 $(CPPFLAGS) $(shell pkg-config --cflags $(PACKAGES))
	@touch $@

.PHONY: format
format: ## clang-format over all C files
	clang-format -i generator/*.c generator/*/*.[ch] tests/*/*.[ch]

.PHONY: layers
layers: ## check that includes run downward only
	@tests/lib/layers

.PHONY: fonts
fonts: ## bring the readable typefaces that themes may use (npm, Debian)
	$(call install_missing,woff2 fonts-noto-core,npm:npm)
	@themes/make-fonts

.PHONY: docs
docs: build ## write the pages of docs/ that are made from the code
	@$(PAMPHLET) help messages >docs/messages.md
	@$(PAMPHLET) help limits >docs/limits.md

.PHONY: docs-site
docs-site: build ## build the site of the docs into .build/docs-site
	@docs/site/lay-out $(BUILD)/docs
	@PAMPHLET_DATA=$(CURDIR) $(PAMPHLET) build --strict --source $(BUILD)/docs --out $(BUILD)/docs-site

# --- packages ---

SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
# $(1): packages. Installs those that are missing.
define install_missing
	@missing=; for p in $(1); do \
	  dpkg-query -W -f '$${db:Status-Status}\n' $$p 2>/dev/null | grep -qx installed || missing="$$missing $$p"; done; \
	for c in $(2); do command -v $${c%%:*} >/dev/null 2>&1 || missing="$$missing $${c#*:}"; done; \
	[ -z "$$missing" ] || { echo "Installing$$missing"; \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$missing >/dev/null 2>&1 || { \
	  $(SUDO) apt-get update -q && $(SUDO) env DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -q --no-install-recommends $$missing >/dev/null; }; }
endef

.PHONY: packages
packages: ## install the Debian packages that the generator needs
	$(call install_missing,$(DEBIAN))

.PHONY: packages-test
packages-test: ## install what the tests need (Debian, npm)
	$(call install_missing,$(DEBIAN_TEST),$(COMMANDS_TEST))
	@tests/lib/node-modules

# --- how files are made ---

$(PAMPHLET): $(CONFIG)/main.o $(LIBRARY)
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(LIBRARY): $(OBJECTS)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(CONFIG)/%.o: generator/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

$(CONFIG)/unit/%: tests/unit/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) -Itests/unit $(ALL_CFLAGS) $(shell pkg-config --cflags cmocka) $(ALL_LDFLAGS) -o $@ $< $(LIBRARY) $(LIBS) $(shell pkg-config --libs cmocka)

$(CONFIG)/tests/commonmark_driver: tests/commonmark/driver.c $(LIBRARY)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(LIBRARY) $(LIBS)

$(CONFIG)/tests/print_driver: tests/print/driver.c $(LIBRARY)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(LIBRARY) $(LIBS)

$(CONFIG)/tests/template_bench: tests/bench/template_bench.c $(LIBRARY)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(LIBRARY) $(LIBS)

# Loaded before the Markdown library, it crashes on a page that asks for it.
$(CONFIG)/tests/%.so: tests/sites/%.c
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c17 $(CFLAGS) -fPIC -shared $(shell pkg-config --cflags libcmark-gfm) -o $@ $< -ldl

# Loaded before the C library, it lets a system call or an allocation fail. It is itself never checked by a sanitizer.
$(CONFIG)/tests/fault.so: tests/fault/shim.c
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c17 $(CFLAGS) $(WARNINGS) -Wno-missing-prototypes -fPIC -shared -o $@ $< -ldl

# The files that a C file takes in.
$(CONFIG)/serve/preview.o $(BUILD)/fuzz/serve/preview.o: generator/serve/preview.js generator/serve/preview.css
$(CONFIG)/print/scripts.o $(BUILD)/fuzz/print/scripts.o: generator/print/prepare.js

# Q= on the command line shows the commands.
Q ?= @
.SECONDARY:
-include $(SOURCES:generator/%.c=$(BUILD)/fuzz/%.d) $(OBJECTS:.o=.d) $(CONFIG)/main.d $(UNIT:=.d)
