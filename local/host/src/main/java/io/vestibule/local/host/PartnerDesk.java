package io.vestibule.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.local.host.Overview.CalledPartner;
import io.vestibule.local.host.Partner.Behaviour;
import io.vestibule.local.host.Partner.Mode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Partners of this run, below {@code /_local/partners/<target>}: {@code hook} takes webhooks,
 * {@code feishu}, {@code dingtalk} and {@code slack} what bots are sent, and others are {@linkplain
 * CrmDesk whole systems}. A GET tells what came, or whom they know; a POST says how to answer from
 * now on.
 */
final class PartnerDesk {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGER_THAN_ANYBODY_WAITS = Duration.ofSeconds(28);
  private static final int OK = 200;
  private static final int TOO_MANY = 429;

  private static final Map<String, Mode> MODES =
      Map.of(
          "ok", Mode.OK,
          "status", Mode.STATUS,
          "slow", Mode.SLOW,
          "limit", Mode.LIMIT,
          "badToken", Mode.BAD_TOKEN,
          "errorIn200", Mode.ERROR_IN_200);

  private final Function<String, Optional<String>> secrets;
  private final Clock clock;
  private final Map<String, Partner> partners = new ConcurrentHashMap<>();
  private final CrmDesk crms;

  /**
   * Partners who know their secrets.
   *
   * @param secrets by the name of the target
   */
  PartnerDesk(Function<String, Optional<String>> secrets, Clock clock) {
    this.secrets = secrets;
    this.clock = clock;
    this.crms = new CrmDesk(secrets, clock);
  }

  /**
   * Answers what is for a partner, or about one.
   *
   * @param path of the request, below that of all partners
   */
  WebResponse answer(String path, WebRequest request) {
    var parts = path.split("/", 2);
    if (!parts[0].matches("[a-z][a-z0-9-]{0,39}")) {
      return WebResponse.message(404, "Not Found");
    }
    if (parts.length == 2 && CrmDesk.isLook(parts[1])) {
      return crms.answer(parts[0], parts[1], request);
    }
    var partner = partners.computeIfAbsent(parts[0], name -> new Partner());
    if (parts.length == 2) {
      var answer = take(partner, parts[0], parts[1], request);
      partner.keep(clock.instant(), request, answer.status());
      return answer;
    }
    return request.method().equals("POST")
        ? set(partner, request.body())
        : WebResponse.json(OK, partner.calls());
  }

  /** Those that were called, by the names of their targets. */
  List<CalledPartner> called() {
    return partners.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            it ->
                new CalledPartner(
                    it.getKey(),
                    it.getValue().calls().size(),
                    crms.records(it.getKey()).stream().map(JsonNode::toPrettyString).toList()))
        .filter(it -> it.calls() > 0)
        .toList();
  }

  private WebResponse take(Partner partner, String target, String door, WebRequest request) {
    var behaviour = partner.behaviour();
    return switch (behaviour.mode()) {
      case OK -> well(target, door, request);
      case STATUS -> WebResponse.message(behaviour.status(), "As you wish");
      case SLOW -> late(door);
      case LIMIT -> new WebResponse(TOO_MANY, List.of(Map.entry("retry-after", "60")), new byte[0]);
      case BAD_TOKEN -> WebResponse.message(401, "Who are you?");
      case ERROR_IN_200 -> PartnerChecks.errorIn200(door);
    };
  }

  private WebResponse well(String target, String door, WebRequest request) {
    return CrmDesk.isFor(door)
        ? crms.answer(target, door, request)
        : PartnerChecks.refusal(door, request, secrets.apply(target), clock.instant())
            .orElseGet(() -> PartnerChecks.taken(door));
  }

  private static WebResponse late(String door) {
    try {
      Thread.sleep(LONGER_THAN_ANYBODY_WAITS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return PartnerChecks.taken(door);
  }

  private static WebResponse set(Partner partner, byte[] body) {
    try {
      JsonNode wish = JSON.readTree(body);
      var mode = MODES.get(wish.path("mode").asText());
      int status = wish.path("status").asInt(503);
      if (mode == null || status < OK || status > 599) {
        return WebResponse.message(
            400, "mode is one of ok, status, slow, limit, badToken, errorIn200");
      }
      partner.behave(new Behaviour(mode, status, wish.path("times").asInt(0)));
      return WebResponse.json(OK, wish);
    } catch (IOException e) {
      return WebResponse.message(400, "No JSON");
    }
  }
}
