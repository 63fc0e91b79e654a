package io.vestibule.delivery.kind.fxiaoke;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.targets.Fxiaoke;
import io.vestibule.delivery.egress.Call;
import io.vestibule.delivery.egress.Egress;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.crm.TokenCalls;
import io.vestibule.delivery.secrets.LaneTokens;
import io.vestibule.delivery.secrets.LaneTokens.Token;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Calls of Fxiaoke's API, each with a token, and under a number of its own. */
final class FxiaokeApi {

  /** An object has some hundred fields, with their options. */
  private static final int LONGEST = 2_000_000;

  private final Egress egress;
  private final TokenCalls tokens;
  private final Pace pace = new Pace();
  private final Clock clock;

  FxiaokeApi(Egress egress, LaneTokens tokens, Clock clock) {
    this.egress = egress;
    this.tokens = new TokenCalls(tokens, new FxiaokeTokens(egress), clock);
    this.clock = clock;
  }

  /** Waits for its turn and gets a token; what is against going on, or nothing. */
  Optional<Answer> ready(Order order) {
    try {
      Thread.sleep(pace.before(clock.instant()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(Answer.later("took-too-long"));
    }
    return tokens.ready(order);
  }

  /** Gets a new token, whatever is known. */
  Optional<Answer> renew(Order order) {
    return tokens.renew(order);
  }

  /** Does something with records of the target's object. */
  FxiaokeReply data(Order order, String verb, ObjectNode body) {
    var family = fxiaoke(order).object().endsWith("__c") ? "/cgi/crm/custom/v2" : "/cgi/crm/v2";
    return call(order, family + "/data/" + verb, body);
  }

  /** The fields of the target's object: a long list. */
  FxiaokeReply describe(Order order) {
    var body = JsonNodeFactory.instance.objectNode().put("includeDetail", false);
    body.putObject("data").put("apiName", fxiaoke(order).object());
    return call(order, "/cgi/crm/v2/object/describe", body);
  }

  private FxiaokeReply call(Order order, String path, ObjectNode body) {
    return tokens.call(
        order,
        token -> call(order, path, body, token),
        it -> it instanceof FxiaokeReply.Refused refused && refused.isTokenRefused(),
        FxiaokeReply.Not::new);
  }

  private FxiaokeReply call(Order order, String path, ObjectNode body, Token token) {
    pace.count(clock.instant());
    var url = url(order, path);
    var call =
        switch (fxiaoke(order).credentials()) {
          case BEARER -> Call.json("POST", url, headers(order, token), body);
          case CORP -> Call.json("POST", url, Map.of(), signed(order, token, body));
        };
    return FxiaokeReply.of(
        egress.send(call.reading(LONGEST), order.target().isLocal()), order, url);
  }

  private static Map<String, String> headers(Order order, Token token) {
    return Map.of(
        "authorization", "Bearer " + token.value(),
        "x-fs-ea", Objects.requireNonNullElse(token.account(), ""),
        "x-fs-userid", fxiaoke(order).user());
  }

  private static ObjectNode signed(Order order, Token token, ObjectNode body) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("corpAccessToken", token.value())
        .put("corpId", token.account())
        .put("currentOpenUserId", fxiaoke(order).user())
        .setAll(body);
  }

  /** Each request has a number of its own, by which Fxiaoke finds it. */
  static URI url(Order order, String path) {
    return URI.create(fxiaoke(order).api() + path + "?thirdTraceId=" + UUID.randomUUID());
  }

  static Fxiaoke fxiaoke(Order order) {
    return Objects.requireNonNull(order.target().fxiaoke());
  }
}
