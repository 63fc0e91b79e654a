package io.vestibule.core;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The name under which an installation logs and counts: {@code service} in each line of its logs,
 * and the dimension Service of its metrics, by which its alarms know them.
 *
 * <p>It is a function's own, as all its configuration is, and not the process's: in the local run
 * one process has all functions.
 */
public record Service(String name) {

  private static final String FIELD = "service";

  /** Until a process has worked. */
  private static final AtomicBoolean IS_FIRST = new AtomicBoolean(true);

  /** For who has no name; no alarm watches it. */
  private static final String UNDEFINED = "service_undefined";

  /** Reads the name, as part of what a function reads at once. */
  public static Service read(Env.Reader from) {
    return new Service(from.text("POWERTOOLS_SERVICE_NAME"));
  }

  /**
   * Does the work of an invocation: what it logs and counts on this thread bears the name.
   *
   * <p>Each line says only what it alone can say: the log's stream has the version, and the
   * function has one memory size and one ARN. Nothing traces.
   */
  public <T extends @Nullable Object> T run(Context context, Supplier<T> work) {
    try {
      MDC.put("cold_start", Boolean.toString(IS_FIRST.getAndSet(false)));
      MDC.put("function_name", context.getFunctionName());
      MDC.put("function_request_id", context.getAwsRequestId());
      MDC.put(FIELD, name);
      return work.get();
    } finally {
      MDC.clear();
    }
  }

  /** Whose work this thread does. */
  static String current() {
    @Nullable String name = MDC.get(FIELD);
    return name == null ? UNDEFINED : name;
  }
}
