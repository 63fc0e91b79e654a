package io.vestibule.delivery.kind.listmonk;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.targets.Listmonk;
import io.vestibule.delivery.kind.Order;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A subscriber, as it is kept: by its number there, which another server gives to somebody else, so
 * its universal id and the address of the server are kept with it.
 *
 * @param lists all on which they may be by us: the target's file may name others later
 */
record ListmonkSubscriber(Origin origin, int id, String uuid, List<Integer> lists, String server) {

  private static final Pattern HANDLE =
      Pattern.compile(
          "(made|found):([0-9]{1,9}):([0-9a-f-]{36}):([0-9]{1,9}(?:,[0-9]{1,9})*):(http.*)");

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
        ? Optional.of(new ListmonkSubscriber(origin, id, uuid, lists(order), server(order)))
        : Optional.empty();
  }

  /** The attribute that has our key; each target has its own. */
  static String keyName(Order order) {
    return Listmonk.key(order.target().name());
  }

  /** Whose key somebody has; empty if none of this target's. */
  static String key(Order order, JsonNode shown) {
    return shown.path("attribs").path(keyName(order)).asText();
  }

  /** Whether somebody has another person's key. */
  static boolean isAnothers(Order order, JsonNode shown, String customer) {
    var key = key(order, shown);
    return !key.isEmpty() && !key.equals(customer);
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
                Stream.of(parts.group(4).split(",", -1)).map(Integer::valueOf).toList(),
                parts.group(5)))
        : Optional.empty();
  }

  void keep(Order order) {
    order
        .handles()
        .keep(
            "%s:%d:%s:%s:%s"
                .formatted(
                    origin.name().toLowerCase(Locale.ROOT),
                    id,
                    uuid,
                    lists.stream().map(String::valueOf).collect(joining(",")),
                    server));
  }

  /** The same, on the lists that the target's file names now, too. */
  ListmonkSubscriber alsoOn(Order order) {
    var all = Stream.concat(lists.stream(), lists(order).stream()).distinct().sorted().toList();
    return new ListmonkSubscriber(origin, id, uuid, all, server);
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

  private static List<Integer> lists(Order order) {
    return ListmonkApi.listmonk(order).lists().stream().sorted().toList();
  }

  private static String server(Order order) {
    return Objects.requireNonNull(order.target().url()).toString();
  }
}
