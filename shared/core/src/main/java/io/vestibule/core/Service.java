package io.vestibule.core;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * The name under which an installation logs and counts: {@code service} in each line of its logs,
 * and the dimension Service of its metrics, by which its alarms know them.
 *
 * <p>It is a function's own, as all its configuration is, and not the process's: Powertools reads
 * it once for a process, but in the local run one process has all functions.
 */
public record Service(String name) {

  private static final String FIELD = "service";

  /** Powertools' own word for who has no name; no alarm watches it. */
  private static final String UNDEFINED = "service_undefined";

  /** Reads the name, as part of what a function reads at once. */
  public static Service read(Env.Reader from) {
    return new Service(from.text("POWERTOOLS_SERVICE_NAME"));
  }

  /** Does the work of an invocation: what it logs and counts on this thread bears the name. */
  public <T extends @Nullable Object> T run(Context context, Supplier<T> work) {
    return PowertoolsLogging.withLogging(
        context,
        () -> {
          MDC.put(FIELD, name);
          return work.get();
        });
  }

  /** Whose work this thread does. */
  static String current() {
    @Nullable String name = MDC.get(FIELD);
    return name == null ? UNDEFINED : name;
  }
}
