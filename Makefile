# pamphlet: a static site generator for clinics. `make help` lists the targets.

BUILD ?= .build
PREFIX ?= /usr/local
CC ?= cc
SANITIZE ?=
CONFIG := $(BUILD)/$(if $(SANITIZE),sanitize,plain)

VERSION := 0.1.0
PACKAGES := libcmark-gfm libfyaml jansson libxml-2.0 gumbo libxxhash nettle icu-uc icu-i18n
DEBIAN := gcc make pkg-config libc6-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libfyaml-dev libjansson-dev \
          libxml2-dev libgumbo-dev libxxhash-dev nettle-dev libicu-dev
DEBIAN_TEST := libcmocka-dev python3 python3-jinja2 nodejs npm chromium default-jre-headless libxml2-utils

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wvla \
            $(if $(CI),-Werror)
CPPFLAGS += -Igenerator -DPAMPHLET_VERSION='"$(VERSION)"' -DPAMPHLET_DATADIR='"$(PREFIX)/share/pamphlet"'
CFLAGS ?= -O2 -g
HARDEN := $(if $(SANITIZE),,-D_FORTIFY_SOURCE=2) -fstack-protector-strong -fcf-protection -fPIE
ALL_CFLAGS = -std=c17 $(CFLAGS) $(WARNINGS) $(HARDEN) -MMD -MP $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer) \
             $(shell pkg-config --cflags $(PACKAGES))
ALL_LDFLAGS = $(LDFLAGS) -pie -Wl,-z,relro,-z,now $(if $(SANITIZE),-fsanitize=$(SANITIZE))
LIBS = $(shell pkg-config --libs $(PACKAGES)) -lcmark-gfm-extensions -lm

SOURCES := $(filter-out generator/main.c,$(wildcard generator/*/*.c))
OBJECTS := $(SOURCES:generator/%.c=$(CONFIG)/%.o)
LIBRARY := $(CONFIG)/libpamphlet.a
PAMPHLET := $(CONFIG)/pamphlet
UNIT := $(patsubst tests/unit/%.c,$(CONFIG)/unit/%,$(wildcard tests/unit/test_*.c))

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: build
build: $(PAMPHLET) ## compile the generator (SANITIZE=address,undefined for a checked one)

$(PAMPHLET): $(CONFIG)/main.o $(LIBRARY)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(LIBRARY): $(OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

$(CONFIG)/%.o: generator/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

$(CONFIG)/unit/%: tests/unit/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests/unit $(ALL_CFLAGS) $(shell pkg-config --cflags cmocka) $(ALL_LDFLAGS) -o $@ $< $(LIBRARY) $(LIBS) $(shell pkg-config --libs cmocka)

.PHONY: unit
unit: $(UNIT) ## compile the unit tests

.PHONY: clean
clean: ## remove everything that was built
	rm -rf $(BUILD)

-include $(OBJECTS:.o=.d) $(CONFIG)/main.d $(UNIT:=.d)
