# Maven finds a JDK 25 by itself, also when an older one starts it.
MAVEN = mvn --batch-mode --no-transfer-progress

.DEFAULT_GOAL := help
.PHONY: help run test format bench-backup

help: ## Show what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: ## Start everything on this machine: http://localhost:8080/
	$(MAVEN) --quiet -DskipTests package
	java="$$(local/jdk25)" && exec "$$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -jar local/target/local.jar

test: ## Build everything and run every test
	$(MAVEN) verify

format: ## Format the sources, as the build expects them
	$(MAVEN) --quiet --non-recursive -Dformat=write process-sources

bench-backup: ## Measure backup and restore beside the least that anybody could do
	$(MAVEN) --quiet -pl local -am test -Dtest=BackupBench -Dsurefire.failIfNoSpecifiedTests=false
