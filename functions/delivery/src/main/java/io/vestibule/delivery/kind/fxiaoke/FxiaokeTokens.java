package io.vestibule.delivery.kind.fxiaoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.targets.Fxiaoke;
import io.vestibule.delivery.egress.Call;
import io.vestibule.delivery.egress.Egress;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.Secret.Grant;
import io.vestibule.delivery.kind.crm.TokenCalls;
import io.vestibule.delivery.kind.crm.TokenCalls.Got;
import io.vestibule.delivery.secrets.LaneTokens.Token;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Access tokens of Fxiaoke: two hours each, of which the same one comes for the first 6,600
 * seconds; ten questions in a minute, and never two at once by whoever works on the lane. A check
 * may ask beside it.
 */
final class FxiaokeTokens implements TokenCalls.Source {

  /** From then on another one comes. */
  private static final Duration THE_SAME = Duration.ofMinutes(110);

  private static final Duration LIFE = Duration.ofHours(2);

  /** What ends sooner is of no use: there would be a question for each call. */
  private static final Duration LEAST = Duration.ofMinutes(1);

  private static final String IN_A_HEADER = "[!-~]{1,1000}";

  private final Egress egress;

  FxiaokeTokens(Egress egress) {
    this.egress = egress;
  }

  @Override
  public Optional<String> grant(Order order) {
    var fxiaoke = FxiaokeApi.fxiaoke(order);
    return order
        .secret()
        .grant()
        .map(
            it ->
                TokenCalls.fingerprint(
                    it.client(),
                    it.refreshToken(),
                    fxiaoke.credentials().name(),
                    fxiaoke.api().toString()));
  }

  @Override
  public Got fetch(Order order, String grant) {
    var isBearer = FxiaokeApi.fxiaoke(order).credentials() == Fxiaoke.Credentials.BEARER;
    var body = body(order.secret().grant().orElseThrow());
    if (isBearer) {
      body.put("grantType", "app_secret");
    }
    var path = isBearer ? "/oauth2.0/token" : "/cgi/corpAccessToken/get/V2";
    var url = FxiaokeApi.url(order, path);
    var call = Call.json("POST", url, Map.of(), body);
    var reply = egress.send(call, order.target().isLocal());
    return switch (FxiaokeReply.of(reply, order, url)) {
      case FxiaokeReply.Done(var answer) -> read(answer, order, grant, isBearer);
      case FxiaokeReply.Refused refused -> new Got.Not(refused.ofEverybody());
      case FxiaokeReply.Not(var answer) -> new Got.Not(answer);
    };
  }

  private static ObjectNode body(Grant grant) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("appId", grant.client())
        .put("appSecret", grant.clientSecret())
        .put("permanentCode", grant.refreshToken());
  }

  private static Got read(JsonNode answer, Order order, String grant, boolean isBearer) {
    var value = answer.path(isBearer ? "accessToken" : "corpAccessToken").asText();
    var account = answer.path(isBearer ? "ea" : "corpId").asText();
    var life = Duration.ofSeconds(answer.path("expiresIn").asLong(LIFE.toSeconds()));
    if (!value.matches(IN_A_HEADER) || !account.matches(IN_A_HEADER) || life.compareTo(LEAST) < 0) {
      return new Got.Not(Answer.later("fxiaoke-no-token"));
    }
    var until = order.at().plus(life.compareTo(LIFE) < 0 ? life.dividedBy(2) : THE_SAME);
    return new Got.It(new Token(value, until, grant, account));
  }
}
