package io.vestibule.delivery.kind.crm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vestibule.core.Sha256;
import io.vestibule.delivery.egress.Reply;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.Statuses;
import io.vestibule.delivery.secrets.LaneTokens;
import io.vestibule.delivery.secrets.LaneTokens.Token;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Calls with an access token that all environments share, as a partner gives out few of them. Of
 * the calls that are under way at once in one environment, one gets a token for all; a token that
 * ends in the middle is made up for once.
 */
public final class TokenCalls {

  private static final Answer LATE = Answer.later("took-too-long");
  private static final Got UNUSABLE = new Got.Not(new Answer.Stopped("secret-unusable"));

  private final LaneTokens tokens;
  private final Source source;
  private final Clock clock;
  private final Map<String, ReentrantLock> getting = new ConcurrentHashMap<>();

  public TokenCalls(LaneTokens tokens, Source source, Clock clock) {
    this.tokens = tokens;
    this.source = source;
    this.clock = clock;
  }

  /** What came of the wish for a token. */
  public sealed interface Got {

    /** One to call with. */
    record It(Token token) implements Got {}

    /** None. */
    record Not(Answer answer) implements Got {}
  }

  /** A partner who gives tokens. */
  public interface Source {

    /** Whose tokens they are, and for which address; empty if the secret does not say it. */
    Optional<String> grant(Order order);

    /**
     * Asks for a new one.
     *
     * @param grant as {@link #grant} said it
     */
    Got fetch(Order order, String grant);
  }

  /** A grant, so that nobody learns it who sees what is kept. */
  public static String fingerprint(String... parts) {
    return HexFormat.of().formatHex(Sha256.of(String.join("|", parts).getBytes(UTF_8)));
  }

  /** What an answer means in which there was no token. */
  public static Answer noToken(Reply reply, Order order, String code) {
    return switch (Statuses.answer(reply, order.at())) {
      case Answer.Taken _ -> Answer.later(code);
      case Answer.Failed(var status, var _) -> new Answer.Stopped(status);
      case Answer.Later later -> later;
      case Answer.Stopped stopped -> stopped;
    };
  }

  /** Gets a token; what is against going on, or nothing. */
  public Optional<Answer> ready(Order order) {
    return hindrance(get(order, Optional.empty()));
  }

  /**
   * Gets a new token, whatever is known: so it is seen whether the grant still works. It does not
   * wait for whoever works on the lane elsewhere, who may be asking at the same time.
   */
  public Optional<Answer> renew(Order order) {
    return hindrance(
        source
            .grant(order)
            .map(grant -> oneByOne(order, () -> fetch(order, grant)))
            .orElse(UNUSABLE));
  }

  private static Optional<Answer> hindrance(Got got) {
    return got instanceof Got.Not(var answer) ? Optional.of(answer) : Optional.empty();
  }

  /**
   * Makes a call, and once more if its token is refused.
   *
   * @param not what is answered if there was no call
   */
  public <R> R call(
      Order order, Function<Token, R> call, Predicate<R> isTokenRefused, Function<Answer, R> not) {
    return switch (get(order, Optional.empty())) {
      case Got.Not(var answer) -> not.apply(answer);
      case Got.It(var token) -> {
        var reply = timely(order, call, token, not);
        yield isTokenRefused.test(reply) ? again(order, call, token, not) : reply;
      }
    };
  }

  private <R> R again(
      Order order, Function<Token, R> call, Token refused, Function<Answer, R> not) {
    if (order.isLate(clock.instant())) {
      return not.apply(LATE);
    }
    return switch (get(order, Optional.of(refused))) {
      case Got.Not(var answer) -> not.apply(answer);
      case Got.It(var token) -> timely(order, call, token, not);
    };
  }

  private <R> R timely(Order order, Function<Token, R> call, Token token, Function<Answer, R> not) {
    return order.isLate(clock.instant()) ? not.apply(LATE) : call.apply(token);
  }

  /**
   * A token.
   *
   * @param refused one that was refused although it should live
   */
  private Got get(Order order, Optional<Token> refused) {
    return source.grant(order).map(it -> get(order, it, refused)).orElse(UNUSABLE);
  }

  private Got get(Order order, String grant, Optional<Token> refused) {
    return oneByOne(
        order,
        () ->
            tokens
                .find(order.target().name(), grant, refused, order.at())
                .<Got>map(Got.It::new)
                .orElseGet(() -> fetch(order, grant)));
  }

  private Got oneByOne(Order order, Supplier<Got> getsOne) {
    var lock = getting.computeIfAbsent(order.target().name(), _ -> new ReentrantLock());
    lock.lock();
    try {
      return getsOne.get();
    } finally {
      lock.unlock();
    }
  }

  private Got fetch(Order order, String grant) {
    var got = source.fetch(order, grant);
    if (got instanceof Got.It(var token)) {
      tokens.keep(order.target().name(), token);
    }
    return got;
  }
}
