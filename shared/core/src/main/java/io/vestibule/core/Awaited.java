package io.vestibule.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a request that is done, as long as answers are awaited of those to whom something
 * was passed on: enough to sign the next receipt, and to encrypt it for the same link. It is sealed
 * by us for us, in {@code requests.awaits}.
 *
 * @param token of the link that was pressed
 * @param customerId whose data was passed on
 * @param withdrawal what was withdrawn; absent if it was an erasure
 * @param answers how many answers the receipt takes into account, as the row has it
 * @param receipt the newest, as it was signed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Awaited(
    String token,
    String customerId,
    @Nullable Withdrawal withdrawal,
    String answers,
    byte[] receipt) {

  /**
   * The longest that a request is kept for answers. Who has not answered by then never may, and
   * nobody could ever have the row end.
   */
  public static final Duration LONGEST = Duration.ofDays(365);

  /**
   * A withdrawal.
   *
   * @param at since when the consents do not stand any more
   * @param targets who is told of it, if they were told of the customer at all
   */
  public record Withdrawal(Instant at, Set<String> targets) {

    public Withdrawal {
      targets = Set.copyOf(targets);
    }
  }

  /** The same with a newer receipt. */
  public Awaited renewed(byte[] newer, String counted) {
    return new Awaited(token, customerId, withdrawal, counted, newer);
  }

  /** The bytes that are sealed. */
  public byte[] toJson() {
    try {
      return Json.MAPPER.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new AssertionError("it is texts, times and bytes", e);
    }
  }

  /** Reads what {@link #toJson} wrote; empty if it is anything else. */
  public static Optional<Awaited> parse(byte[] json) {
    try {
      return Optional.of(Json.MAPPER.readValue(json, Awaited.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Never the token. */
  @Override
  public String toString() {
    return "Awaited[…]";
  }
}
