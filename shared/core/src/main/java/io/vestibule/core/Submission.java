package io.vestibule.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Behalf.Channel;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a person handed in: the content that is sealed.
 *
 * @param fields the form's fields, by name
 * @param consents the consents given: name and the version of the wording that was shown
 * @param language the language that the person used, as a BCP 47 tag
 * @param source the origin of the page that the form stood on; empty if unknown
 * @param receivedAt when intake took it in
 * @param optsOut whether the browser said that the person's data is not to be sold or shared
 * @param form by which rules it was checked; empty if it was sealed before that was said
 * @param channel how it came, if a member of staff has entered it; empty if it came by the form
 */
public record Submission(
    ObjectNode fields,
    Map<String, String> consents,
    String language,
    String source,
    Instant receivedAt,
    boolean optsOut,
    Optional<FormVersion> form,
    Optional<Channel> channel) {

  /** Written only if it is so: without it, what is sealed is as it ever was. */
  private static final String OPTS_OUT = "gpc";

  private static final String FORM = "form";
  private static final String CHANNEL = "channel";

  /** As the first version sealed it, of a browser that says nothing of selling or sharing. */
  public Submission(
      ObjectNode fields,
      Map<String, String> consents,
      String language,
      String source,
      Instant receivedAt) {
    this(fields, consents, language, source, receivedAt, false, Optional.empty(), Optional.empty());
  }

  /** One that came by the form. */
  public Submission(
      ObjectNode fields,
      Map<String, String> consents,
      String language,
      String source,
      Instant receivedAt,
      boolean optsOut,
      Optional<FormVersion> form) {
    this(fields, consents, language, source, receivedAt, optsOut, form, Optional.empty());
  }

  /** The same, checked by these rules. */
  public Submission by(FormVersion checkedBy) {
    return new Submission(
        fields, consents, language, source, receivedAt, optsOut, Optional.of(checkedBy), channel);
  }

  /** The same, entered by a member of staff. */
  public Submission cameBy(Channel how) {
    return new Submission(
        fields, consents, language, source, receivedAt, optsOut, form, Optional.of(how));
  }

  public byte[] toJson() {
    var json = Json.MAPPER.createObjectNode();
    json.set("fields", fields);
    var given = json.putObject("consents");
    consents.forEach(given::put);
    json.put("locale", language);
    json.put("source", source);
    json.put("receivedAt", Timestamp.of(receivedAt));
    if (optsOut) {
      json.put(OPTS_OUT, true);
    }
    form.ifPresent(it -> json.set(FORM, it.toJson()));
    channel.ifPresent(it -> json.put(CHANNEL, it.code()));
    try {
      return Json.MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a JSON tree can always be written", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws Malformed if it is anything else: whoever holds the public key can seal anything
   */
  public static Submission parse(byte[] json) throws Malformed {
    try {
      var tree = Json.MAPPER.readTree(json);
      if (tree.get("fields") instanceof ObjectNode fields
          && tree.get("consents") instanceof ObjectNode given) {
        var consents = new TreeMap<String, String>();
        given.properties().forEach(each -> consents.put(each.getKey(), each.getValue().asText()));
        return new Submission(
            fields,
            consents,
            text(tree, "locale"),
            text(tree, "source"),
            Timestamp.parse(text(tree, "receivedAt")),
            tree.path(OPTS_OUT).booleanValue(),
            FormVersion.parse(tree.path(FORM)),
            Channel.parse(text(tree, CHANNEL)));
      }
    } catch (IOException | DateTimeException e) {
      // Neither is passed on as a cause: their messages quote what they could not read.
    }
    throw new Malformed();
  }

  private static String text(JsonNode tree, String name) {
    return tree.path(name).asText();
  }

  /** What was sealed is not a submission. */
  public static final class Malformed extends Exception {
    Malformed() {
      super("what was sealed is not a submission");
    }
  }
}
