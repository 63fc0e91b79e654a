package io.vestibule.delivery.kind.zoho;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.core.targets.Target;
import io.vestibule.core.targets.Zoho;
import io.vestibule.delivery.egress.Call;
import io.vestibule.delivery.egress.Egress;
import io.vestibule.delivery.egress.Reply;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.Secret.Grant;
import io.vestibule.delivery.kind.Statuses;
import io.vestibule.delivery.secrets.LaneTokens;
import io.vestibule.delivery.secrets.LaneTokens.Token;
import java.io.IOException;
import java.time.Duration;
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

  private static final Duration LONGEST_LIFE = Duration.ofHours(1);
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
    var lock = refreshing.computeIfAbsent(target.name(), _ -> new ReentrantLock());
    // Of the calls that are under way at once, one refreshes for all.
    lock.lock();
    try {
      return tokens
          .find(target.name(), refused, order.at())
          .<Got>map(Got.It::new)
          .orElseGet(() -> refresh(order, target, grant.get()));
    } finally {
      lock.unlock();
    }
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
        ? json(answered.body())
            .map(json -> read(json, order, zoho))
            .orElseGet(() -> new Got.Not(later(reply, order)))
        : new Got.Not(later(reply, order));
  }

  private Got read(JsonNode json, Order order, Zoho zoho) {
    var value = json.path("access_token").asText();
    if (value.isEmpty()) {
      // Zoho says so with a status of 200, too.
      return new Got.Not(
          json.path("error").asText().equals("Access Denied")
              ? new Answer.Later(Optional.of(WINDOW), "zoho-too-many-tokens")
              : new Answer.Stopped("refused-credentials"));
    }
    if (!json.path("api_domain").asText().equals(zoho.api().toString())) {
      return new Got.Not(new Answer.Stopped("zoho-other-data-centre"));
    }
    var life = Duration.ofSeconds(json.path("expires_in").asLong());
    var token =
        new Token(
            value,
            order.at().plus(life.compareTo(LONGEST_LIFE) < 0 ? life : LONGEST_LIFE).minus(EARLY));
    tokens.keep(order.target().name(), token);
    return new Got.It(token);
  }

  private static Answer later(Reply reply, Order order) {
    return switch (Statuses.answer(reply, order.at())) {
      case Answer.Taken _ -> Answer.later("no-json");
      case Answer.Failed(var code, var _) -> new Answer.Stopped(code);
      case Answer.Later later -> later;
      case Answer.Stopped stopped -> stopped;
    };
  }

  private static Optional<JsonNode> json(byte[] body) {
    try {
      return Optional.of(Json.MAPPER.readTree(body)).filter(JsonNode::isObject);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
