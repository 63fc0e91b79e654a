package io.vestibule.local.partners;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.partners.ZohoModule.Kept;
import io.vestibule.local.partners.ZohoModule.Saved;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An organisation of Zoho CRM, API version 8, for the operations that this project calls. Where
 * Zoho's papers contradict each other, the stricter reading counts.
 *
 * @see <a href="https://www.zoho.com/crm/developer/docs/api/v8/">API reference</a>
 * @see <a href="https://github.com/zoho/crm-oas">Zoho's description of it</a>
 */
public final class ZohoCrm {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final Pattern EQUALS = Pattern.compile("\\((\\w+):equals:([\\w-]+)\\)");
  private static final int MOST_RECORDS = 100;
  private static final int MOST_FIELDS = 10;
  private static final Set<String> MEMBERS = Set.of("data", "duplicate_check_fields", "trigger");
  private static final Set<String> TRIGGERS =
      Set.of("approval", "workflow", "blueprint", "pathfinder", "orchestration");
  private static final int MOST_COLUMNS = 50;
  private static final Set<String> MODULES = Set.of("Leads", "Contacts", "Tasks");

  /**
   * How the organisation is asked for tokens.
   *
   * @param api what it says that its API is at
   */
  public record Organisation(String client, String clientSecret, String refreshToken, String api) {

    @Override
    public String toString() {
      return "Organisation(not shown)";
    }
  }

  private final ZohoTokens tokens;
  private final Map<String, ZohoModule> modules;
  private int credits = 5_000;
  private int used;
  private boolean isSearchLate;
  private String withheld = "";

  public ZohoCrm(Organisation organisation, Clock clock) {
    this.tokens = new ZohoTokens(organisation, clock);
    this.modules =
        Map.of(
            "Leads", new ZohoModule(Set.of("Last_Name", "Company"), Set.of(), clock),
            "Contacts", new ZohoModule(Set.of("Last_Name"), Set.of("Company"), clock),
            "Tasks", new ZohoModule(Set.of("Subject"), Set.of(), clock));
  }

  /** Whether the search does not find yet what is there. */
  public synchronized void searchLate(boolean isLate) {
    isSearchLate = isLate;
  }

  /** The grant lacks the scope for what lies below a path, such as {@code settings/fields}. */
  public synchronized void withhold(String path) {
    withheld = path;
  }

  /** Somebody there takes a field away from a module. */
  public synchronized void drop(String module, String field) {
    try {
      module(module).drop(field);
    } catch (ZohoRefusal e) {
      throw new IllegalArgumentException("there is no such module", e);
    }
  }

  /** Sales makes a contact of the only lead: what contacts have no field for is lost. */
  public synchronized void convert() {
    try {
      var lead = module("Leads").take(module("Leads").all().getFirst().id());
      var contacts = module("Contacts");
      contacts.insert(lead.values().deepCopy().retain(contacts.fields()));
    } catch (ZohoRefusal e) {
      throw new IllegalStateException("a lead that is there can be converted", e);
    }
  }

  /** What calls may cost in a day: 5,000 in the free edition. */
  public synchronized void allow(int creditsInADay) {
    credits = creditsInADay;
  }

  /** What calls have cost: one for each ten records that are written. */
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

  /** Somebody there makes a record. */
  public synchronized String add(String module, Map<String, String> values) {
    try {
      return module(module).insert(JSON.valueToTree(values)).id();
    } catch (ZohoRefusal e) {
      throw new IllegalArgumentException("no record as the module wants it", e);
    }
  }

  /** The records that are there, each by its fields. */
  public synchronized List<JsonNode> records(String module) {
    try {
      return module(module).all().stream().<JsonNode>map(it -> it.values().deepCopy()).toList();
    } catch (ZohoRefusal e) {
      throw new IllegalArgumentException("there is no such module", e);
    }
  }

  /** What lies in the recycle bin of a module. */
  public synchronized List<JsonNode> recycled(String module) {
    try {
      return module(module).recycled().stream().<JsonNode>map(Kept::values).toList();
    } catch (ZohoRefusal e) {
      throw new IllegalArgumentException("there is no such module", e);
    }
  }

  /** Answers a call; one at a time. */
  public synchronized PartnerAnswer answer(PartnerCall call) {
    if (call.path().equals("/oauth/v2/token")) {
      return tokens.answer(call);
    }
    try {
      if (!tokens.areGood(call.header("authorization"))) {
        throw new ZohoRefusal(401, "INVALID_TOKEN");
      }
      return route(call);
    } catch (ZohoRefusal e) {
      return PartnerAnswer.of(
          e.status(), call.path().endsWith("/upsert") ? listed(e.json()) : e.json());
    }
  }

