# Maven finds a JDK 25 by itself, also when an older one starts it; started by one, it compiles in its own JVM, and runs tests in several.
MAVEN = JAVA_HOME="$$(tools/jdk25 | xargs readlink -f | sed 's|/bin/java$$||')" mvn --batch-mode --no-transfer-progress

.DEFAULT_GOAL := help
.PHONY: help run forms publish doctor audit unit sandbox check test runtime soak inventory simulate fuzz sbom bench package-aot bench-backup format privacy diagram

help: ## Show what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16
	@echo
	@echo 'Tags of tests: slow (starts everything, takes half a second of a processor or more, or needs what make check does not build), check (slow, and nevertheless in make check). Others need no tag.'

# A tool of our own, compiled once: Maven would take longer than what it does.
TOOL = local/forms/target/class-path
FORMS = java="$$(tools/jdk25)" && "$$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto \
	--class-path "local/forms/target/classes:$$(cat $(TOOL))" io.vestibule.local.forms.FormsTool

# A build that was cut off has deleted what it was about to compile.
COMPILED = $(wildcard local/forms/target/classes/io/vestibule/local/forms/FormsTool.class shared/core/target/classes/io/vestibule/core/forms/Forms.class)
.PHONY: again

$(TOOL): $(shell find pom.xml shared/core/pom.xml local/forms/pom.xml shared/core/src/main local/forms/src/main) \
		$(if $(word 2,$(COMPILED)),,again)
	@$(MAVEN) --quiet process-classes --projects local/forms --also-make
	@touch $(TOOL)

forms: $(TOOL) ## Tell everything that is wrong with forms, targets, languages and the business; DEPLOY=1: drafts, too
	@$(FORMS) $(if $(filter-out 0,$(DEPLOY)),deploy,check)

publish: $(TOOL) ## Freeze the words of all consents, as they are in the forms now
	@$(FORMS) publish

run: compiled ## Start everything on this machine: http://localhost:8080/
	@$(FORMS) check
	$(MAVEN) --quiet -DskipTests -Dforms=check package
	java="$$(tools/jdk25)" && exec "$$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -jar local/host/target/local.jar

DOCTOR = local/doctor/target/class-path

$(DOCTOR): $(shell find pom.xml shared/*/pom.xml local/doctor/pom.xml shared/*/src/main local/doctor/src/main)
	@$(MAVEN) --quiet process-classes --projects local/doctor --also-make
	@touch $(DOCTOR)

# The classes of modules lie beside each other: nothing is packed for it.
DOCTORS = local/doctor/target/classes:shared/checkup/target/classes:shared/keys/target/classes:shared/store/target/classes:shared/core/target/classes

STACK = vestibule

doctor: $(DOCTOR) ## Tell what is wrong with STACK=vestibule in your account, or with a running make run: STACK=local
	@java="$$(tools/jdk25)" && "$$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto --sun-misc-unsafe-memory-access=allow \
		--class-path "$(DOCTORS):$$(cat $(DOCTOR))" io.vestibule.local.doctor.DoctorTool $(STACK)

DAY = $(shell date -u +%F)

audit: $(DOCTOR) ## List which people's keys were used for the pages of staff on DAY=2026-11-29, and are in no row of the audit
	@java="$$(tools/jdk25)" && "$$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto --sun-misc-unsafe-memory-access=allow \
		--class-path "$(DOCTORS):$$(cat $(DOCTOR))" io.vestibule.local.doctor.AuditTool $(STACK) $(DAY)

# Modules that do not need each other are built beside each other. The plugin that finds the JDK does not say that this is
# safe, and Maven would warn of it in each module: it finds the same for all.
AT_ONCE = --threads 2 -Dorg.slf4j.simpleLogger.log.org.apache.maven.lifecycle.internal.builder.BuilderCommon=error

# What functions log lies beside the tests' reports then.
QUIETLY = --quiet -Dmaven.test.redirectTestOutputToFile=true

# The tests of all modules are run together at the end, by a few JVMs: most of what a JVM does in its first minute is for its first minute.
SUITE = -Dvestibule.together

# Maven compiles a module again if one that it uses is compiled in the same run, be it for nothing, and never after it was in another.
.PHONY: compiled
compiled: $(TOOL)
	@java="$$(tools/jdk25)" && changed="$$("$$java" tools/Stale.java changed)" && \
		{ test -z "$$changed" || $(MAVEN) --quiet process-classes --projects "$$changed" --also-make; } && \
		"$$java" tools/Stale.java drop

M = shared/store
TESTS_OF_M = $(shell cd $(M)/src/test/java && find . -name '*Test.java' | sed 's|^\./||; s|/|.|g; s|\.java$$||' | paste -sd, -)

unit: compiled ## Run the tests of one module, M=shared/store, but the slow ones; or T=ZohoTest alone, slow or not
	@$(MAVEN) $(QUIETLY) test --projects $(M) --also-make -Dtest=$(or $(T),$(TESTS_OF_M)) -Dsurefire.failIfNoSpecifiedTests=false \
		$(if $(T),,-Dgroups='!slow')

sandbox: ## Run what a kind of target promises against a partner's sandbox: KIND=zoho TARGET=zoho.json SECRET=secret.json
	@test -n "$(KIND)" -a -n "$(TARGET)" -a -n "$(SECRET)" || { echo 'Not run against a sandbox: say KIND=, TARGET= and SECRET=' >&2; exit 1; }
	@VESTIBULE_SANDBOX_KIND="$(KIND)" VESTIBULE_SANDBOX_TARGET="$(abspath $(TARGET))" VESTIBULE_SANDBOX_SECRET="$(abspath $(SECRET))" VESTIBULE_SANDBOX_DOMAIN="$(DOMAIN)" \
		$(MAVEN) $(QUIETLY) test --projects functions/delivery --also-make -Dtest=SandboxTest -Dsurefire.failIfNoSpecifiedTests=false

