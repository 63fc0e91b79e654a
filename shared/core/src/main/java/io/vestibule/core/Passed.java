package io.vestibule.core;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That something of a person was passed on.
 *
 * @param recipient to whom: the name of a target
 * @param country where they are, two letters (ISO 3166-1); absent: where the business itself is
 * @param fields the names of the fields whose values they were told; none if they were told only
 *     that something came in
 * @param since when they were told first; absent where only a name was written
 * @param askedAt when they were asked to erase it, or told of a withdrawal that they have answered
 *     to; absent if they were not
 * @param answer what they answered: {@code told}, they have taken the order; {@code keeps}, they
 *     need not erase what ended here by its time; {@code closed}, a person has seen to it; {@code
 *     withdrawn}, they have taken that the consent is withdrawn. Absent as long as there is no
 *     answer
 * @param answeredAt when they did
 * @param pending whether their answer is still awaited; absent if it is not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Passed(
    String recipient,
    @Nullable String country,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> fields,
    @Nullable Instant since,
    @Nullable Instant askedAt,
    @Nullable String answer,
    @Nullable Instant answeredAt,
    @Nullable Boolean pending) {

  /** What they answer to a withdrawal. */
  public static final String WITHDRAWN = "withdrawn";

  public Passed {
    // Absent if there are none, which Jackson makes a null.
    fields = fields == null ? List.of() : List.copyOf(fields);
  }

  /** Whether their answer is still awaited. */
  public boolean awaitsAnswer() {
    return Boolean.TRUE.equals(pending);
  }

  /** The same of somebody whose answer is still awaited. */
  public Passed awaited() {
    return new Passed(recipient, country, fields, since, askedAt, answer, answeredAt, true);
  }

  /** As the first version of receipts had it, which knew names only. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Passed of(String recipient) {
    return new Passed(recipient, null, List.of(), null, null, null, null, null);
  }
}
