package io.vestibule.staff.roles;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a role sees what people typed. */
public enum Sight {
  @JsonProperty("plain")
  PLAIN,
  /** Masked, until a reason is given. */
  @JsonProperty("reason")
  REASON,
  /** Masked. */
  @JsonProperty("masked")
  MASKED
}
