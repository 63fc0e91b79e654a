package io.vestibule.delivery.kind.zoho;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.delivery.egress.Call;
import io.vestibule.delivery.egress.Egress;
import io.vestibule.delivery.egress.Reply;
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
 * Access tokens of Zoho: an hour each, and ten in ten minutes at most.
 *
 * @see <a
 *     href="https://zoho.com/accounts/protocol/oauth/web-apps/access-token-expiry.html">Expiry</a>
 */
final class ZohoTokens implements TokenCalls.Source {

  /** A token is given up before it ends, as a call takes its time. */
  private static final Duration EARLY = Duration.ofMinutes(5);

  private static final Duration LIFE = Duration.ofHours(1);
  private static final Duration WINDOW = Duration.ofMinutes(10);

  private final Egress egress;

  ZohoTokens(Egress egress) {
    this.egress = egress;
  }

  @Override
  public Optional<String> grant(Order order) {
    var api = ZohoSearch.zoho(order).api().toString();
    return order
        .secret()
        .grant()
        .map(it -> TokenCalls.fingerprint(it.client(), it.refreshToken(), api));
  }

  @Override
  public Got fetch(Order order, String grant) {
    var reply = egress.send(question(order), order.target().isLocal());
    return Optional.of(reply)
        .filter(Reply.Answered.class::isInstance)
        .flatMap(it -> ((Reply.Answered) it).json())
        .map(json -> read(json, reply, order, grant))
        .orElseGet(() -> new Got.Not(noToken(reply, order)));
  }

  private static Call question(Order order) {
    var accounts = ZohoSearch.zoho(order).accounts();
    Grant grant = order.secret().grant().orElseThrow();
    return Call.form(
        accounts.resolve(accounts.getPath() + "/oauth/v2/token"),
        Map.of(
            "grant_type", "refresh_token",
            "client_id", grant.client(),
            "client_secret", grant.clientSecret(),
            "refresh_token", grant.refreshToken()));
  }

  private static Got read(JsonNode json, Reply reply, Order order, String grant) {
    var value = json.path("access_token").asText();
    if (value.isEmpty()) {
      return new Got.Not(refused(json.path("error").asText(), reply, order));
    }
    if (!json.path("api_domain").asText().equals(ZohoSearch.zoho(order).api().toString())) {
      return new Got.Not(new Answer.Stopped("zoho-other-data-centre"));
    }
    var until = order.at().plus(life(json.path("expires_in").asLong())).minus(EARLY);
    return new Got.It(new Token(value, until, grant, null));
  }

  /** What Zoho says of it, if that is of use; one that ends earlier is refused in time. */
  private static Duration life(long seconds) {
    boolean isOfUse = seconds > EARLY.toSeconds() && seconds < LIFE.toSeconds();
    return isOfUse ? Duration.ofSeconds(seconds) : LIFE;
  }

  /** Zoho refuses with a status of 200, too. */
  private static Answer refused(String error, Reply reply, Order order) {
    return switch (error) {
      case "Access Denied" -> new Answer.Later(Optional.of(WINDOW), "zoho-too-many-tokens");
      case "invalid_client", "invalid_client_secret", "invalid_code" ->
          new Answer.Stopped("refused-credentials");
      default -> noToken(reply, order);
    };
  }

  private static Answer noToken(Reply reply, Order order) {
    return TokenCalls.noToken(reply, order, "zoho-no-token");
  }
}
