package io.vestibule.delivery.egress;

import java.util.Optional;

/** What came of a call. */
public sealed interface Reply {

  /**
   * An answer.
   *
   * @param retryAfter as the header of that name has it
   * @param body its beginning, as much as anybody needs
   */
  record Answered(int status, Optional<String> retryAfter, byte[] body) implements Reply {

    /** Nothing of the body: a partner may answer what it was sent. */
    @Override
    public String toString() {
      return "Answered(" + status + ")";
    }
  }

  /** Nobody answered in time; the call may have arrived all the same. */
  record NoAnswer() implements Reply {}

  /** Nothing was sent: that is no address on the public internet. */
  record NotPublic() implements Reply {}
}
