package io.vestibule.delivery.kind;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.vestibule.core.targets.Target;
import io.vestibule.core.wording.Wordings;
import io.vestibule.delivery.egress.Egress;
import io.vestibule.delivery.egress.Reply;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes into a chat: how many messages came in by which form, once a minute at most, and nothing
 * of anybody. So there is nothing to erase there either.
 */
public final class Bot implements Kind {

  private final Egress egress;
  private final Optional<URI> link;
  private final Wordings wordings = new Wordings();

  /**
   * Bots.
   *
   * @param link where staff read what came in, if there is such a place
   */
  public Bot(Egress egress, Optional<URI> link) {
    this.egress = egress;
    this.link = link;
  }

  @Override
  public Answer send(Order order, List<Message> messages) {
    var dialect = dialect(order.target());
    return order
        .secret()
        .url()
        .flatMap(Bot::url)
        .map(url -> dialect.call(url, order, text(order.target(), messages)))
        .map(call -> post(order, call))
        .map(reply -> answer(reply, dialect, order))
        .orElseGet(() -> new Answer.Stopped("secret-unusable"));
  }

  private Reply post(Order order, BotDialect.Call call) {
    byte[] body = call.body().toString().getBytes(UTF_8);
    return egress.post(call.url(), order.target().isLocal(), Map.of(), body);
  }

  /** What status and body say: some say in the body only that something is wrong. */
  private static Answer answer(Reply reply, BotDialect dialect, Order order) {
    var byStatus = Statuses.answer(reply, order.at());
    return byStatus instanceof Answer.Taken && reply instanceof Reply.Answered answered
        ? dialect.answer(new String(answered.body(), UTF_8))
        : byStatus;
  }

  @Override
  public Answer erase(Order order, Erasure erasure) {
    return Answer.taken();
  }

  @Override
  public Answer unsubscribe(Order order, Withdrawal withdrawal) {
    return Answer.taken();
  }

  private String text(Target target, List<Message> messages) {
    var wording = wordings.of(target.language());
    var counts =
        messages.stream().collect(groupingBy(Message::title, LinkedHashMap::new, counting()));
    return counts.entrySet().stream()
            .map(
                it ->
                    wording.text(
                        "staff-mail.bot",
                        Map.of("form", it.getKey(), "count", it.getValue().toString())))
            .collect(joining("\n"))
        + link.map(address -> "\n" + address).orElse("");
  }

  private static BotDialect dialect(Target target) {
    return switch (Objects.requireNonNull(target.bot())) {
      case FEISHU -> BotDialect.FEISHU;
      case DINGTALK -> BotDialect.DINGTALK;
      case SLACK -> BotDialect.SLACK;
    };
  }

  private static Optional<URI> url(String text) {
    try {
      return Optional.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      // Its message quotes the address, which is the secret.
      return Optional.empty();
    }
  }
}
