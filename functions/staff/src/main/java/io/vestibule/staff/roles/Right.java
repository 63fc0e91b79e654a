package io.vestibule.staff.roles;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a role may do. */
public enum Right {
  /** See how much there is of what. */
  @JsonProperty("count")
  COUNT,
  /**
   * See which entries there are, by their cards, as the role sees them: nobody is opened for it.
   */
  @JsonProperty("list")
  LIST,
  /** Find out who wrote, by what is personal: also whether somebody did. */
  @JsonProperty("search")
  SEARCH,
  /** Have an entry opened. What of it is shown says {@link Sight}. */
  @JsonProperty("open")
  OPEN,
  /** Take an entry up, pass it on, mark it with tags, and put it down as done. */
  @JsonProperty("move")
  MOVE,
  /** Release what is held of what people handed in, or reject it. */
  @JsonProperty("decide")
  DECIDE,
  /** See what people ask about their own data, and decide about such requests that are held. */
  @JsonProperty("requests")
  REQUESTS,
  /** See how the installation runs, and have targets told again: it is about nobody. */
  @JsonProperty("operate")
  OPERATE,
  /** See which of one's colleagues it was who did something, and not only in which role. */
  @JsonProperty("colleagues")
  COLLEAGUES,
  /** Have a customer kept against an erasure, as a law or a claim demands, and no longer. */
  @JsonProperty("hold")
  HOLD,
  /** Write something down about a customer, who can see it. */
  @JsonProperty("note")
  NOTE,
  /**
   * Enter what somebody asks about their own data by letter or by phone, and confirm what a
   * colleague has entered.
   */
  @JsonProperty("ask")
  ASK
}
