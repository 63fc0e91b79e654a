package io.vestibule.local.partners;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An enterprise of 纷享销客 (Fxiaoke), for the operations that this project calls. Every answer has the
 * status 200. Where its papers contradict each other, or say nothing, {@link FxiaokeReadings}
 * decides, and the stricter reading counts unless a test wants the other one.
 *
 * @see <a href="https://developer.fxiaoke.com/openapi_v2/">Its papers</a>
 */
public final class FxiaokeCrm {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PRESET = "/cgi/crm/v2/data/";
  private static final String CUSTOM = "/cgi/crm/custom/v2/data/";
  private static final int MOST_RECORDS = 100;
  private static final int FARTHEST = 10_000;
  private static final int BAD_PARAMETER = 15_002;

  /** A day's calls of one package. */
  private static final int PACKAGE = 100_000;

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  /**
   * How the enterprise is asked for tokens, and in whose name.
   *
   * @param account the enterprise's own name
   * @param user an employee's number
   */
  public record Enterprise(
      String appId, String appSecret, String permanentCode, String account, String user) {

    @Override
    public String toString() {
      return "Enterprise(not shown)";
    }
  }

  private final FxiaokeTokens tokens;
  private final FxiaokePace pace;
  private final Map<String, FxiaokeObject> objects;
  private final Clock clock;
  private final Set<String> traces = new HashSet<>();
  private int bought = PACKAGE;
  private int used;
  private LocalDate day;
  private boolean isQueryLate;

