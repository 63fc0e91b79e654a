package io.vestibule.local.partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** The records of one module, its recycle bin, and the list of what is gone for good. */
final class ZohoModule {

  /** What may be in a field. */
  private enum Type {
    TEXT,
    EMAIL,
    FLAG,
    LOOKUP
  }

  private static final int LONGEST_NAME = 80;
  private static final int LONGEST_TEXT = 32_000;
  private static final AtomicLong LAST_ID = new AtomicLong(5_545_974_000_012_345_678L);

  private static final Map<String, Type> FIELDS =
      Map.ofEntries(
          Map.entry("Last_Name", Type.TEXT),
          Map.entry("First_Name", Type.TEXT),
          Map.entry("Company", Type.TEXT),
          Map.entry("Email", Type.EMAIL),
          Map.entry("Phone", Type.TEXT),
          Map.entry("Mobile", Type.TEXT),
          Map.entry("City", Type.TEXT),
          Map.entry("Country", Type.TEXT),
          Map.entry("Lead_Source", Type.TEXT),
          Map.entry("Description", Type.TEXT),
          Map.entry("Email_Opt_Out", Type.FLAG),
          Map.entry("Vestibule_Id", Type.TEXT),
          Map.entry("Subject", Type.TEXT),
          Map.entry("$se_module", Type.TEXT),
          Map.entry("Who_Id", Type.LOOKUP),
          Map.entry("What_Id", Type.LOOKUP));

  /** A field that no two records may have the same in. */
  private static final String UNIQUE = "Vestibule_Id";

  /** A record as it is kept. */
  record Kept(String id, Instant createdAt, ObjectNode values) {}

  /** What became of a record. */
  record Saved(Kept record, boolean isNew, Optional<String> matchedBy) {}

  private final Set<String> mandatory;
  private final Set<String> absent;
  private final Clock clock;
  private final Map<String, Kept> live = new LinkedHashMap<>();
  private final Map<String, Kept> recycled = new LinkedHashMap<>();
  private final List<String> permanent = new ArrayList<>();

  /**
   * A module.
   *
   * @param absent the fields that it does not have
   */
  ZohoModule(Set<String> mandatory, Set<String> absent, Clock clock) {
    this.mandatory = mandatory;
    this.absent = new HashSet<>(absent);
    this.clock = clock;
  }

  Set<String> fields() {
    var fields = new HashSet<>(FIELDS.keySet());
    fields.removeAll(absent);
    return fields;
  }

  /** Somebody there takes a field away. */
  void drop(String field) {
    absent.add(field);
  }

  /** The records that have this in a field. */
  List<Kept> search(String field, String value) throws ZohoRefusal {
    if (!fields().contains(field)) {
      throw new ZohoRefusal(400, "INVALID_QUERY", field);
    }
    return live.values().stream()
        .filter(it -> it.values().path(field).asText().equalsIgnoreCase(value))
        .toList();
  }

  /** Out of this module, and in no recycle bin. */
  Kept take(String id) throws ZohoRefusal {
    var record = live.remove(id);
    if (record == null) {
      throw new ZohoRefusal(400, "INVALID_DATA", "id");
    }
    return record;
  }

  Optional<Kept> find(String id) {
    return Optional.ofNullable(live.get(id));
  }

  List<Kept> all() {
    return List.copyOf(live.values());
  }

  List<Kept> recycled() {
    return List.copyOf(recycled.values());
  }

  List<String> permanent() {
    return List.copyOf(permanent);
  }

  /** Changes the first record that agrees in the first of these fields, or makes one. */
  Saved upsert(JsonNode values, List<String> by) throws ZohoRefusal {
    checkMandatory(values); // Before it looks for what to change: the stricter reading.
    for (String field : by) {
      if (!FIELDS.containsKey(field)) {
        throw new ZohoRefusal(400, "INVALID_DATA", "duplicate_check_fields");
      }
      var found =
          live.values().stream()
              .filter(it -> values.path(field).isTextual() && isSame(it, field, values))
              .findFirst();
      if (found.isPresent()) {
        return new Saved(update(found.get().id(), values), false, Optional.of(field));
      }
    }
    return new Saved(insert(values), true, Optional.empty());
  }

