package io.vestibule.delivery.kind.listmonk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.targets.Listmonk;
import io.vestibule.delivery.kind.Erasure;
import io.vestibule.delivery.kind.Message;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.listmonk.ListmonkSubscriber.Origin;
import java.util.Optional;

/** What listmonk is to have of a person. */
final class ListmonkValues {

  /** The attribute by which the owner of the list sees whom they have to look at. */
  private static final String TASK = "vestibule_erased";

  /** What stands where nothing may stand. */
  private static final String NOTHING = "-";

  private ListmonkValues() {}

  /** Of somebody new, without their lists. */
  static ObjectNode ofNew(Order order, Message message, String address) {
    var values =
        JsonNodeFactory.instance
            .objectNode()
            .put("email", address)
            .put(Listmonk.NAME, nameOrAddress(message))
            .put("status", "enabled")
            .put("preconfirm_subscriptions", true);
    values
        .putObject("attribs")
        .setAll(told(message).put(ListmonkSubscriber.keyName(order), message.customer()));
    return values;
  }

  /** Of somebody who is there: what they had, and what is told now. */
  static ObjectNode of(
      Order order, Message message, ListmonkSubscriber subscriber, JsonNode shown) {
    var values = JsonNodeFactory.instance.objectNode();
    // Whether they are merged there, or take the place of all, is a matter of the version.
    ObjectNode attributes = values.putObject("attribs").setAll(had(shown));
    name(message).ifPresent(it -> values.put(Listmonk.NAME, it));
    if (ListmonkSubscriber.isAnothers(order, shown, message.customer())) {
      order.target().fields().values().stream()
          .filter(ListmonkValues::isAttribute)
          .forEach(attributes::putNull);
      values.put(Listmonk.NAME, nameOrAddress(message));
    }
    if (subscriber.origin() == Origin.MADE) {
      attributes.put(ListmonkSubscriber.keyName(order), message.customer());
    }
    attributes.setAll(told(message));
    return values;
  }

  /** What stays of the owner's own subscriber when somebody is erased. */
  static ObjectNode without(Erasure erasure, JsonNode shown) {
    var values = JsonNodeFactory.instance.objectNode();
    ObjectNode attributes = values.putObject("attribs").setAll(had(shown));
    erasure.fields().stream()
        .filter(ListmonkValues::isAttribute)
        .sorted()
        .forEach(attributes::putNull);
    if (erasure.fields().contains(Listmonk.NAME)) {
      values.put(Listmonk.NAME, NOTHING);
    }
    attributes.put(TASK, true);
    return values;
  }

  /**
   * What stays of the one who was erased when another person has taken over their subscriber: none
   * of it. What today's file maps was emptied then, or is the other person's.
   */
  static Optional<ObjectNode> withoutTheFormer(Order order, Erasure erasure, JsonNode shown) {
    var left =
        erasure.fields().stream()
            .filter(ListmonkValues::isAttribute)
            .filter(it -> !order.target().fields().containsValue(it))
            .filter(shown.path("attribs")::hasNonNull)
            .sorted()
            .toList();
    var values = JsonNodeFactory.instance.objectNode();
    ObjectNode attributes = values.putObject("attribs").setAll(had(shown));
    left.forEach(attributes::putNull);
    return left.isEmpty() ? Optional.empty() : Optional.of(values);
  }

  private static ObjectNode had(JsonNode shown) {
    return shown.path("attribs") instanceof ObjectNode had
        ? had.deepCopy()
        : JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode told(Message message) {
    var attributes = JsonNodeFactory.instance.objectNode();
    message.fields().stream()
        .filter(it -> isAttribute(it.name()))
        .forEach(it -> attributes.set(it.name(), it.value()));
    return attributes;
  }

  private static boolean isAttribute(String name) {
    return !name.equals(Listmonk.ADDRESS) && !name.equals(Listmonk.NAME);
  }

  private static Optional<String> name(Message message) {
    return message.fields().stream()
        .filter(it -> it.name().equals(Listmonk.NAME))
        .map(it -> it.value().asText())
        .findFirst();
  }

  /** listmonk has nobody without a name. */
  private static String nameOrAddress(Message message) {
    return name(message)
        .or(() -> message.confirmedAddress(Listmonk.ADDRESS))
        .map(it -> it.replaceFirst("@[^@]*$", ""))
        .orElse(NOTHING);
  }
}
