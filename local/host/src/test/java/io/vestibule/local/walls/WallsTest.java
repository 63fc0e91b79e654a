package io.vestibule.local.walls;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Gatherers;
import org.jspecify.annotations.NullMarked;

/** The walls between the modules, and inside them. */
@AnalyzeClasses(packages = "io.vestibule", importOptions = WithoutTests.class)
class WallsTest {

  private static final String[] FUNCTIONS = {
    "io.vestibule.intake..",
    "io.vestibule.verification..",
    "io.vestibule.mail..",
    "io.vestibule.storage..",
    "io.vestibule.upkeep..",
    "io.vestibule.backup..",
    "io.vestibule.deletion..",
    "io.vestibule.delivery..",
    "io.vestibule.door..",
    "io.vestibule.staff.."
  };

  private static final String[] HOST = {
    "io.vestibule.local",
    "io.vestibule.local.doctor..",
    "io.vestibule.local.forms..",
    "io.vestibule.local.host..",
    "io.vestibule.local.pages..",
    "io.vestibule.local.privacy.."
  };

  @ArchTest
  static final ArchRule coreKnowsNobodyAndNoAws =
      noClasses()
          .that()
          .resideInAPackage("io.vestibule.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.vestibule.store..",
              "io.vestibule.keys..",
              "io.vestibule.web..",
              "software.amazon.awssdk..");

  @ArchTest
  static final ArchRule whatFacesTheInternetKnowsNoKeysAndNoServiceButDynamoDb =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.vestibule.intake..",
              "io.vestibule.verification..",
              "io.vestibule.door..",
              "io.vestibule.web..",
              "io.vestibule.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.vestibule.keys..",
              "software.amazon.awssdk.services.kms..",
              "software.amazon.awssdk.services.s3..",
              "software.amazon.awssdk.services.sesv2..");

  /**
   * Functions start from clones of one snapshot, and what is seeded in it is the same in each. So
   * only the system is asked for what is random, by the algorithm that the JDK takes by itself.
   */
  @ArchTest
  static final ArchRule nothingIsSeeded =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.vestibule.local..")
          .should()
          .dependOnClassesThat(
              belongToAnyOf(Random.class, ThreadLocalRandom.class, SplittableRandom.class))
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(RandomGenerator.class, "getDefault")
          .orShould()
          .callMethod(RandomGenerator.class, "of", String.class)
          .orShould()
          .callConstructor(SecureRandom.class, byte[].class)
          .orShould()
          .callMethodWhere(
              target(owner(assignableTo(SecureRandom.class)))
                  .and(target(nameMatching("getInstance.*|setSeed"))));

  @ArchTest
  static final ArchRule noFunctionKnowsAnother =
      slices()
          .matching(
              "io.vestibule.(intake|verification|mail|storage|upkeep|backup|deletion|delivery|door|staff)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule nothingThatIsDeployedKnowsTheLocalRun =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.vestibule.local..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vestibule.local..");

  /** Only so can every module test itself with it. */
  @ArchTest
  static final ArchRule awsOnThisMachineKnowsNothingOfOurs =
      noClasses()
          .that()
          .resideInAPackage("io.vestibule.local..")
          .and()
          .resideOutsideOfPackages(HOST)
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.vestibule..")
                  .and(
                      resideOutsideOfPackage("io.vestibule.local..").or(resideInAnyPackage(HOST))));

  @ArchTest
  static final ArchRule noPackagesGoInCircles =
      slices().matching("io.vestibule.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyHandlersSeeLambdasEvents =
      classes()
          .that()
          .resideInAnyPackage(FUNCTIONS)
          .and()
          .haveSimpleNameNotEndingWith("Handler")
          .and()
          .doNotHaveSimpleName("CustomResource")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackage("com.amazonaws.services.lambda..");

  /** What other threads count, no alarm hears. */
  @ArchTest
  static final ArchRule whatWorksOnThreadsOfItsOwnBearsTheNameOfItsFunction =
      noClasses()
          .that()
          .resideInAnyPackage(FUNCTIONS)
          .or()
          .resideInAnyPackage("io.vestibule.store..", "io.vestibule.keys..")
          .should()
          .callMethod(Thread.class, "ofVirtual")
          .orShould()
          .callMethod(Executors.class, "newVirtualThreadPerTaskExecutor")
          .orShould()
          .callMethod(Gatherers.class, "mapConcurrent", int.class, Function.class)
          .orShould()
          .callMethod(Executors.class, "newFixedThreadPool", int.class, ThreadFactory.class);

  @ArchTest
  static final ArchRule everyPackageSaysWhatMayBeNull =
      classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);
}
