package io.vestibule.local.host;

/** The run cannot begin; the message is one sentence that tells a person why. */
public final class StartFailure extends RuntimeException {

  public StartFailure(String message) {
    super(message);
  }

  StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
