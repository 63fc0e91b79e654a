package io.vestibule.local.partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The records of one object, and the fields that it has. */
final class FxiaokeObject {

  /** The papers have a sentence for these, and no number. */
  static final int NO_RIGHT = 90_001;

  static final int NO_RECORD = 90_002;

  private static final int BAD_PARAMETER = 15_002;

  private record Field(String type, boolean isRequired, List<String> options) {}

  /** Labels, each with the value that is written. */
  private static final Map<String, String> SOURCES = Map.of("网站", "6", "电话", "2");

  /** What is written by {@code changeOwner} and the like only. */
  private static final Set<String> NOT_CHANGED = Set.of("owner", "life_status", "leads_pool_id");

  private static final Set<String> OF_EVERY_OBJECT =
      Set.of("dataObjectApiName", "object_describe_api_name", "_id");

  private final Map<String, Field> fields = new LinkedHashMap<>();
  private final Map<String, ObjectNode> records = new LinkedHashMap<>();
  private final Set<String> hidden = new HashSet<>();
  private final String user;
  private FxiaokeReadings readings;
  private int lastId;

  FxiaokeObject(String user, FxiaokeReadings readings) {
    this.user = user;
    this.readings = readings;
    text("name", true);
    for (String name : List.of("company", "address", "remark", "vestibule_id__c", "city__c")) {
      text(name, false);
    }
    fields.put("email", new Field("email", false, List.of()));
    fields.put("mobile", new Field("phone_number", false, List.of()));
    fields.put("tel", new Field("phone_number", false, List.of()));
    fields.put("source", new Field("select_one", false, List.copyOf(SOURCES.values())));
    fields.put("budget__c", new Field("number", false, List.of()));
    fields.put("visit__c", new Field("date", false, List.of()));
    fields.put("opt_out__c", new Field("true_or_false", false, List.of()));
    fields.put("owner", new Field("employee", true, List.of()));
    fields.put("life_status", new Field("select_one", false, List.of("normal", "invalid")));
    fields.put("leads_pool_id", new Field("text", false, List.of()));
  }

  private void text(String name, boolean isRequired) {
    fields.put(name, new Field("text", isRequired, List.of()));
  }

  void read(FxiaokeReadings other) {
    readings = other;
  }

  void drop(String field) {
    fields.remove(field);
    records.values().forEach(it -> it.remove(field));
  }

  void want(String field) {
    fields.computeIfPresent(field, (_, it) -> new Field(it.type(), true, it.options()));
  }

  void hide(String id) {
    hidden.add(id);
  }

  void show(String id) {
    hidden.remove(id);
  }

  List<ObjectNode> all() {
    return records.values().stream().map(ObjectNode::deepCopy).toList();
  }

  ObjectNode describe() {
    var json = JsonNodeFactory.instance.objectNode();
    fields.forEach(
        (name, field) -> {
          var one = json.putObject(name).put("type", field.type());
          one.put("is_required", field.isRequired());
          var options = one.putArray("options");
          field
              .options()
              .forEach(it -> options.addObject().put("label", label(it)).put("value", it));
        });
    return json;
  }

  private static String label(String option) {
    return SOURCES.entrySet().stream()
        .filter(it -> it.getValue().equals(option))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(option);
  }

  /** Makes one, however many there are like it. */
  String create(ObjectNode values) throws FxiaokeRefusal {
    var written = own(values);
    check(written, Set.of());
    for (var field : fields.entrySet()) {
      if (field.getValue().isRequired()
          && !field.getKey().equals("owner")
          && written.path(field.getKey()).asText().isBlank()) {
        throw new FxiaokeRefusal(BAD_PARAMETER, field.getKey());
      }
    }
    lastId++;
    var id = "68fa%020x".formatted(lastId);
    var record = written.put("_id", id).put("life_status", "normal");
    if (!record.has("leads_pool_id") && !record.has("owner")) {
      record.putArray("owner").add(user);
    }
    records.put(id, record);
    return id;
  }

  private static ObjectNode own(ObjectNode values) {
    return values.deepCopy().without(OF_EVERY_OBJECT);
  }

  void update(ObjectNode values) throws FxiaokeRefusal {
    var record = writable(values.path("_id").asText());
    var written = own(values);
    check(written, NOT_CHANGED);
    if (readings.dropsWhatIsLeftOut()) {
      record.retain(List.of("_id", "owner", "life_status", "leads_pool_id", "name"));
    }
    for (var value : written.properties()) {
      write(record, value.getKey(), value.getValue());
    }
  }

