package io.vestibule.delivery.kind;

import java.util.List;
import java.util.Optional;

/**
 * What a target's owner and we know, and nobody else.
 *
 * @param keys by which we sign, the newest first; two while the receiver changes to the newer one,
 *     none if the kind needs none
 * @param url where to, if knowing it is all that is needed to write there
 */
public record Secret(List<String> keys, Optional<String> url) {

  /** For a target that has no secret. */
  public static final Secret NONE = new Secret(List.of(), Optional.empty());

  public Secret {
    keys = List.copyOf(keys);
  }

  /** Never the secret: it must not get into logs by accident. */
  @Override
  public String toString() {
    return "Secret(not shown)";
  }
}
