package io.vestibule.local.walls;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** Leaves tests out, as classes or packed: in a whole run, they are jars on the class path. */
final class WithoutTests implements ImportOption {

  private static final ImportOption CLASSES = new ImportOption.DoNotIncludeTests();

  @Override
  public boolean includes(Location location) {
    return CLASSES.includes(location) && !location.contains("-tests.jar");
  }
}
