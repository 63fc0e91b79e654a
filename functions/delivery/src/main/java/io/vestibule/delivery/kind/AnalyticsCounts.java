package io.vestibule.delivery.kind;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.targets.Analytics;
import io.vestibule.delivery.egress.Call;
import io.vestibule.delivery.egress.Egress;
import io.vestibule.delivery.egress.Reply;
import java.net.URI;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Has it counted which form was confirmed, and nothing else: no time, no number, no language, and a
 * stranger's number that is new each time. So there is nothing to erase there either.
 *
 * @see <a
 *     href="https://developers.google.com/analytics/devguides/collection/protocol/ga4">Measurement
 *     Protocol</a>
 * @see <a href="https://plausible.io/docs/events-api">Plausible's events</a>
 */
public final class AnalyticsCounts implements Kind {

  private static final String EVENT = "form_verified";
  private static final int LARGEST = 1_000_000_000;

  private final Egress egress;
  private final RandomGenerator random;

  public AnalyticsCounts(Egress egress, RandomGenerator random) {
    this.egress = egress;
    this.random = random;
  }

  @Override
  public Answer send(Order order, List<Message> messages) {
    var form = messages.getFirst().form();
    return switch (analytics(order).service()) {
      case GA4 ->
          call(order, "/mp/collect", ga4(form))
              .map(it -> Statuses.answer(it, order.at()))
              .orElseGet(() -> new Answer.Stopped("secret-unusable"));
      case PLAUSIBLE ->
          Statuses.answer(post(order, "/api/event", plausible(order, form)), order.at());
    };
  }

  /** Whoever has not been asked whether they want it is told of as somebody new, who refuses. */
  private ObjectNode ga4(String form) {
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("client_id", random.nextInt(LARGEST) + "." + random.nextInt(LARGEST))
            .put("non_personalized_ads", true);
    body.putObject("consent").put("ad_user_data", "DENIED").put("ad_personalization", "DENIED");
    var event = body.putArray("events").addObject().put("name", EVENT);
    event.putObject("params").put("form_id", form).put("engagement_time_msec", 1);
    return body;
  }

  private static ObjectNode plausible(Order order, String form) {
    var site = analytics(order).id();
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", EVENT)
            .put("domain", site)
            .put("url", "https://%s/forms/%s".formatted(site, form));
    body.putObject("props").put("form", form);
    return body;
  }

  /** A call of Google's; empty without the secret, which is a part of its address. */
  private Optional<Reply> call(Order order, String path, ObjectNode body) {
    return order.secret().keys().stream()
        .findFirst()
        .map(
            it ->
                "%s?measurement_id=%s&api_secret=%s"
                    .formatted(path, analytics(order).id(), URLEncoder.encode(it, UTF_8)))
        .map(it -> post(order, it, body));
  }

  private Reply post(Order order, String path, ObjectNode body) {
    var server = analytics(order).server(order.target().url());
    var call = Call.json("POST", URI.create(server + path), Map.of(), body);
    return egress.send(call, order.target().isLocal());
  }

  /** Google takes everything; only what it has for tests says what it makes of it. */
  @Override
  public List<String> check(Order order) {
    return switch (analytics(order).service()) {
      case PLAUSIBLE -> List.of();
      case GA4 ->
          call(order, "/debug/mp/collect", ga4("check"))
              .map(AnalyticsCounts::missing)
              .orElseGet(() -> List.of("The target's secret lacks the API secret: put it there."));
    };
  }

  private static List<String> missing(Reply reply) {
    var messages =
        Stream.of(reply)
            .filter(Reply.Answered.class::isInstance)
            .flatMap(it -> ((Reply.Answered) it).json().stream())
            .map(it -> it.path("validationMessages"))
            .findFirst();
    if (messages.isEmpty()) {
      return List.of("Google does not answer now: ask again.");
    }
    return messages.get().isEmpty()
        ? List.of()
        : List.of("Google does not take what would be counted: look whether the id is right.");
  }

  @Override
  public Answer erase(Order order, Erasure erasure) {
    return Answer.taken();
  }

  @Override
  public Answer unsubscribe(Order order, Withdrawal withdrawal) {
    return Answer.taken();
  }

  private static Analytics analytics(Order order) {
    return Objects.requireNonNull(order.target().analytics());
  }
}
