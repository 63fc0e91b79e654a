package io.vestibule.delivery.kind.fxiaoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Message;
import io.vestibule.delivery.kind.Order;
import java.util.Optional;

/** What a record is written with. */
final class FxiaokeValues {

  private FxiaokeValues() {}

  /** What came of it. */
  sealed interface Written {

    /** The values. */
    record As(ObjectNode values) implements Written {}

    /** A field of theirs does not take one. */
    record Not(Answer answer) implements Written {}
  }

  /** What a person handed in. */
  static Written of(Message message, FxiaokeFields fields) {
    var values = JsonNodeFactory.instance.objectNode();
    for (var field : message.fields()) {
      if (!write(values, field.name(), fields.written(field.name(), field.value(), field.text()))) {
        return not(field.name());
      }
    }
    return new Written.As(values);
  }

  /** What the target's file says of each record that is made. */
  static Written constants(Order order, FxiaokeFields fields) {
    var values = JsonNodeFactory.instance.objectNode();
    for (var constant : FxiaokeApi.fxiaoke(order).constants().entrySet()) {
      var text = constant.getValue();
      var value = fields.written(constant.getKey(), TextNode.valueOf(text), text);
      if (!write(values, constant.getKey(), value)) {
        return not(constant.getKey());
      }
    }
    return new Written.As(values);
  }

  private static boolean write(ObjectNode values, String name, Optional<JsonNode> value) {
    value.ifPresent(it -> values.set(name, it));
    return value.isPresent();
  }

  private static Written not(String name) {
    return new Written.Not(new Answer.Failed("fxiaoke-no-such-option", Optional.of(name)));
  }
}
