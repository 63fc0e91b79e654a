package io.vestibule.staff.held;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.RowId;
import io.vestibule.core.Timestamp;
import io.vestibule.staff.orders.Orders;
import io.vestibule.store.rows.RowsForStaff;
import io.vestibule.store.rows.RowsForStaff.Seen;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Finds what became of what somebody entered, by their address. We do not have the key of
 * addresses: DeletionFunction finds the rows, and says no more of them than their ids.
 */
public final class WhyNoMail {

  private final Orders orders;
  private final RowsForStaff rows;

  public WhyNoMail(Orders orders, RowsForStaff rows) {
    this.orders = orders;
    this.rows = rows;
  }

  /**
   * That a mailbox gets no mail.
   *
   * @param isComplaint whether its owner has complained; else a mail came back for good
   */
  public record Stopped(boolean isComplaint, Instant since) {}

  /**
   * What there is, the newest first.
   *
   * @param areMore whether there are more, which were not looked at
   */
  public record Found(List<Seen> rows, boolean areMore, Optional<Stopped> stopped) {}

  /**
   * Looks for it.
   *
   * @throws Orders.Failed nobody can tell now
   */
  public Found run(EmailAddress address) throws Orders.Failed {
    var answer = orders.give(Map.of("find", Map.of("email", address.normalised())));
    var ids =
        StreamSupport.stream(answer.path("rows").spliterator(), false)
            .flatMap(it -> RowId.parse(it.asText()).stream())
            .toList();
    var found =
        rows.find(ids).stream().sorted(Comparator.comparing(Seen::createdAt).reversed()).toList();
    return new Found(found, answer.path("more").asBoolean(), stopped(answer.path("suppressed")));
  }

  private static Optional<Stopped> stopped(JsonNode told) {
    return told.has("since")
        ? Optional.of(
            new Stopped(
                told.path("reason").asText().equals("complaint"),
                Timestamp.parse(told.path("since").asText())))
        : Optional.empty();
  }
}
