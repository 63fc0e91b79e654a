package io.vestibule.delivery.kind.listmonk;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.targets.Listmonk;
import io.vestibule.delivery.kind.Order;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A subscriber, as it is kept: by its number there, which another server gives to somebody else, so
 * its universal id and the address of the server are kept with it.
 */
record ListmonkSubscriber(Origin origin, int id, String uuid, String server) {

  private static final Pattern HANDLE =
      Pattern.compile("(made|found):([0-9]{1,9}):([0-9a-f-]{36}):(http.*)");

  private static final Pattern UUID = Pattern.compile("[0-9a-f-]{36}");

  /** Whose a subscriber is. */
  enum Origin {
    /** We made it, so it has our key. */
    MADE,
    /** The owner of the list had it before: it never gets our key. */
    FOUND
  }

  /** What listmonk shows; empty if that is no subscriber. */
  static Optional<ListmonkSubscriber> of(Order order, Origin origin, JsonNode shown) {
    int id = shown.path("id").asInt();
    String uuid = shown.path("uuid").asText();
    return id > 0 && UUID.matcher(uuid).matches()
        ? Optional.of(new ListmonkSubscriber(origin, id, uuid, server(order)))
        : Optional.empty();
  }

  /** Whose key somebody has; empty if none of ours. */
  static String key(JsonNode shown) {
    return shown.path("attribs").path(Listmonk.KEY).asText();
  }

  /** The subscriber whose handle is kept. */
  static Optional<ListmonkSubscriber> known(Order order) {
    return order.handles().find().flatMap(ListmonkSubscriber::parse);
  }

  private static Optional<ListmonkSubscriber> parse(String handle) {
    var parts = HANDLE.matcher(handle);
    return parts.matches()
        ? Optional.of(
            new ListmonkSubscriber(
                Origin.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
                Integer.parseInt(parts.group(2)),
                parts.group(3),
                parts.group(4)))
        : Optional.empty();
  }

  void keep(Order order) {
    order
        .handles()
        .keep("%s:%d:%s:%s".formatted(origin.name().toLowerCase(Locale.ROOT), id, uuid, server));
  }

  /** Whether it is of the server that the target's file names. */
  boolean isAt(Order order) {
    return server.equals(server(order));
  }

  boolean is(JsonNode shown) {
    return shown.path("id").asInt() == id && shown.path("uuid").asText().equals(uuid);
  }

  String path() {
    return "/" + id;
  }

  private static String server(Order order) {
    return Objects.requireNonNull(order.target().url()).toString();
  }
}
