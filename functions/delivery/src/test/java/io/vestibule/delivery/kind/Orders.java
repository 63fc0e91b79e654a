package io.vestibule.delivery.kind;

import io.vestibule.core.Json;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.targets.Targets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What tests have told. */
final class Orders {

  static final Instant NOW = Instant.ofEpochSecond(1_614_265_330);
  static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  static final String NEWER_KEY = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

  static final Form CONTACT = new Forms().find("contact").orElseThrow();

  private Orders() {}

  /** An order to a target that a local run has, as its file says. */
  static Order order(Path folder, String file, String... keys) {
    return order(folder, file, new Secret(List.of(keys), Optional.empty()));
  }

  static Order order(Path folder, String file, Secret secret) {
    try {
      Files.writeString(folder.resolve("demo.json"), file);
      var target = new Targets(Optional.empty(), Optional.of(folder)).find("demo").orElseThrow();
      return new Order(target, secret, NOW, ID);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A message by the contact form. */
  static Message message(Order order, String values) {
    try {
      return Message.confirmed(
          order.target(),
          CONTACT,
          Json.MAPPER.readTree(values).deepCopy(),
          "u-1",
          "V-7K2M9Q",
          Instant.parse("2026-11-28T02:00:00Z"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
