package io.vestibule.delivery;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Deadline;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.core.Service;
import io.vestibule.delivery.lane.DrainLanes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells targets. Driven by the stream of the outbox, which says at once in which lanes there is
 * something new; by a schedule, which goes on with what waits; and by a person's orders.
 */
public final class DeliverHandler implements RequestStreamHandler {

  /**
   * Nothing new is begun after it in a run of the stream: the schedule goes on with a long lane,
   * and the stream with the others.
   */
  private static final Duration STREAM = Duration.ofSeconds(20);

  /** A call of a partner may take so long, and what is written after it. */
  private static final Duration RESERVE = Duration.ofMinutes(1);

  private final Service service;
  private final DrainLanes drainLanes;
  private final CarryOutOrder carryOutOrder;

  public DeliverHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public DeliverHandler(Env env, Clock clock) {
    var wiring = new DeliverWiring(env, clock);
    this.service = wiring.service;
    this.drainLanes = wiring.drainLanes;
    this.carryOutOrder = wiring.carryOutOrder;
  }

  /**
   * Handles a batch of the stream, a look of the schedule, or a person's order.
   *
   * @throws IllegalArgumentException for anything else
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var event = Json.MAPPER.readTree(input);
    Map<String, Object> answer =
        service.run(
            context, () -> event.path("Records").isArray() ? batch(event) : order(event, context));
    Json.MAPPER.writeValue(output, answer);
  }

  /** Only which lanes: what is due there tells the table. */
  private Map<String, Object> batch(JsonNode event) {
    var lanes =
        event
            .path("Records")
            .valueStream()
            .map(it -> it.path("dynamodb").path("Keys").path("target").path("S").asText())
            .collect(Collectors.toUnmodifiableSet());
    drainLanes.run(lanes, Deadline.in(STREAM));
    return Map.of("lanes", lanes.size());
  }

  private Map<String, Object> order(JsonNode event, Context context) {
    var left = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(RESERVE);
    return carryOutOrder.run(
        DeliverOrder.read(event), context.getAwsRequestId(), Deadline.in(left));
  }
}