  /** Of an upsert, even what is wrong with the whole call is said in a list. */
  private static ObjectNode listed(ObjectNode refusal) {
    var json = JsonNodeFactory.instance.objectNode();
    json.putArray("data").add(refusal);
    return json;
  }

  private PartnerAnswer route(PartnerCall call) throws ZohoRefusal {
    var parts = call.path().split("/", -1);
    if (parts.length < 4 || !call.path().startsWith("/crm/v8/")) {
      throw new ZohoRefusal(404, "INVALID_URL_PATTERN");
    }
    if (!withheld.isEmpty() && call.path().startsWith("/crm/v8/" + withheld)) {
      throw new ZohoRefusal(401, "OAUTH_SCOPE_MISMATCH");
    }
    if (Stream.of(call.parameters().getOrDefault("fields", "").split(",", -1)).count()
        > MOST_COLUMNS) {
      throw new ZohoRefusal(400, "LIMIT_EXCEEDED", "fields");
    }
    if (parts[3].equals("settings")) {
      return settings(call, parts);
    }
    var module = module(parts[3]);
    String rest = parts.length == 5 ? parts[4] : "";
    return switch (call.method()) {
      case "POST" -> parts.length <= 5 ? post(call, module, rest) : none();
      case "PUT" -> changed(module, rest, body(call));
      case "DELETE" -> deleted(module, rest);
      case "GET" ->
          switch (rest) {
            case "deleted" -> gone(call, module);
            case "search" -> searched(call, module);
            default -> read(call, module, rest);
          };
      default -> throw new ZohoRefusal(405, "INVALID_REQUEST_METHOD");
    };
  }

  private static PartnerAnswer none() throws ZohoRefusal {
    throw new ZohoRefusal(404, "INVALID_URL_PATTERN");
  }

  private ZohoModule module(String name) throws ZohoRefusal {
    var module = MODULES.contains(name) ? modules.get(name) : null;
    if (module == null) {
      throw new ZohoRefusal(404, "INVALID_MODULE");
    }
    return module;
  }

  private PartnerAnswer settings(PartnerCall call, String[] parts) throws ZohoRefusal {
    if (call.method().equals("DELETE") && parts.length == 6 && parts[4].equals("recycle_bin")) {
      for (var module : modules.values()) {
        if (module.recycled().stream().anyMatch(it -> it.id().equals(parts[5]))) {
          module.purge(parts[5]);
          return PartnerAnswer.of(OK, removed("recycle_bin", parts[5], "record deleted"));
        }
      }
      throw new ZohoRefusal(400, "INVALID_DATA", "id");
    }
    if (call.method().equals("GET") && parts.length == 5 && parts[4].equals("fields")) {
      var module = module(call.parameters().getOrDefault("module", ""));
      var json = JsonNodeFactory.instance.objectNode();
      ArrayNode fields = json.putArray("fields");
      module.fields().forEach(it -> fields.addObject().put("api_name", it));
      return PartnerAnswer.of(OK, json);
    }
    return none();
  }

  private PartnerAnswer post(PartnerCall call, ZohoModule module, String rest) throws ZohoRefusal {
    var body = body(call);
    if (rest.isEmpty()) {
      return written(body, values -> new Saved(module.insert(values), true, Optional.empty()));
    }
    if (!rest.equals("upsert")) {
      return none();
    }
    var by = body.path("duplicate_check_fields").valueStream().map(JsonNode::asText).toList();
    if (by.size() > MOST_FIELDS) {
      throw new ZohoRefusal(400, "LIMIT_EXCEEDED");
    }
    return written(body, values -> module.upsert(values, by));
  }

  private interface Write {
    Saved apply(JsonNode values) throws ZohoRefusal;
  }

  /** One credit for ten records; what is wrong with one of them is said for that one. */
  private PartnerAnswer written(JsonNode body, Write write) throws ZohoRefusal {
    int cost = (body.path("data").size() + 9) / 10;
    if (used + cost > credits) {
      throw new ZohoRefusal(429, "TOO_MANY_REQUESTS");
    }
    used += cost;
    var json = JsonNodeFactory.instance.objectNode();
    ArrayNode data = json.putArray("data");
    int status = OK;
    for (JsonNode values : body.path("data")) {
      try {
        data.add(saved(write.apply(values)));
      } catch (ZohoRefusal e) {
        data.add(e.json());
        status = body.path("data").size() == 1 ? e.status() : 207;
      }
    }
    return PartnerAnswer.of(status, json);
  }