check: forms compiled ## Run every test that is quick, and one journey a flow, of the modules that changed since they passed
	@java="$$(tools/jdk25)" && "$$java" tools/Checked.java begin
	@$(MAVEN) $(AT_ONCE) $(QUIETLY) test $(SUITE) -Djvms=2 --projects local/suite --also-make -Dgroups='!slow | check' $$(cat target/check.arguments)
	@java="$$(tools/jdk25)" && "$$java" tools/Checked.java end

# Some stand for all. CASES=all: each death of each function, each page in each language, and so on; more than an hour.
CASES = some

test: forms compiled ## Build everything, run every test at the size of a build, and compare what they have shown with what they did before
	rm -rf target/calls.txt */target/surefire-reports */*/target/surefire-reports
	$(MAVEN) $(AT_ONCE) verify $(SUITE) -Dforms=check -Dvestibule.cases=$(CASES) -Dvestibule.calls=$(CURDIR)/target/calls.txt
	java="$$(tools/jdk25)" && "$$java" tools/Inventory.java check

# What the tests do a little of in a build.
FULL_SIZE = -Dvestibule.requests=10000 -Dvestibule.strangers=10000 -Dvestibule.schedules=1000 -Dvestibule.roundTrip=10000 \
	-Dvestibule.customers=200000 -Dvestibule.held=50000 -Dvestibule.deliveries=100000 -Dvestibule.leads=10000 -Dvestibule.samples=2000 -Dvestibule.cases=all -Dvestibule.entries=100000 -Dvestibule.characters=all

RUNTIME_CLIENT = com.amazonaws:aws-lambda-java-runtime-interface-client:2.10.1

.PHONY: client
client:
	$(MAVEN) --quiet dependency:get -Dartifact=$(RUNTIME_CLIENT)

runtime: client ## Run every function as it is packaged under Lambda's own client, which is fetched; from then on make test does
	$(MAVEN) $(QUIETLY) verify -Dforms=check --projects local/host --also-make -Dtest=PackagedFunctionsTest -Dsurefire.failIfNoSpecifiedTests=false

soak: forms compiled ## Run every test at full size: hours
	$(MAVEN) $(AT_ONCE) verify $(SUITE) -Dforms=check $(FULL_SIZE)

inventory: ## After make test: write down which calls and tests there are now, for the next make test to compare
	java="$$(tools/jdk25)" && "$$java" tools/Inventory.java write

FUZZED = json urlEncoded multipart contentType emailAddress language rowId sealedContent
FUZZ_TIME = 1m
FUZZ_GUIDED_BY = 'io.vestibule.**,com.fasterxml.jackson.core.**,com.sanctionco.jmail.**,org.apache.commons.fileupload2.**'

fuzz: ## Fuzz each parser for a while (FUZZ_TIME=1m); what breaks one is printed, and kept in .cifuzz-corpus
	for parser in $(FUZZED); do \
		JAZZER_FUZZ=1 $(MAVEN) --quiet verify -Dforms=check --projects local/host --also-make -Dtest=ParsersFuzzer#$$parser \
			-Dsurefire.failIfNoSpecifiedTests=false -Djazzer.max_duration=$(FUZZ_TIME) -Djazzer.instrument=$(FUZZ_GUIDED_BY) || exit 1; \
	done

SCHEDULES = 1000
SEED = $(shell date +%s)

simulate: ## Play SCHEDULES=1000 random schedules, from SEED=… on: they are new ones each time
	$(MAVEN) -pl local/host -am test -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dvestibule.schedules=$(SCHEDULES) -Dvestibule.seed=$(SEED)

sbom: ## List what each artifact carries: functions/*/target/function.cdx.json (CycloneDX); needs the network
	$(MAVEN) --quiet verify -Dforms=check --projects local/host --also-make -Dsbom.phase=package -Dtest=ArtifactsTest -Dsurefire.failIfNoSpecifiedTests=false

format: ## Format the sources, as the build expects them
	$(MAVEN) --quiet --non-recursive -Dformat=write process-sources

privacy: ## Write the data map in docs/privacy.md anew, from the template and the forms
	$(MAVEN) --quiet -pl local/host -am test -Dtest=DataMapTest -Dsurefire.failIfNoSpecifiedTests=false -Dvestibule.privacy=write

diagram: ## Write the diagram of states in docs/architecture.md anew, from the transition table
	$(MAVEN) --quiet -pl shared/store -am test -Dtest=StateDiagramTest -Dsurefire.failIfNoSpecifiedTests=false -Dvestibule.diagram=write

ONLY =
ROUNDS = 5
BENCHES = verify -Dforms=check --projects benchmarks --also-make -Dsurefire.failIfNoSpecifiedTests=false

bench: ## Measure how much of a machine the functions take, after make runtime; ONLY=cold,warm,pipeline,money: parts; ROUNDS=5
	$(MAVEN) --quiet $(BENCHES) -Dtest=Benchmarks -Dvestibule.only=$(ONLY) -Dvestibule.rounds=$(ROUNDS)

package-aot: ## After make runtime: functions/*/target/aot, with a cache of Java's for images and own runtimes
	$(MAVEN) --quiet $(BENCHES) -Dtest=PackageAot

bench-backup: ## Measure backup and restore beside the least that anybody could do
	$(MAVEN) --quiet -pl functions/backup -am test -Dtest=BackupBench,IdentitiesBench -Dsurefire.failIfNoSpecifiedTests=false
