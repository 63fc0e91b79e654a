package io.vestibule.bench;

import io.vestibule.local.journey.Person;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The functions that a person waits for, each by the name of its module. */
final class Door {

  private final Map<String, Subject> functions = new LinkedHashMap<>();

  /** Somebody fills in a form, and looks at the link of their mail. */
  Door(Bench bench) throws Exception {
    var person = new Person(bench.host(), "somebody@example.net");
    person.submits(Map.of());
    var link = person.link();
    functions.put("intake", bench.intake());
    functions.put(
        "verification",
        bench.function(
            "verify, a link's page", "VerifyFunction", () -> bench.requests().look(link)));
  }

  Iterable<Subject> functions() {
    return functions.values();
  }

  /** Those with a cache, if somebody has made them. */
  Iterable<Subject> aheadOfTime() {
    return functions.entrySet().stream()
        .flatMap(it -> cache(it.getKey()).subject(it.getValue()).stream())
        .toList();
  }

  /**
   * Makes the caches.
   *
   * @param log the file that the functions write to
   */
  void makeCaches(Path log) throws IOException, InterruptedException {
    for (var function : functions.entrySet()) {
      cache(function.getKey()).make(function.getValue(), log);
    }
  }

  private static AheadOfTime cache(String module) {
    return new AheadOfTime(Bench.TOP.resolve("functions").resolve(module));
  }
}
