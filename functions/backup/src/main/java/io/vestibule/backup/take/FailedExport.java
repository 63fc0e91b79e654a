package io.vestibule.backup.take;

import org.jspecify.annotations.Nullable;

/** DynamoDB's own export came to nothing: the backup is given up, and another one may begin. */
public final class FailedExport extends RuntimeException {

  FailedExport(String whatIsWrong) {
    this(whatIsWrong, null);
  }

  FailedExport(String whatIsWrong, @Nullable Throwable cause) {
    super("DynamoDB's export failed: %s. There is no new backup.".formatted(whatIsWrong), cause);
  }
}
