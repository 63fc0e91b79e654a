package io.vestibule.local.template;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.stream.Stream;

/** What this module stands on: every module of ours tests itself with it, so it knows none. */
@AnalyzeClasses(locations = WallsTest.ThisModule.class)
class WallsTest {

  private static final String[] BELOW = {
    "io.vestibule.local.aws..",
    "io.vestibule.local.cloudwatch..",
    "io.vestibule.local.dynamodb..",
    "io.vestibule.local.embedded..",
    "io.vestibule.local.kms..",
    "io.vestibule.local.secrets..",
    "io.vestibule.local.ses..",
    "io.vestibule.local.account..",
    "io.vestibule.local.gateway..",
    "io.vestibule.local.iam..",
    "io.vestibule.local.template.."
  };

  @ArchTest
  static final ArchRule nothingOfOursIsKnownHere =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideOutsideOfPackage("io.vestibule..").or(resideInAnyPackage(BELOW)));

  /** Its classes and its tests, whatever else is on the class path. */
  static class ThisModule implements LocationProvider {

    @Override
    public Set<Location> get(Class<?> test) {
      return Stream.of(Template.class, test)
          .map(it -> Location.of(it.getProtectionDomain().getCodeSource().getLocation()))
          .collect(toSet());
    }
  }
}
