package io.vestibule.mail;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** Fails a stream record, so that it is delivered again. */
final class NotMailedYet extends RuntimeException {

  NotMailedYet(@Nullable SdkException cause) {
    super("not mailed yet", cause);
  }
}