  private static boolean isSame(Kept record, String field, JsonNode values) {
    return record.values().path(field).asText().equalsIgnoreCase(values.path(field).asText());
  }

  Kept insert(JsonNode values) throws ZohoRefusal {
    check(values);
    checkMandatory(values);
    checkUnique("", values);
    var id = Long.toString(LAST_ID.incrementAndGet());
    var record =
        new Kept(
            id,
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            JsonNodeFactory.instance.objectNode());
    live.put(id, record);
    return write(record, values);
  }

  private void checkMandatory(JsonNode values) throws ZohoRefusal {
    for (String field : mandatory) {
      if (values.path(field).asText().isBlank()) {
        throw new ZohoRefusal(202, "MANDATORY_NOT_FOUND", field);
      }
    }
  }

  private void checkUnique(String id, JsonNode values) throws ZohoRefusal {
    boolean isTaken =
        values.path(UNIQUE).isTextual()
            && live.values().stream()
                .anyMatch(it -> !it.id().equals(id) && isSame(it, UNIQUE, values));
    if (isTaken) {
      throw new ZohoRefusal(202, "DUPLICATE_DATA", UNIQUE);
    }
  }

  Kept update(String id, JsonNode values) throws ZohoRefusal {
    check(values);
    var record = live.get(id);
    if (record == null) {
      throw new ZohoRefusal(202, "INVALID_DATA", "id");
    }
    checkUnique(id, values);
    for (String field : mandatory) {
      if (values.path(field).isNull()) {
        throw new ZohoRefusal(202, "MANDATORY_NOT_FOUND", field);
      }
    }
    return write(record, values);
  }

  private static Kept write(Kept record, JsonNode values) {
    for (var value : values.properties()) {
      if (value.getValue().isNull()) {
        record.values().remove(value.getKey());
      } else {
        record.values().set(value.getKey(), value.getValue());
      }
    }
    return record;
  }

  private void check(JsonNode values) throws ZohoRefusal {
    if (values.path("$se_module").asText().equals("Contacts") && values.has("What_Id")) {
      throw new ZohoRefusal(202, "INVALID_DATA", "What_Id"); // Of people, it is Who_Id.
    }
    for (var value : values.properties()) {
      var type = FIELDS.get(value.getKey());
      if (type == null
          || absent.contains(value.getKey())
          || !fits(type, value.getKey(), value.getValue())) {
        throw new ZohoRefusal(202, "INVALID_DATA", value.getKey());
      }
    }
  }

  private static boolean fits(Type type, String field, JsonNode value) {
    return switch (type) {
      case TEXT ->
          value.isNull()
              || (value.isTextual()
                  && value.asText().length()
                      <= (field.endsWith("_Name") ? LONGEST_NAME : LONGEST_TEXT));
      case EMAIL -> value.isNull() || value.asText().matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
      case FLAG -> value.isBoolean();
      case LOOKUP -> value.path("id").isTextual();
    };
  }

  /** Into the recycle bin, where it stays for sixty days. */
  void delete(String id) throws ZohoRefusal {
    recycled.put(id, take(id));
  }

  /** Out of the recycle bin, for good. */
  void purge(String id) throws ZohoRefusal {
    if (recycled.remove(id) == null) {
      throw new ZohoRefusal(400, "INVALID_DATA", "id");
    }
    permanent.add(id);
  }

  /** A time as Zoho writes it. */
  static String time(Instant at) {
    return at.atOffset(ZoneOffset.ofHours(8)).toString().replaceFirst("T(..:..)\\+", "T$1:00+");
  }
}
