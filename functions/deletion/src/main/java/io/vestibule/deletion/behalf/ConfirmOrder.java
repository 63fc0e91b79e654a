package io.vestibule.deletion.behalf;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Destination;
import io.vestibule.core.RowId;

/**
 * What a second person orders: <code>{"confirm": {"request": "r…", "by": "…", "role": "admin"}}
 * </code>.
 */
public record ConfirmOrder(RowId request, String by, String role) {

  private static final int MEMBERS = 3;

  /**
   * Reads an order.
   *
   * @throws IllegalArgumentException if it is anything else. The message does not quote it
   */
  public static ConfirmOrder read(JsonNode event) {
    var order = event.path("confirm");
    if (event.size() != 1 || order.size() != MEMBERS) {
      throw AskOrder.refused();
    }
    var request =
        AskOrder.text(order, "request")
            .flatMap(RowId::parse)
            .filter(it -> it.destination() == Destination.DELETION)
            .orElseThrow(AskOrder::refused);
    return new ConfirmOrder(request, AskOrder.by(order), AskOrder.role(order));
  }
}
