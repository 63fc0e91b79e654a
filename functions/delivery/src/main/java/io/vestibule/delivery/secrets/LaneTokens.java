package io.vestibule.delivery.secrets;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.vestibule.core.Json;
import io.vestibule.keys.LaneSeal;
import io.vestibule.store.delivery.Lanes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens of targets, kept in their lanes: a partner gives out few of them, and every
 * environment of the function needs one. Who works on a lane is the only one who writes its token.
 */
public final class LaneTokens {

  private final Lanes lanes;
  private final LaneSeal seal;
  private final Map<String, Token> known = new ConcurrentHashMap<>();

  public LaneTokens(Lanes lanes, LaneSeal seal) {
    this.lanes = lanes;
    this.seal = seal;
  }

  /**
   * An access token.
   *
   * @param until when another one is needed
   * @param grant of which grant it is, and for which address; null in rows of others' making
   * @param account whose it is, as the partner calls them; null if it wants to hear no such thing
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Token(
      String value, Instant until, @Nullable String grant, @Nullable String account) {

    boolean isFresh(Instant now) {
      return now.isBefore(until);
    }

    @Override
    public String toString() {
      return "Token(not shown)";
    }
  }

  /**
   * A token of a grant that still lives and is not the refused one; empty if none is known.
   *
   * @param grant who has changed the secret or the target's file has another one
   */
  public Optional<Token> find(String target, String grant, Optional<Token> refused, Instant now) {
    return Optional.ofNullable(known.get(target))
        .filter(it -> isOf(it, grant, refused, now))
        .or(() -> kept(target).filter(it -> isOf(it, grant, refused, now)));
  }

  private static boolean isOf(Token token, String grant, Optional<Token> refused, Instant now) {
    return grant.equals(token.grant()) && token.isFresh(now) && !refused.equals(Optional.of(token));
  }

  private Optional<Token> kept(String target) {
    var token = lanes.token(target).flatMap(it -> seal.open(target, it)).flatMap(LaneTokens::read);
    token.ifPresent(it -> known.put(target, it));
    return token;
  }

  private static Optional<Token> read(String json) {
    try {
      return Optional.of(Json.MAPPER.readValue(json, Token.class));
    } catch (JsonProcessingException e) {
      return Optional.empty(); // A later version's: it is fetched anew.
    }
  }

  /** Keeps a token, in place of the one of before. */
  public void keep(String target, Token token) {
    known.put(target, token);
    try {
      lanes.keepToken(target, seal.seal(target, Json.MAPPER.writeValueAsString(token)));
    } catch (JsonProcessingException e) {
      throw new AssertionError("a token can always be written", e);
    }
  }
}
