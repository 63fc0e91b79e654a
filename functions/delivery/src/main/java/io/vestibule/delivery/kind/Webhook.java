package io.vestibule.delivery.kind;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.core.Timestamp;
import io.vestibule.delivery.egress.Egress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Calls an address of the receiver's, signed as Standard Webhooks has it. */
public final class Webhook implements Kind {

  /** What the standard asks a call to stay below. */
  private static final int LARGEST = 20_000;

  private final Egress egress;

  public Webhook(Egress egress) {
    this.egress = egress;
  }

  @Override
  public Answer send(Order order, List<Message> messages) {
    var message = messages.getFirst();
    var data = Json.MAPPER.createObjectNode();
    data.put("customer", message.customer());
    data.put("number", message.number());
    data.put("form", message.form());
    if (!message.fields().isEmpty()) {
      var fields = data.putObject("fields");
      message.fields().forEach(field -> fields.set(field.name(), field.value()));
    }
    byte[] body = body(message.type(), message.receivedAt(), data);
    if (body.length >= LARGEST) {
      data.remove("fields");
      data.put("withheld", "size");
      body = body(message.type(), message.receivedAt(), data);
    }
    return call(order, body);
  }

  @Override
  public Answer erase(Order order, Erasure erasure) {
    var data = about(erasure.customer(), erasure.numbers());
    data.put("wanted", erasure.wanted().name().toLowerCase(Locale.ROOT));
    return call(order, body("customer.erased", erasure.at(), data));
  }

  @Override
  public Answer unsubscribe(Order order, Withdrawal withdrawal) {
    var data = about(withdrawal.customer(), withdrawal.numbers());
    data.put("purpose", withdrawal.purpose());
    return call(order, body("consent.withdrawn", withdrawal.at(), data));
  }

  private static ObjectNode about(String customer, List<String> numbers) {
    var data = Json.MAPPER.createObjectNode();
    data.put("customer", customer);
    var list = data.putArray("numbers");
    numbers.forEach(list::add);
    return data;
  }

  /** The same bytes in every attempt. */
  private static byte[] body(String type, Instant at, ObjectNode data) {
    var body = Json.MAPPER.createObjectNode();
    body.put("type", type);
    body.put("timestamp", Timestamp.of(at));
    body.set("data", data);
    try {
      return Json.MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a JSON tree can always be written", e);
    }
  }

  private Answer call(Order order, byte[] body) {
    var target = order.target();
    var url = Objects.requireNonNull(target.url());
    return WebhookSigner.of(order.secret().keys())
        .map(signer -> signer.headers(order.messageId(), order.at(), body))
        .map(headers -> egress.post(url, target.isLocal(), headers, body))
        .map(reply -> Statuses.answer(reply, order.at()))
        .orElseGet(() -> new Answer.Stopped("secret-unusable"));
  }
}
