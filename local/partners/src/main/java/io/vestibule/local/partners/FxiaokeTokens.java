package io.vestibule.local.partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.partners.FxiaokeCrm.Enterprise;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Access tokens of both generations: two hours each, the same one for 6,600 seconds, ten questions
 * in a minute.
 */
final class FxiaokeTokens {

  private static final Duration LIFE = Duration.ofHours(2);
  private static final Duration THE_SAME = Duration.ofMinutes(110);
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int IN_A_WINDOW = 10;

  private record Given(String token, Instant at) {}

  private final Enterprise enterprise;
  private final Clock clock;
  private final Map<String, Given> newest = new HashMap<>();
  private final Map<String, Instant> live = new HashMap<>();
  private final Deque<Instant> asked = new ArrayDeque<>();
  private int given;

  FxiaokeTokens(Enterprise enterprise, Clock clock) {
    this.enterprise = enterprise;
    this.clock = clock;
  }

  int given() {
    return given;
  }

  void forget() {
    live.clear();
    newest.clear();
  }

  /** By OAuth 2.0. */
  ObjectNode bearer(JsonNode body) throws FxiaokeRefusal {
    if (!body.path("grantType").asText().equals("app_secret")) {
      throw new FxiaokeRefusal(15_002, "grantType");
    }
    return answer(body)
        .put("accessToken", token("bearer", body))
        .put("ea", enterprise.account())
        .put("openUserId", "FSUID_" + enterprise.user());
  }

  /** The older generation. */
  ObjectNode corp(JsonNode body) throws FxiaokeRefusal {
    return answer(body)
        .put("corpAccessToken", token("corp", body))
        .put("corpId", "FSCID_" + enterprise.account());
  }

  private static ObjectNode answer(JsonNode body) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("expiresIn", LIFE.toSeconds())
        .put("appId", body.path("appId").asText());
  }

  private String token(String generation, JsonNode body) throws FxiaokeRefusal {
    var now = clock.instant();
    asked.removeIf(it -> !it.isAfter(now.minus(WINDOW)));
    if (asked.size() >= IN_A_WINDOW) {
      throw new FxiaokeRefusal(14_001, "too fast");
    }
    asked.add(now);
    if (!body.path("appId").asText().equals(enterprise.appId())
        || !body.path("appSecret").asText().equals(enterprise.appSecret())) {
      throw new FxiaokeRefusal(10_006, "the parameter appSecret is missing or illegal");
    }
    if (!body.path("permanentCode").asText().equals(enterprise.permanentCode())) {
      throw new FxiaokeRefusal(20_015, "permanentCode");
    }
    var last = newest.get(generation);
    if (last != null && now.isBefore(last.at().plus(THE_SAME))) {
      return last.token();
    }
    given++;
    var token = UUID.randomUUID().toString().replace("-", "");
    newest.put(generation, new Given(token, now));
    live.put(generation + token, now.plus(LIFE));
    return token;
  }

  /** Whether a call says who makes it, in one way and not in both. */
  void check(PartnerCall call, JsonNode body) throws FxiaokeRefusal {
    boolean isBearer = !call.header("authorization").isEmpty();
    boolean isCorp = body.has("corpAccessToken");
    if (!isBearer && !isCorp) {
      throw new FxiaokeRefusal(20_017, "corpAccessToken");
    }
    boolean isGood =
        isBearer
            ? !isCorp && isBearer(call)
            : isLive("corp" + body.path("corpAccessToken").asText())
                && body.path("corpId").asText().equals("FSCID_" + enterprise.account());
    if (!isGood) {
      throw new FxiaokeRefusal(20_016, "the cropId,cropAccessToken or authorization is error");
    }
    var user = isBearer ? call.header("x-fs-userid") : body.path("currentOpenUserId").asText();
    if (!user.equals(isBearer ? enterprise.user() : "FSUID_" + enterprise.user())) {
      throw new FxiaokeRefusal(30_027, "no such employee");
    }
  }

  private boolean isBearer(PartnerCall call) {
    var header = call.header("authorization");
    return header.startsWith("Bearer ")
        && isLive("bearer" + header.substring("Bearer ".length()))
        && call.header("x-fs-ea").equals(enterprise.account());
  }

  private boolean isLive(String token) {
    return clock.instant().isBefore(live.getOrDefault(token, Instant.MIN));
  }
}