  public FxiaokeCrm(Enterprise enterprise, Clock clock) {
    this.tokens = new FxiaokeTokens(enterprise, clock);
    this.pace = new FxiaokePace(clock);
    this.clock = clock;
    this.day = today();
    this.objects =
        List.of("LeadsObj", "ContactObj", "AccountObj", "person__c").stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    it -> it, _ -> new FxiaokeObject(enterprise.user(), FxiaokeReadings.STRICT)));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), SHANGHAI);
  }

  /** How its papers are read. */
  public synchronized void read(FxiaokeReadings readings) {
    objects.values().forEach(it -> it.read(readings));
  }

  /** Whether a query does not find yet what is there. */
  public synchronized void queryLate(boolean isLate) {
    isQueryLate = isLate;
  }

  /** What may be called in a day; nothing: no package was bought. */
  public synchronized void allow(int callsInADay) {
    bought = callsInADay;
  }

  /** How many calls were taken today, those for tokens left out. */
  public synchronized int used() {
    return used;
  }

  /** No access token that was given out works any more. */
  public synchronized void forgetTokens() {
    tokens.forget();
  }

  /** How many access tokens were given out. */
  public synchronized int tokensGiven() {
    return tokens.given();
  }

  /** Somebody there takes a field away. */
  public synchronized void drop(String object, String field) {
    object(object).drop(field);
  }

  /** Somebody there wants a field filled in every record. */
  public synchronized void want(String object, String field) {
    object(object).want(field);
  }

  /** Somebody there makes a record. */
  public synchronized String add(String object, Map<String, String> values) {
    try {
      return object(object).create(JSON.valueToTree(values));
    } catch (FxiaokeRefusal e) {
      throw new IllegalArgumentException("no record as the object wants it", e);
    }
  }

  /** Somebody there throws a record away. */
  public synchronized void throwAway(String object, String id) {
    try {
      object(object).choose(id);
      object(object).invalidate(id);
    } catch (FxiaokeRefusal e) {
      throw new IllegalArgumentException("no record that is in use", e);
    }
  }

  /** Somebody there gives a record to whom the employee does not see, in whose name calls come. */
  public synchronized void hide(String object, String id) {
    object(object).hide(id);
  }

  /** Somebody there gives it back. */
  public synchronized void show(String object, String id) {
    object(object).show(id);
  }

  /** All records, and what was thrown away among them. */
  public synchronized List<JsonNode> records(String object) {
    return object(object).all().stream().<JsonNode>map(it -> it).toList();
  }

  private FxiaokeObject object(String name) {
    var object = objects.get(name);
    if (object == null) {
      throw new IllegalArgumentException("there is no such object");
    }
    return object;
  }

  /** Answers a call; one at a time. */
  public synchronized PartnerAnswer answer(PartnerCall call) {
    var answer = JsonNodeFactory.instance.objectNode().put("traceId", "E-O." + UUID.randomUUID());
    try {
      return said(answer.setAll(route(call)), 0, "OK");
    } catch (FxiaokeRefusal e) {
      return said(answer, e.code(), e.said());
    }
  }

  private static PartnerAnswer said(ObjectNode answer, int code, String message) {
    return PartnerAnswer.of(200, answer.put("errorCode", code).put("errorMessage", message));
  }

  private ObjectNode route(PartnerCall call) throws FxiaokeRefusal {
    if (!call.method().equals("POST")) {
      throw new FxiaokeRefusal(10_006, "the request uri is not exists");
    }
    checkTrace(call);
    var body = body(call);
    return switch (call.path()) {
      case "/oauth2.0/token" -> tokens.bearer(body);
      case "/cgi/corpAccessToken/get/V2" -> tokens.corp(body);
      default -> business(call, body);
    };
  }

  private void checkTrace(PartnerCall call) throws FxiaokeRefusal {
    var trace = call.parameters().getOrDefault("thirdTraceId", "");
    boolean isNew =
        trace.matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
            && traces.add(trace);
    if (!isNew) {
      throw new FxiaokeRefusal(BAD_PARAMETER, "thirdTraceId");
    }
  }

  private static ObjectNode body(PartnerCall call) throws FxiaokeRefusal {
    if (call.body().length == 0) {
      throw new FxiaokeRefusal(12_004, "empty body");
    }
    try {
      if (call.header("content-type").startsWith("application/json")
          && JSON.readTree(call.body()) instanceof ObjectNode body) {
        return body;
      }
      throw new FxiaokeRefusal(BAD_PARAMETER, "no JSON");
    } catch (JsonProcessingException e) {
      throw new FxiaokeRefusal(BAD_PARAMETER, "no JSON");
    } catch (IOException e) {
      throw new AssertionError("bytes can always be read", e);
    }
  }

  private ObjectNode business(PartnerCall call, ObjectNode body) throws FxiaokeRefusal {
    tokens.check(call, body);
    pace.count(call.path());
    charge();
    if (call.path().equals("/cgi/crm/v2/object/describe")) {
      var described = JsonNodeFactory.instance.objectNode();
      described
          .putObject("data")
          .putObject("describe")
          .set("fields", named(body.path("data").path("apiName"), "").describe());
      return described;
    }
    for (String family : List.of(PRESET, CUSTOM)) {
      if (call.path().startsWith(family)) {
        return data(call.path().substring(family.length()), body, family);
      }
    }
    throw new FxiaokeRefusal(10_006, "the request uri=[" + call.path() + "] is not exists");
  }

  private void charge() throws FxiaokeRefusal {
    if (bought == 0) {
      throw new FxiaokeRefusal(30_003, "no package");
    }
    if (!today().equals(day)) {
      day = today();
      used = 0;
    }
    if (used >= bought) {
      throw new FxiaokeRefusal(30_002, "the calls of the day are used up");
    }
    used++;
  }

  private FxiaokeObject named(JsonNode name, String family) throws FxiaokeRefusal {
    var object = objects.get(name.asText());
    boolean isOfTheFamily =
        family.isEmpty() || name.asText().endsWith("__c") == family.equals(CUSTOM);
    if (object == null || !isOfTheFamily) {
      throw new FxiaokeRefusal(BAD_PARAMETER, "dataObjectApiName");
    }
    return object;
  }

  private ObjectNode data(String verb, ObjectNode body, String family) throws FxiaokeRefusal {
    var data = body.path("data");
    var written = data.path("object_data");
    var answer = JsonNodeFactory.instance.objectNode();
    switch (verb) {
      case "create" ->
          answer.put("dataId", named(inside(written), family).create((ObjectNode) written));
      case "update" -> named(inside(written), family).update((ObjectNode) written);
      case "get" -> {
        var found = named(beside(data), family).get(data.path("objectDataId").asText());
        answer.set("data", found.orElseGet(JsonNodeFactory.instance::objectNode));
      }
      case "query" -> answer.set("data", query(data, named(beside(data), family)));
      case "invalid" ->
          named(beside(data), family).invalidate(data.path("object_data_id").asText());
      case "delete" -> {
        for (JsonNode id : some(data.path("idList"))) {
          named(beside(data), family).delete(id.asText());
        }
      }
      case "choose" -> {
        for (JsonNode id : some(data.path("objectIds"))) {
          named(data.path("apiName"), family).choose(id.asText());
        }
      }
      default -> throw new FxiaokeRefusal(10_006, "the request uri is not exists");
    }
    return answer;
  }

  /** Of what is written, the object is named among the values. */
  private static JsonNode inside(JsonNode written) throws FxiaokeRefusal {
    if (!written.isObject() || !written.path("dataObjectApiName").isTextual()) {
      throw new FxiaokeRefusal(BAD_PARAMETER, "object_data");
    }
    return written.path("dataObjectApiName");
  }

  /** Of what is asked, it is named beside the question. */
  private static JsonNode beside(JsonNode data) throws FxiaokeRefusal {
    if (!data.path("dataObjectApiName").isTextual() || data.has("object_data")) {
      throw new FxiaokeRefusal(BAD_PARAMETER, "dataObjectApiName");
    }
    return data.path("dataObjectApiName");
  }

  private static JsonNode some(JsonNode list) throws FxiaokeRefusal {
    if (!list.isArray() || list.isEmpty()) {
      throw new FxiaokeRefusal(BAD_PARAMETER, "a list");
    }
    return list;
  }

  private ObjectNode query(JsonNode data, FxiaokeObject object) throws FxiaokeRefusal {
    var query = data.path("search_query_info");
    int limit = query.path("limit").asInt(-1);
    int offset = query.path("offset").asInt(-1);
    var filter = query.path("filters").path(0);
    boolean isAsWanted =
        limit > 0
            && limit <= MOST_RECORDS
            && offset >= 0
            && offset % limit == 0
            && query.path("filters").size() == 1
            && filter.path("operator").asText().equals("EQ")
            && filter.path("field_values").size() == 1;
    if (!isAsWanted) {
      throw new FxiaokeRefusal(BAD_PARAMETER, "search_query_info");
    }
    if (offset > FARTHEST) {
      throw new FxiaokeRefusal(10_013, "offset out of range 10000");
    }
    var values = Set.of(filter.path("field_values").path(0).asText());
    var found = object.query(filter.path("field_name").asText(), values);
    return page(
        isQueryLate ? List.of() : found.stream().skip(offset).limit(limit).toList(),
        query.path("fieldProjection").valueStream().map(JsonNode::asText).toList(),
        limit);
  }

  private static ObjectNode page(List<ObjectNode> found, List<String> columns, int limit) {
    var page = JsonNodeFactory.instance.objectNode().put("total", 0).put("limit", limit);
    ArrayNode list = page.putArray("dataList");
    found.forEach(it -> list.add(columns.isEmpty() ? it : it.retain(columns)));
    return page;
  }
}
