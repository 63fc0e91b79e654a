package io.vestibule.backup.take;

/**
 * How customers are copied. The other tables of a backup we always read ourselves, after the
 * customers.
 */
enum Engine {
  /** We read the table, and write files. */
  SCAN("scan"),
  /** DynamoDB exports it by itself, as it was at one moment. */
  EXPORT("export");

  private final String text;

  Engine(String text) {
    this.text = text;
  }

  /** As events, answers and backups name it. */
  String text() {
    return text;
  }

  /**
   * Finds one by its name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Engine named(String text) {
    for (Engine engine : values()) {
      if (engine.text.equals(text)) {
        return engine;
      }
    }
    throw new IllegalArgumentException("engine is scan or export");
  }
}
