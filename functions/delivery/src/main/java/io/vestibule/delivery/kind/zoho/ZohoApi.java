package io.vestibule.delivery.kind.zoho;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls of Zoho's API, each with a token. */
final class ZohoApi {

  /** The fields of a module are some hundred, with half a page about each. */
  private static final int LONGEST_LIST = 2_000_000;

  private final Egress egress;
  private final TokenCalls tokens;

  ZohoApi(Egress egress, LaneTokens tokens, Clock clock) {
    this.egress = egress;
    this.tokens = new TokenCalls(tokens, new ZohoTokens(egress), clock);
  }

  /** Gets a token; what is against going on, or nothing. */
  Optional<Answer> ready(Order order) {
    return tokens.ready(order);
  }

  /** Gets a new token, whatever is known. */
  Optional<Answer> renew(Order order) {
    return tokens.renew(order);
  }

  ZohoReply post(Order order, String path, JsonNode body) {
    return call(order, "POST", path, body);
  }

  ZohoReply put(Order order, String path, JsonNode body) {
    return call(order, "PUT", path, body);
  }

  ZohoReply get(Order order, String path) {
    return call(order, "GET", path, null);
  }

  /** The fields of a module: a long list. */
  ZohoReply fields(Order order, String module) {
    return call(order, "GET", "settings/fields?module=" + module, null);
  }

  ZohoReply delete(Order order, String path) {
    return call(order, "DELETE", path, null);
  }

  private ZohoReply call(Order order, String method, String path, @Nullable JsonNode body) {
    return tokens.call(
        order,
        token -> call(order, method, path, body, token),
        ZohoApi::isTokenRefused,
        ZohoReply.Not::new);
  }

  private static boolean isTokenRefused(ZohoReply reply) {
    return reply instanceof ZohoReply.Refused(var code, var _) && code.equals("INVALID_TOKEN");
  }

  private ZohoReply call(
      Order order, String method, String path, @Nullable JsonNode body, Token token) {
    var url = URI.create(ZohoSearch.zoho(order).api() + "/crm/v8/" + path);
    // Zoho's own scheme, and not Bearer.
    var headers = Map.of("Authorization", "Zoho-oauthtoken " + token.value());
    var call =
        body == null
            ? Call.plain(method, url, headers).reading(LONGEST_LIST)
            : Call.json(method, url, headers, body);
    return ZohoReply.of(
        egress.send(call, order.target().isLocal()), order.at(), method.equals("GET"));
  }
}