  private static ObjectNode saved(Saved saved) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("code", "SUCCESS")
            .put("status", "success")
            .put("message", saved.isNew() ? "record added" : "record updated")
            .put("action", saved.isNew() ? "insert" : "update")
            .put("duplicate_field", saved.matchedBy().orElse(null));
    json.putObject("details")
        .put("id", saved.record().id())
        .put("Created_Time", ZohoModule.time(saved.record().createdAt()));
    return json;
  }

  private PartnerAnswer changed(ZohoModule module, String id, JsonNode body) throws ZohoRefusal {
    return written(body, values -> new Saved(module.update(id, values), false, Optional.empty()));
  }

  private static PartnerAnswer deleted(ZohoModule module, String id) throws ZohoRefusal {
    module.delete(id);
    return PartnerAnswer.of(OK, removed("data", id, "record deleted"));
  }

  private static ObjectNode removed(String member, String id, String message) {
    var json = JsonNodeFactory.instance.objectNode();
    var one = json.putArray(member).addObject().put("code", "SUCCESS");
    one.putObject("details").put("id", id);
    one.put("message", message).put("status", "success");
    return json;
  }

  private static PartnerAnswer read(PartnerCall call, ZohoModule module, String id)
      throws ZohoRefusal {
    if (id.isEmpty() && !call.parameters().containsKey("fields")) {
      throw new ZohoRefusal(400, "REQUIRED_PARAM_MISSING");
    }
    var found = module.find(id);
    if (found.isEmpty()) {
      return PartnerAnswer.empty(204);
    }
    var json = JsonNodeFactory.instance.objectNode();
    json.putArray("data").addObject().put("id", id).setAll(found.get().values());
    return PartnerAnswer.of(OK, json);
  }

  private static PartnerAnswer gone(PartnerCall call, ZohoModule module) {
    var ids =
        switch (call.parameters().getOrDefault("type", "all")) {
          case "permanent" -> module.permanent();
          case "recycle" -> module.recycled().stream().map(Kept::id).toList();
          default -> List.<String>of();
        };
    if (ids.isEmpty()) {
      return PartnerAnswer.empty(204);
    }
    var json = JsonNodeFactory.instance.objectNode();
    ArrayNode data = json.putArray("data");
    ids.forEach(id -> data.addObject().put("id", id).putNull("display_name"));
    json.putObject("info").put("more_records", false);
    return PartnerAnswer.of(OK, json);
  }

  private PartnerAnswer searched(PartnerCall call, ZohoModule module) throws ZohoRefusal {
    var email = call.parameters().get("email");
    var criteria = EQUALS.matcher(call.parameters().getOrDefault("criteria", ""));
    if (email == null && !criteria.matches()) {
      throw new ZohoRefusal(400, "REQUIRED_PARAM_MISSING");
    }
    var found =
        email == null
            ? module.search(criteria.group(1), criteria.group(2))
            : module.search("Email", email);
    if (isSearchLate || found.isEmpty()) {
      return PartnerAnswer.empty(204);
    }
    var json = JsonNodeFactory.instance.objectNode();
    ArrayNode data = json.putArray("data");
    found.forEach(it -> data.addObject().put("id", it.id()).setAll(it.values()));
    return PartnerAnswer.of(OK, json);
  }

  private static JsonNode body(PartnerCall call) throws ZohoRefusal {
    if (!call.header("content-type").startsWith("application/json")) {
      throw new ZohoRefusal(415, "UNSUPPORTED_MEDIA_TYPE");
    }
    JsonNode body;
    try {
      body = JSON.readTree(call.body());
    } catch (JsonProcessingException e) {
      throw new ZohoRefusal(400, "INVALID_DATA");
    } catch (IOException e) {
      throw new AssertionError("bytes can always be read", e);
    }
    int records = body.path("data").size();
    boolean isAsWanted =
        body.path("data").isArray()
            && records > 0
            && records <= MOST_RECORDS
            && body.propertyStream().allMatch(it -> MEMBERS.contains(it.getKey()))
            && body.path("trigger").valueStream().allMatch(it -> TRIGGERS.contains(it.asText()));
    if (!isAsWanted) {
      throw new ZohoRefusal(400, "INVALID_DATA", "data");
    }
    return body;
  }
}
