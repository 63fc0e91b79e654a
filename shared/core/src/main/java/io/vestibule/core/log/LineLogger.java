package io.vestibule.core.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;

/**
 * Logs what is ours from INFO on, and what libraries say from WARN on: below that, the SDK quotes
 * requests.
 */
final class LineLogger extends LegacyAbstractLogger {

  private static final String OURS = "io.vestibule.";

  private final transient LineContext context;

  LineLogger(String name, LineContext context) {
    this.name = name;
    this.context = context;
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public boolean isInfoEnabled() {
    return name.startsWith(OURS);
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return LineLogger.class.getName();
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    new Line(level, pattern, arguments == null ? new Object[0] : arguments, thrown)
        .print(context.fields());
  }
}