  private void write(ObjectNode record, String name, JsonNode value) throws FxiaokeRefusal {
    boolean isEmpty = value.isNull() || value.asText("x").isEmpty();
    if (isEmpty && isRequired(name)) {
      throw new FxiaokeRefusal(BAD_PARAMETER, name);
    }
    if (!isEmpty) {
      record.set(name, value);
    } else if (!value.isNull() || readings.nullEmpties()) {
      record.remove(name);
    }
  }

  private boolean isRequired(String name) {
    return Optional.ofNullable(fields.get(name)).filter(Field::isRequired).isPresent();
  }

  private void check(ObjectNode values, Set<String> refused) throws FxiaokeRefusal {
    for (var value : values.properties()) {
      var field = fields.get(value.getKey());
      boolean isFit =
          field != null
              && !refused.contains(value.getKey())
              && (value.getValue().isNull() || fits(field, value.getValue()));
      if (!isFit) {
        throw new FxiaokeRefusal(BAD_PARAMETER, value.getKey());
      }
    }
  }

  private static boolean fits(Field field, JsonNode value) {
    return switch (field.type()) {
      case "email" -> value.isTextual() && value.asText().matches("|[^@\\s]+@[^@\\s]+");
      case "phone_number" -> value.isTextual() && !value.asText().startsWith("+86");
      case "select_one" -> value.isTextual() && field.options().contains(value.asText());
      case "number" -> value.isTextual() && value.asText().matches("|-?[0-9]+(\\.[0-9]+)?");
      case "date" -> value.isIntegralNumber();
      case "true_or_false" -> value.isBoolean();
      case "employee" -> value.isArray();
      default -> value.isTextual();
    };
  }

  /** What lies in a pool has no owner, and is nobody's to change. */
  private ObjectNode writable(String id) throws FxiaokeRefusal {
    var record = live(id);
    if (record.path("owner").isEmpty()) {
      throw new FxiaokeRefusal(NO_RIGHT, "无此操作的数据权限");
    }
    return record;
  }

  private ObjectNode live(String id) throws FxiaokeRefusal {
    var record = records.get(id);
    if (record == null || isInvalid(record) || hidden.contains(id)) {
      throw new FxiaokeRefusal(NO_RECORD, "数据不存在");
    }
    return record;
  }

  private static boolean isInvalid(ObjectNode record) {
    return record.path("life_status").asText().equals("invalid");
  }

  void choose(String id) throws FxiaokeRefusal {
    var record = live(id);
    record.remove("leads_pool_id");
    record.putArray("owner").add(user);
  }

  void invalidate(String id) throws FxiaokeRefusal {
    writable(id).put("life_status", "invalid");
  }

  void delete(String id) throws FxiaokeRefusal {
    var record = records.get(id);
    if (record == null || !isInvalid(record) || hidden.contains(id)) {
      throw new FxiaokeRefusal(NO_RECORD, "数据不存在或未作废");
    }
    records.remove(id);
  }

  Optional<ObjectNode> get(String id) throws FxiaokeRefusal {
    var shown = Optional.ofNullable(records.get(id)).filter(this::isShown).map(this::shown);
    if (shown.isEmpty() && readings.refusesWhatIsGone()) {
      throw new FxiaokeRefusal(NO_RECORD, "数据不存在");
    }
    return shown;
  }

  /** Those that have one of these in a field. */
  List<ObjectNode> query(String field, Set<String> values) throws FxiaokeRefusal {
    if (!field.equals("_id") && !fields.containsKey(field)) {
      throw new FxiaokeRefusal(BAD_PARAMETER, field);
    }
    return new ArrayList<>(records.values())
        .stream()
            .filter(this::isShown)
            .filter(it -> values.contains(it.path(field).asText()))
            .map(this::shown)
            .toList();
  }

  private boolean isShown(ObjectNode record) {
    return !hidden.contains(record.path("_id").asText())
        && (readings.showsInvalid() || !isInvalid(record));
  }

  private ObjectNode shown(ObjectNode record) {
    var shown = record.deepCopy();
    if (readings.ownerIsText() && !shown.path("owner").isEmpty()) {
      shown.put("owner", shown.path("owner").path(0).asText());
    }
    return shown;
  }
}
