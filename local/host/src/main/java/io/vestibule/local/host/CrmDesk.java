package io.vestibule.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vestibule.local.partners.AnalyticsHouse;
import io.vestibule.local.partners.FxiaokeCrm;
import io.vestibule.local.partners.FxiaokeCrm.Enterprise;
import io.vestibule.local.partners.ListmonkServer;
import io.vestibule.local.partners.MailchimpAccount;
import io.vestibule.local.partners.PartnerAnswer;
import io.vestibule.local.partners.PartnerCall;
import io.vestibule.local.partners.ZohoCrm;
import io.vestibule.local.partners.ZohoCrm.Organisation;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whole systems, one for each target that calls one: an organisation of Zoho CRM below {@code
 * /_local/partners/<target>/zoho}, an enterprise of Fxiaoke below {@code …/fxiaoke}, an account of
 * Mailchimp below {@code …/mailchimp}, a listmonk below {@code …/listmonk}, and whoever counts
 * below {@code …/analytics}. A GET of {@code …/records} tells whom they know, or what was counted.
 */
final class CrmDesk {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> DOORS =
      Set.of("zoho", "fxiaoke", "mailchimp", "listmonk", "analytics");
  private static final int OK = 200;

  /** The employee in whose name the example of a target writes. */
  private static final String EMPLOYEE = "1000";

  /** As the example of a target names it. */
  private static final String AUDIENCE = "a1b2c3d4e5";

  private final Function<String, Optional<String>> secrets;
  private final Clock clock;
  private final Map<String, House> houses = new ConcurrentHashMap<>();

  /** What takes calls, and whom it knows. */
  private record House(
      Function<PartnerCall, PartnerAnswer> answers, Supplier<List<JsonNode>> records) {}

  CrmDesk(Function<String, Optional<String>> secrets, Clock clock) {
    this.secrets = secrets;
    this.clock = clock;
  }

  /** Whether somebody looks into a system, and calls nobody. */
  static boolean isLook(String door) {
    return isFor(door) && door.endsWith("/records");
  }

  static boolean isFor(String door) {
    var parts = door.split("/", 2);
    return parts.length == 2 && DOORS.contains(parts[0]);
  }

  WebResponse answer(String target, String door, WebRequest request) {
    var parts = door.split("/", 2);
    var house =
        houses.computeIfAbsent(target + "/" + parts[0], _ -> house(target, parts[0], request));
    return isLook(door)
        ? WebResponse.json(OK, JSON.valueToTree(house.records().get()))
        : response(house.answers().apply(call("/" + parts[1], request)));
  }

  /** Whom the systems of a target know, or what was counted there. */
  List<JsonNode> records(String target) {
    return DOORS.stream()
        .sorted()
        .flatMap(it -> Stream.ofNullable(houses.get(target + "/" + it)))
        .flatMap(it -> it.records().get().stream())
        .toList();
  }

  private House house(String target, String door, WebRequest request) {
    JsonNode secret = json(secrets.apply(target).orElse("{}"));
    return switch (door) {
      case "zoho" -> {
        var crm = new ZohoCrm(organisation(target, secret, request), clock);
        yield new House(crm::answer, () -> crm.records("Leads"));
      }
      case "fxiaoke" -> {
        var crm = new FxiaokeCrm(enterprise(secret), clock);
        yield new House(crm::answer, () -> crm.records("LeadsObj"));
      }
      case "mailchimp" -> {
        var key = secret.path("keys").path(0).asText();
        var account = new MailchimpAccount(key, AUDIENCE, clock);
        yield new House(account::answer, account::members);
      }
      case "listmonk" -> {
        var listmonk = new ListmonkServer(secret.path("keys").path(0).asText());
        yield new House(listmonk::answer, listmonk::subscribers);
      }
      case "analytics" -> {
        var counts = new AnalyticsHouse();
        yield new House(counts::answer, counts::counted);
      }
      default -> throw new IllegalArgumentException(door);
    };
  }

  private static Enterprise enterprise(JsonNode secret) {
    return new Enterprise(
        secret.path("appId").asText(secret.path("client").asText()),
        secret.path("appSecret").asText(secret.path("clientSecret").asText()),
        secret.path("permanentCode").asText(secret.path("refreshToken").asText()),
        "local",
        EMPLOYEE);
  }

  private static Organisation organisation(String target, JsonNode secret, WebRequest request) {
    var api =
        "http://%s/_local/partners/%s/zoho".formatted(request.header("host").orElse(""), target);
    return new Organisation(
        secret.path("client").asText(),
        secret.path("clientSecret").asText(),
        secret.path("refreshToken").asText(),
        api);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.objectNode();
    }
  }

  private static PartnerCall call(String path, WebRequest request) {
    Map<String, String> headers =
        request.headers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().getFirst()));
    return new PartnerCall(request.method(), path, request.query(), headers, request.body());
  }

  private static WebResponse response(PartnerAnswer answer) {
    return answer.body().isEmpty()
        ? new WebResponse(answer.status(), List.of(), new byte[0])
        : new WebResponse(
            answer.status(),
            List.of(Map.entry("content-type", "application/json")),
            answer.body().getBytes(UTF_8));
  }
}
