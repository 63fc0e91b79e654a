package io.vestibule.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.local.journey.Person;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What people do, as the HTTP API hands it to a function: the events of the folder of that name.
 */
final class Requests {

  private static final String ADDRESS = "ada%40example.org";

  private final AtomicInteger people = new AtomicInteger();
  private final ObjectNode post;
  private final ObjectNode link;
  private final ObjectNode press;

  Requests(Path events) throws IOException {
    this.post = read(events.resolve("IntakeFunction.form-post.json"));
    this.link = read(events.resolve("VerifyFunction.link.json"));
    this.press = read(events.resolve("VerifyFunction.press.json"));
  }

  /** Somebody whom nobody has seen before fills in a form. */
  String post() {
    var body = post.get("body").asText();
    if (!body.contains(ADDRESS)) {
      throw new IllegalStateException("The event is by somebody else now");
    }
    var person = "person-" + people.incrementAndGet() + "%40example.net";
    var bytes = body.replace(ADDRESS, person).getBytes(UTF_8).length;
    var event = post.deepCopy().put("body", body.replace(ADDRESS, person));
    event.withObject("headers").put("content-length", Integer.toString(bytes));
    return event.toString();
  }

  /** Somebody looks at the page behind the link in their mail. */
  String look(URI address) {
    var event = link.deepCopy();
    put(event, address);
    event.put("rawQueryString", address.getRawQuery());
    event.withObject("queryStringParameters").put("token", Person.token(address));
    return event.toString();
  }

  /** Somebody presses the button of that page. */
  String press(URI address) {
    var event = press.deepCopy().put("body", "_lang=en&token=" + Person.token(address));
    put(event, address);
    return event.toString();
  }

  private static void put(ObjectNode event, URI address) {
    var path = address.getPath();
    event.put("rawPath", path);
    event.withObject("requestContext").withObject("http").put("path", path);
    event.withObject("pathParameters").put("id", path.substring(path.lastIndexOf('/') + 1));
  }

  private static ObjectNode read(Path file) throws IOException {
    return (ObjectNode) Json.MAPPER.readTree(Files.readString(file));
  }
}
