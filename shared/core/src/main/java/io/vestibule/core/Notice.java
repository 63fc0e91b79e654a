package io.vestibule.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the last mail about a request needs, once the request is done and what was sealed in it is
 * gone: sealed, in {@code requests.notify}, until SES has taken that mail.
 *
 * @param to the address, normalised
 * @param language the language that the person used, as a BCP 47 tag
 * @param doneAt when the request was done
 * @param until how long its page works
 * @param token of the link to a receipt; absent for a copy, which nobody but the owner of the link
 *     may open
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Notice(
    String to, String language, Deed deed, Instant doneAt, Instant until, @Nullable String token) {

  /** After it nobody is told any more, and the address goes. */
  public static final Duration OWED = Duration.ofDays(1);

  /** What was done. */
  public enum Deed {
    /** The person is erased. */
    ERASED,
    /** There was no customer. */
    NOTHING_HELD,
    /** Nothing was erased: the law demands that it is kept. */
    KEPT,
    /** Consents are withdrawn. */
    WITHDRAWN,
    /** There is a copy of what is held. */
    COPIED;

    /** What a receipt says that was done. */
    public static Deed of(Receipt.Outcome outcome) {
      return switch (outcome) {
        case ERASED -> ERASED;
        case NOTHING_HELD -> NOTHING_HELD;
        case KEPT -> KEPT;
        case WITHDRAWN -> WITHDRAWN;
      };
    }
  }

  /** Whether it is too late to tell. */
  public boolean isOver(Instant now) {
    return !now.isBefore(doneAt.plus(OWED));
  }

  /** The bytes that are sealed. */
  public byte[] toJson() {
    try {
      return Json.MAPPER.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a notice is texts and times", e);
    }
  }

  /** Reads what {@link #toJson} wrote; empty if it is anything else, or of a deed not known yet. */
  public static Optional<Notice> parse(byte[] json) {
    try {
      return Optional.of(Json.MAPPER.readValue(json, Notice.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Never the address or the token. */
  @Override
  public String toString() {
    return "Notice[%s]".formatted(deed);
  }
}
