package io.vestibule.delivery.kind;

import java.util.List;
import java.util.Optional;

/**
 * What a target's owner and we know, and nobody else.
 *
 * @param keys by which we sign, the newest first; two while the receiver changes to the newer one,
 *     none if the kind needs none
 * @param url where to, if knowing it is all that is needed to write there
 * @param grant by which access tokens are had, of a partner that wants OAuth 2.0
 */
public record Secret(List<String> keys, Optional<String> url, Optional<Grant> grant) {

  /** For a target that has no secret. */
  public static final Secret NONE = new Secret(List.of(), Optional.empty());

  /** The grant of an owner to us (RFC 6749, section 6). */
  public record Grant(String client, String clientSecret, String refreshToken) {

    @Override
    public String toString() {
      return "Grant(not shown)";
    }
  }

  /** One without a grant. */
  public Secret(List<String> keys, Optional<String> url) {
    this(keys, url, Optional.empty());
  }

  public Secret {
    keys = List.copyOf(keys);
  }

  /** Never the secret: it must not get into logs by accident. */
  @Override
  public String toString() {
    return "Secret(not shown)";
  }
}
