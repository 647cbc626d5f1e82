# packaging.mk -- packages, a part of the Makefile: src/packaging/README.md.
#
# The folders beside this file are what the tools of distributions read. @VERSION@, @SUMMARY@ and the
# like stand in them for what is said once, here and in the Makefile, and @SHA256@ for what is known of
# a release only when it is packed: `make dist` fills them in.
HOMEPAGE   = https://example.org/dechaff
DOWNLOADS  = $(HOMEPAGE)/releases
MAIL       = dechaff@example.org
MAINTAINER = The dechaff authors <$(MAIL)>
SUMMARY    = Drop the lines of a text that belong to the site, not to the article

DIST     = build/dist
TARBALL  = $(DIST)/dechaff-$(VERSION).tar.gz
RECIPES := $(shell find src/packaging/debian src/packaging/rpm src/packaging/alpine src/packaging/arch \
             src/packaging/homebrew -type f)
CHANGES  = awk -f src/packaging/news.awk -v maintainer='$(MAINTAINER)' -v form=$(1) src/packaging/NEWS
digest   = $$($(1) $(TARBALL) | cut -d' ' -f1)

dist: $(RECIPES:src/packaging/%=$(DIST)/%) $(DIST)/debian/changelog

$(TARBALL): FORCE
	@mkdir -p $(@D)
	$(call tell,DIST $@)
	$Qsh src/packaging/dist.sh $(VERSION) $@

$(DIST)/%: src/packaging/% $(TARBALL)
	@mkdir -p $(@D)
	@sed -e 's|@VERSION@|$(VERSION)|g; s|@SUMMARY@|$(SUMMARY)|g; s|@MAINTAINER@|$(MAINTAINER)|g' \
	  -e 's|@HOMEPAGE@|$(HOMEPAGE)|g; s|@DOWNLOADS@|$(DOWNLOADS)|g; s|@MAIL@|$(MAIL)|g' \
	  -e "s|@SHA256@|$(call digest,sha256sum)|; s|@SHA512@|$(call digest,sha512sum)|" $< >$@
	@if [ -x $< ]; then chmod +x $@; fi
	@case $@ in (*.spec) $(call CHANGES,rpm) >>$@ ;; esac

$(DIST)/debian/changelog: src/packaging/NEWS FORCE
	@mkdir -p $(@D)
	@$(call CHANGES,debian) >$@

# dpkg-buildpackage has makes of its own, with flags of their own.
deb: deps-deb
	@$(MAKE) --no-print-directory dist
	$(call tell,DEB build/deb)
	$Qrm -rf build/deb && mkdir -p build/deb
	$Qcp $(TARBALL) build/deb/dechaff_$(VERSION).orig.tar.gz
	$Qtar -C build/deb -xzf $(TARBALL)
	$Qcp -R $(DIST)/debian build/deb/dechaff-$(VERSION)
	$Qcd build/deb/dechaff-$(VERSION) && env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS dpkg-buildpackage -us -uc

# RPM=rpmbuild's options.
rpm: dist
	$(call tell,RPM build/rpm)
	$Qenv -u MAKEFLAGS -u MAKELEVEL -u MFLAGS rpmbuild -ba --define '_topdir $(CURDIR)/build/rpm' \
	  --define '_sourcedir $(CURDIR)/$(DIST)' $(RPM) $(DIST)/rpm/dechaff.spec

# SUITES and PARTS: tests/steps/bare.sh.
bare:
	@sh tests/run.sh bare

.PHONY: bare deb dist rpm
