package io.vestibule.deletion;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.core.JsonToken;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.core.Service;
import io.vestibule.deletion.answer.FollowRequests;
import io.vestibule.deletion.erase.EraseCustomer;
import io.vestibule.store.StreamBatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * Driven by the stream of the requests table: does what people asked for. And by hand: carries out
 * what a person orders, and tells what is open of an address.
 */
public final class DeletionHandler implements RequestStreamHandler {

  private static final PojoSerializer<DynamodbEvent> BATCHES =
      LambdaEventSerializers.serializerFor(
          DynamodbEvent.class, DeletionHandler.class.getClassLoader());

  private final Service service;
  private final FollowRequests followRequests;
  private final CarryOutOrder carryOutOrder;
  private final FindOpen findOpen;

  public DeletionHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public DeletionHandler(Env env, Clock clock) {
    var wiring = new DeletionWiring(env, clock);
    this.service = wiring.service;
    this.followRequests = wiring.followRequests;
    this.carryOutOrder = wiring.carryOutOrder;
    this.findOpen = wiring.findOpen;
  }

  /**
   * Handles a batch of the stream, or a person's order.
   *
   * @throws IllegalArgumentException for anything else
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var event = input.readAllBytes();
    var work = isBatch(event) ? batch(event, context) : order(event, context);
    Json.MAPPER.writeValue(output, service.run(context, work));
  }

  /** A batch may be megabytes: its first member, which is its only one, tells what it is. */
  private static boolean isBatch(byte[] event) throws IOException {
    try (var parser = Json.MAPPER.createParser(event)) {
      return parser.nextToken() == JsonToken.START_OBJECT
          && "Records".equals(parser.nextFieldName());
    }
  }

  private Supplier<Object> batch(byte[] event, Context context) {
    var batch = BATCHES.fromJson(new ByteArrayInputStream(event));
    return () -> {
      var deadline = EraseCustomer.deadline(context.getRemainingTimeInMillis());
      return StreamBatch.changesInOrder(batch, change -> followRequests.follow(change, deadline));
    };
  }

  private Supplier<Object> order(byte[] event, Context context) throws IOException {
    var order = Json.MAPPER.readTree(event);
    return order.has("find")
        ? () -> findOpen.run(FindOrder.read(order), context.getAwsRequestId())
        : () -> carryOutOrder.run(order, context.getAwsRequestId());
  }
}
