package io.vestibule.core;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where a submission goes once the owner of its mailbox has confirmed it. Until then all
 * submissions go the same way through the same code; only the tables differ.
 */
public enum Destination {
  /** A submission: what was entered becomes part of a customer. It is in {@code submissions}. */
  @JsonProperty("storage")
  STORAGE('s'),
  /**
   * A data-subject request: what is held is erased, handed out, or no longer used for what had been
   * agreed to. It is in {@code requests}.
   */
  @JsonProperty("deletion")
  DELETION('r');

  private final char initial;

  Destination(char initial) {
    this.initial = initial;
  }

  /** What the ids of its rows begin with. */
  char initial() {
    return initial;
  }

  /** The one of two things that are alike but for this. */
  public <T> T choose(T ofSubmissions, T ofRequests) {
    return this == STORAGE ? ofSubmissions : ofRequests;
  }
}
