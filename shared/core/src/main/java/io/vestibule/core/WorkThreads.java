package io.vestibule.core;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.stream.Gatherer;
import java.util.stream.Gatherers;
import org.slf4j.MDC;

/**
 * Virtual threads that do a part of an invocation's work. What they log and count bears the names
 * of whoever made them: alarms know a count by the {@link Service}, and nobody else's threads
 * inherit it.
 */
public final class WorkThreads {

  private WorkThreads() {}

  /** A thread for each task; closing it waits for all. */
  public static ExecutorService each() {
    return Executors.newThreadPerTaskExecutor(factory());
  }

  /**
   * Some threads, which take one task after the other.
   *
   * @param width how many threads
   */
  public static ExecutorService some(int width) {
    return Executors.newFixedThreadPool(width, factory());
  }

  /** {@link Gatherers#mapConcurrent}, on such threads. */
  public static <T, R> Gatherer<T, ?, R> map(int width, Function<? super T, ? extends R> work) {
    var fields = MDC.getCopyOfContextMap();
    return Gatherers.mapConcurrent(
        width,
        it -> {
          MDC.setContextMap(fields);
          return work.apply(it);
        });
  }

  private static ThreadFactory factory() {
    var fields = MDC.getCopyOfContextMap();
    return task ->
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  MDC.setContextMap(fields);
                  task.run();
                });
  }
}
