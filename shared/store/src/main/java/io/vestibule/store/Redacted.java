package io.vestibule.store;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * A throwable as it may be logged: its types, its stack and AWS's error codes, and no message.
 * Messages quote what somebody typed: SES names the address that it refuses, Jackson the text that
 * it cannot read.
 */
public final class Redacted extends Exception {

  public Redacted(Throwable original) {
    super(describe(original), cause(original));
    setStackTrace(original.getStackTrace());
  }

  private static String describe(Throwable original) {
    var type = original.getClass().getName();
    return original instanceof AwsServiceException e && e.awsErrorDetails() != null
        ? "%s %s, request %s".formatted(type, e.awsErrorDetails().errorCode(), e.requestId())
        : type;
  }

  private static @Nullable Redacted cause(Throwable original) {
    return switch (original.getCause()) {
      case null -> null;
      case Redacted cause -> cause;
      case Throwable cause -> new Redacted(cause);
    };
  }
}
