package io.vestibule.staff.roles;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a role may do. */
public enum Right {
  /** See how much there is of what. */
  @JsonProperty("count")
  COUNT,
  /** See which entries there are, by number and form: nobody is opened for it. */
  @JsonProperty("list")
  LIST,
  /** Have an entry opened. What of it is shown says {@link Sight}. */
  @JsonProperty("open")
  OPEN,
  /** Take an entry up, and put it down as done. */
  @JsonProperty("move")
  MOVE,
  /** See which of one's colleagues it was who did something, and not only in which role. */
  @JsonProperty("colleagues")
  COLLEAGUES,
  /** Have a customer kept against an erasure, as a law or a claim demands, and no longer. */
  @JsonProperty("hold")
  HOLD,
  /** Write something down about a customer, who can see it. */
  @JsonProperty("note")
  NOTE
}
