package io.vestibule.bench;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code make package-aot}: the functions at the door, each with a cache of what Java works out.
 */
class PackageAot {

  @Test
  void make(@TempDir Path folder) throws Exception {
    try (var bench = new Bench(folder)) {
      new Door(bench).makeCaches(bench.log());
    }
  }
}
