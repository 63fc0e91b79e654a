package io.vestibule.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vestibule.local.partners.PartnerAnswer;
import io.vestibule.local.partners.PartnerCall;
import io.vestibule.local.partners.ZohoCrm;
import io.vestibule.local.partners.ZohoCrm.Organisation;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An organisation of Zoho CRM for each target that calls one, below {@code
 * /_local/partners/<target>/zoho}. A GET of {@code …/zoho/records} tells which leads there are.
 */
final class CrmDesk {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DOOR = "zoho";
  private static final int OK = 200;

  private final Function<String, Optional<String>> secrets;
  private final Clock clock;
  private final Map<String, ZohoCrm> organisations = new ConcurrentHashMap<>();

  CrmDesk(Function<String, Optional<String>> secrets, Clock clock) {
    this.secrets = secrets;
    this.clock = clock;
  }

  static boolean isFor(String door) {
    return door.startsWith(DOOR + "/");
  }

  WebResponse answer(String target, String door, WebRequest request) {
    var crm = organisations.computeIfAbsent(target, name -> organisation(name, request));
    String path = door.substring(DOOR.length());
    return path.equals("/records")
        ? WebResponse.json(OK, records(crm))
        : response(crm.answer(call(path, request)));
  }

  private ZohoCrm organisation(String target, WebRequest request) {
    JsonNode secret = json(secrets.apply(target).orElse("{}"));
    var api =
        "http://%s/_local/partners/%s/%s"
            .formatted(request.header("host").orElse(""), target, DOOR);
    return new ZohoCrm(
        new Organisation(
            secret.path("client").asText(),
            secret.path("clientSecret").asText(),
            secret.path("refreshToken").asText(),
            api),
        clock);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.objectNode();
    }
  }

  private static ArrayNode records(ZohoCrm crm) {
    return JsonNodeFactory.instance.arrayNode().addAll(crm.records("Leads"));
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
