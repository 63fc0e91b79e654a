package io.vestibule.local.partners;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vestibule.local.partners.ZohoCrm.Organisation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Access tokens: an hour each, ten in ten minutes.
 *
 * @see <a
 *     href="https://zoho.com/accounts/protocol/oauth/web-apps/access-token-expiry.html">Expiry</a>
 */
final class ZohoTokens {

  private static final Duration LIFE = Duration.ofHours(1);
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final int IN_A_WINDOW = 10;
  private static final String SCHEME = "Zoho-oauthtoken ";

  private final Organisation organisation;
  private final Clock clock;
  private final Map<String, Instant> live = new HashMap<>();
  private final Deque<Instant> given = new ArrayDeque<>();
  private int all;

  ZohoTokens(Organisation organisation, Clock clock) {
    this.organisation = organisation;
    this.clock = clock;
  }

  int given() {
    return all;
  }

  void forget() {
    live.clear();
  }

  /** Whether a header has a token that still lives, in Zoho's own scheme. */
  boolean areGood(String header) {
    return header.startsWith(SCHEME)
        && clock
            .instant()
            .isBefore(live.getOrDefault(header.substring(SCHEME.length()), Instant.MIN));
  }

  /** Errors come with a status of 200. */
  PartnerAnswer answer(PartnerCall call) {
    var form = call.form();
    if (!call.method().equals("POST")
        || !call.query().isEmpty()
        || !"refresh_token".equals(form.get("grant_type"))) {
      return error("invalid_request");
    }
    if (!organisation.client().equals(form.get("client_id"))
        || !organisation.clientSecret().equals(form.get("client_secret"))) {
      return error("invalid_client");
    }
    if (!organisation.refreshToken().equals(form.get("refresh_token"))) {
      return error("invalid_code");
    }
    var now = clock.instant();
    given.removeIf(it -> !it.isAfter(now.minus(WINDOW)));
    if (given.size() >= IN_A_WINDOW) {
      return error("Access Denied");
    }
    given.add(now);
    all++;
    var token = "1000." + UUID.randomUUID();
    live.put(token, now.plus(LIFE));
    return PartnerAnswer.of(
        200,
        JsonNodeFactory.instance
            .objectNode()
            .put("access_token", token)
            .put("expires_in", LIFE.toSeconds())
            .put("api_domain", organisation.api())
            .put("token_type", "Bearer"));
  }

  private static PartnerAnswer error(String code) {
    return PartnerAnswer.of(200, JsonNodeFactory.instance.objectNode().put("error", code));
  }
}
