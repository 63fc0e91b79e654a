# Maven finds a JDK 25 by itself, also when an older one starts it.
MAVEN = mvn --batch-mode --no-transfer-progress

.DEFAULT_GOAL := help
.PHONY: help run test simulate fuzz sbom bench-backup format privacy

help: ## Show what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: ## Start everything on this machine: http://localhost:8080/
	$(MAVEN) --quiet -DskipTests package
	java="$$(tools/jdk25)" && exec "$$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -jar local/host/target/local.jar

test: ## Build everything and run every test
	$(MAVEN) verify

FUZZED = json urlEncoded multipart contentType emailAddress language rowId sealedContent
FUZZ_TIME = 1m
FUZZ_GUIDED_BY = 'io.vestibule.**,com.fasterxml.jackson.core.**,com.sanctionco.jmail.**,org.apache.commons.fileupload2.**'

fuzz: ## Fuzz each parser for a while (FUZZ_TIME=1m); what breaks one is printed, and kept in .cifuzz-corpus
	for parser in $(FUZZED); do \
		JAZZER_FUZZ=1 $(MAVEN) --quiet verify --projects local/host --also-make -Dtest=ParsersFuzzer#$$parser \
			-Dsurefire.failIfNoSpecifiedTests=false -Djazzer.max_duration=$(FUZZ_TIME) -Djazzer.instrument=$(FUZZ_GUIDED_BY) || exit 1; \
	done

SCHEDULES = 1000
SEED = $(shell date +%s)

simulate: ## Play SCHEDULES=1000 random schedules, from SEED=… on: they are new ones each time
	$(MAVEN) -pl local/host -am test -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dvestibule.schedules=$(SCHEDULES) -Dvestibule.seed=$(SEED)

sbom: ## List what each artifact carries: functions/*/target/function.cdx.json (CycloneDX); needs the network
	$(MAVEN) --quiet verify --projects local/host --also-make -Dsbom.phase=package -Dtest=ArtifactsTest -Dsurefire.failIfNoSpecifiedTests=false

format: ## Format the sources, as the build expects them
	$(MAVEN) --quiet --non-recursive -Dformat=write process-sources

privacy: ## Write the data map in docs/privacy.md anew, from the template and the forms
	$(MAVEN) --quiet -pl local/host -am test -Dtest=DataMapTest -Dsurefire.failIfNoSpecifiedTests=false -Dvestibule.privacy=write

bench-backup: ## Measure backup and restore beside the least that anybody could do
	$(MAVEN) --quiet -pl functions/backup -am test -Dtest=BackupBench -Dsurefire.failIfNoSpecifiedTests=false
