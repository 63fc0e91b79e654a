package io.vestibule.delivery.kind.zoho;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Sha256;
import io.vestibule.core.targets.Target;
import io.vestibule.delivery.egress.Call;
import io.vestibule.delivery.egress.Egress;
import io.vestibule.delivery.egress.Reply;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.Secret.Grant;
import io.vestibule.delivery.kind.Statuses;
import io.vestibule.delivery.secrets.LaneTokens;
import io.vestibule.delivery.secrets.LaneTokens.Token;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Access tokens of Zoho: an hour each, and ten in ten minutes at most, so one is shared by all.
 *
 * @see <a
 *     href="https://zoho.com/accounts/protocol/oauth/web-apps/access-token-expiry.html">Expiry</a>
 */
final class ZohoTokens {

  /** A token is given up before it ends, as a call takes its time. */
  private static final Duration EARLY = Duration.ofMinutes(5);

  private static final Duration LIFE = Duration.ofHours(1);
  private static final Duration WINDOW = Duration.ofMinutes(10);

  private final Egress egress;
  private final LaneTokens tokens;
  private final Map<String, ReentrantLock> refreshing = new ConcurrentHashMap<>();

  ZohoTokens(Egress egress, LaneTokens tokens) {
    this.egress = egress;
    this.tokens = tokens;
  }

  /** What came of the wish for a token. */
  sealed interface Got {

    /** One to call with. */
    record It(Token token) implements Got {}

    /** None. */
    record Not(Answer answer) implements Got {}
  }

  /**
   * A token.
   *
   * @param refused one that Zoho has refused although it should live
   */
  Got get(Order order, Optional<Token> refused) {
    var grant = order.secret().grant();
    if (grant.isEmpty()) {
      return new Got.Not(new Answer.Stopped("secret-unusable"));
    }
    var target = order.target();
    var fingerprint = fingerprint(target, grant.get());
    var lock = refreshing.computeIfAbsent(target.name(), _ -> new ReentrantLock());
    // Of the calls that are under way at once, one refreshes for all.
    lock.lock();
    try {
      return tokens
          .find(target.name(), fingerprint, refused, order.at())
          .<Got>map(Got.It::new)
          .orElseGet(() -> refresh(order, target, grant.get()));
    } finally {
      lock.unlock();
    }
  }

  /** A new token, whatever is known: so it is seen whether the grant still works. */
  Got renew(Order order) {
    return order
        .secret()
        .grant()
        .map(it -> refresh(order, order.target(), it))
        .orElseGet(() -> new Got.Not(new Answer.Stopped("secret-unusable")));
  }

  private static String fingerprint(Target target, Grant grant) {
    var api = Objects.requireNonNull(target.zoho()).api();
    return HexFormat.of()
        .formatHex(
            Sha256.of((grant.client() + "|" + grant.refreshToken() + "|" + api).getBytes(UTF_8)));
  }

  private Got refresh(Order order, Target target, Grant grant) {
    var zoho = Objects.requireNonNull(target.zoho());
    var reply =
        egress.send(
            Call.form(
                zoho.accounts().resolve(zoho.accounts().getPath() + "/oauth/v2/token"),
                Map.of(
                    "grant_type", "refresh_token",
                    "client_id", grant.client(),
                    "client_secret", grant.clientSecret(),
                    "refresh_token", grant.refreshToken())),
            target.isLocal());
    return reply instanceof Reply.Answered answered
        ? answered
            .json()
            .map(json -> read(json, reply, order, grant))
            .orElseGet(() -> new Got.Not(later(reply, order)))
        : new Got.Not(later(reply, order));
  }

  private Got read(JsonNode json, Reply reply, Order order, Grant grant) {
    var value = json.path("access_token").asText();
    if (value.isEmpty()) {
      return new Got.Not(refused(json.path("error").asText(), reply, order));
    }
    var target = order.target();
    var zoho = Objects.requireNonNull(target.zoho());
    if (!json.path("api_domain").asText().equals(zoho.api().toString())) {
      return new Got.Not(new Answer.Stopped("zoho-other-data-centre"));
    }
    var life = life(json.path("expires_in").asLong());
    var token = new Token(value, order.at().plus(life).minus(EARLY), fingerprint(target, grant));
    tokens.keep(target.name(), token);
    return new Got.It(token);
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
      default -> later(reply, order);
    };
  }

  private static Answer later(Reply reply, Order order) {
    return switch (Statuses.answer(reply, order.at())) {
      case Answer.Taken _ -> Answer.later("zoho-no-token");
      case Answer.Failed(var code, var _) -> new Answer.Stopped(code);
      case Answer.Later later -> later;
      case Answer.Stopped stopped -> stopped;
    };
  }
}
