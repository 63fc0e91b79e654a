package io.vestibule.store.rehearsal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.store.Invocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.Map;

/**
 * Counts the classes that the first request loads. It finds the rows of the play, and is otherwise
 * as real as any.
 */
final class FirstRequest implements Rehearsal.Play {

  private final RehearsalContract function;
  private final boolean isRehearsed;
  private long loaded = -1;

  FirstRequest(RehearsalContract function, boolean isRehearsed) {
    this.function = function;
    this.isRehearsed = isRehearsed;
  }

  /** How many classes; less than none if the request was not answered. */
  long loaded() {
    return loaded;
  }

  @Override
  public Map<String, ObjectNode> rows() {
    return function.play().rows();
  }

  @Override
  public void act(Env env) throws IOException {
    var named = env.with(RehearsalContract.VARIABLES);
    var real = function.start(named).handler();
    if (isRehearsed) {
      function.play().act(named);
    }
    var classes = ManagementFactory.getClassLoadingMXBean();
    var answer = new ByteArrayOutputStream();
    var invocation = new Invocation("first");
    try (var event = Files.newInputStream(function.event())) {
      long before = classes.getTotalLoadedClassCount();
      real.handleRequest(event, answer, invocation);
      long more = classes.getTotalLoadedClassCount() - before;
      loaded = isAnswered(answer) ? more : loaded;
    }
  }

  private static boolean isAnswered(ByteArrayOutputStream answer) throws IOException {
    return Json.MAPPER.readTree(answer.toByteArray()).path("statusCode").intValue() < 500;
  }
}
