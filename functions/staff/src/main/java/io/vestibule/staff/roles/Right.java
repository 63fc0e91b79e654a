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
  /** Find out who wrote, by what is personal: also whether somebody did. */
  @JsonProperty("search")
  SEARCH,
  /** Have an entry opened. What of it is shown says {@link Sight}. */
  @JsonProperty("open")
  OPEN,
  /** Take an entry up, and put it down as done. */
  @JsonProperty("move")
  MOVE
}
