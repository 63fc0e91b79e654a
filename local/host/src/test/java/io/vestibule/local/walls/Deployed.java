package io.vestibule.local.walls;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** What is deployed, as compiled: all modules without their tests and without the local run. */
final class Deployed {

  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new WithoutTests())
          .withImportOption(location -> !location.contains("/local/"))
          .importPackages("io.vestibule");

  private Deployed() {}
}
