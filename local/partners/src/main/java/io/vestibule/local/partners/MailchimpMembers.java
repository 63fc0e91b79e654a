package io.vestibule.local.partners;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The members of an audience. */
final class MailchimpMembers {

  private static final Set<String> STATUSES =
      Set.of("subscribed", "unsubscribed", "cleaned", "pending", "transactional");
  private static final Set<String> LANGUAGES = Set.of("", "en", "de", "zh", "fr", "es", "ja");
  private static final Set<String> MEMBERS =
      Set.of(
          "email_address", "status_if_new", "status", "merge_fields", "language", "timestamp_opt");
  private static final String TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\+00:00";
  private static final int LONGEST_VALUE = 255;
  private static final String DEMANDED = "LNAME";

  private final Set<String> fields;
  private final Clock clock;
  private final Map<String, ObjectNode> members = new LinkedHashMap<>();
  private final Set<String> forgotten = new HashSet<>();

  /** An audience with these merge fields, and that of the address. */
  MailchimpMembers(Set<String> fields, Clock clock) {
    this.fields = fields;
    this.clock = clock;
  }

  Set<String> fields() {
    return fields;
  }

  List<JsonNode> all() {
    return members.values().stream().<JsonNode>map(ObjectNode::deepCopy).toList();
  }

  /** By the hash of the address, or by what does not change with the address. */
  ObjectNode find(String id) throws MailchimpRefusal {
    return members.values().stream()
        .filter(
            it -> it.path("id").asText().equals(id) || it.path("contact_id").asText().equals(id))
        .findFirst()
        .orElseThrow(() -> new MailchimpRefusal(404, "Resource Not Found"));
  }

  /** Somebody changes their address. */
  void move(String hash, String address) throws MailchimpRefusal {
    var member = find(hash).put("id", hash(address)).put("email_address", address);
    members.remove(hash);
    members.put(hash(address), member);
  }

  /**
   * Makes a member, or changes one.
   *
   * @param isLenient whether merge fields that the audience demands may be empty
   */
  ObjectNode put(String hash, JsonNode values, boolean isLenient) throws MailchimpRefusal {
    var address = values.path("email_address").asText();
    boolean isNew = !members.containsKey(hash);
    boolean isAsWanted =
        address.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+") && hash(address).equals(hash);
    if (!isAsWanted || !STATUSES.contains(values.path("status_if_new").asText())) {
      throw new MailchimpRefusal(400, "Invalid Resource");
    }
    if (isNew && forgotten.contains(hash)) {
      throw new MailchimpRefusal(400, "Forgotten Email Not Subscribed");
    }
    check(values);
    if (!isLenient && values.path("merge_fields").path(DEMANDED).asText().isEmpty()) {
      throw new MailchimpRefusal(400, "Invalid Resource");
    }
    if (isNew) {
      members.put(hash, member(hash, address, values.path("status_if_new").asText()));
    }
    return change(hash, values);
  }

  private ObjectNode member(String hash, String address, String status) {
    var member = JsonNodeFactory.instance.objectNode();
    member.put("id", hash).put("email_address", address).put("status", status);
    member.put("contact_id", UUID.randomUUID().toString().replace("-", ""));
    fields.forEach(it -> member.withObject("/merge_fields").put(it, ""));
    member.put("language", "").put("timestamp_opt", time(clock.instant())).putArray("tags");
    return member;
  }

  ObjectNode patch(String hash, JsonNode values) throws MailchimpRefusal {
    find(hash);
    check(values);
    return change(hash, values);
  }

  private static void check(JsonNode values) throws MailchimpRefusal {
    boolean isAsWanted =
        values.propertyStream().allMatch(it -> MEMBERS.contains(it.getKey()))
            && values.path("merge_fields").valueStream().allMatch(MailchimpMembers::isValue)
            && LANGUAGES.contains(values.path("language").asText())
            && (!values.has("timestamp_opt") || values.path("timestamp_opt").asText().matches(TIME))
            && (!values.has("status") || STATUSES.contains(values.path("status").asText()));
    if (!isAsWanted) {
      throw new MailchimpRefusal(400, "Invalid Resource");
    }
  }

  private static boolean isValue(JsonNode value) {
    return value.isNumber() || (value.isTextual() && value.asText().length() <= LONGEST_VALUE);
  }

  /** What the audience has no field for is dropped in silence. */
  private ObjectNode change(String hash, JsonNode values) throws MailchimpRefusal {
    var member = find(hash);
    boolean isLifted =
        values.path("status").asText().equals("subscribed")
            && !member.path("status").asText().equals("subscribed");
    if (isLifted) {
      throw new MailchimpRefusal(400, "Member In Compliance State");
    }
    for (String name : List.of("status", "language", "timestamp_opt")) {
      if (values.has(name)) {
        member.set(name, values.path(name));
      }
    }
    for (var value : values.path("merge_fields").properties()) {
      if (fields.contains(value.getKey())) {
        member.withObject("/merge_fields").set(value.getKey(), value.getValue());
      }
    }
    return member;
  }

  void tag(String hash, JsonNode tags) throws MailchimpRefusal {
    var had = find(hash).withArray("/tags");
    for (JsonNode tag : tags) {
      var name = tag.path("name").asText();
      if (name.isEmpty() || !Set.of("active", "inactive").contains(tag.path("status").asText())) {
        throw new MailchimpRefusal(400, "Invalid Resource");
      }
      if (tag.path("status").asText().equals("inactive")) {
        had.removeIf(it -> it.path("name").asText().equals(name));
      } else if (had.valueStream().noneMatch(it -> it.path("name").asText().equals(name))) {
        had.addObject().put("id", had.size()).put("name", name);
      }
    }
  }

  /** Its data stays. */
  void archive(String hash) throws MailchimpRefusal {
    find(hash).put("status", "archived");
  }

  /** For good, and so that nobody can import the address again. */
  void forget(String hash) throws MailchimpRefusal {
    var id = find(hash).path("id").asText();
    members.remove(id);
    forgotten.add(id);
  }

  static String hash(String address) {
    try {
      var bytes = address.toLowerCase(Locale.ROOT).getBytes(UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has MD5", e);
    }
  }

  private static String time(Instant at) {
    return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT)
        .format(at.atOffset(ZoneOffset.UTC));
  }
}
