package io.vestibule.mail;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import io.vestibule.core.Env;
import io.vestibule.core.Service;
import io.vestibule.store.StreamBatch;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Driven by the streams of submissions and requests: mails the link of each new one, and to whoever
 * asked about their data that it is done. It is the only function that may send mail.
 */
public final class MailerHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

  private final Service service;
  private final Map<String, Consumer<Map<String, AttributeValue>>> workers;

  public MailerHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public MailerHandler(Env env, Clock clock) {
    var wiring = new MailerWiring(env, clock);
    this.service = wiring.service();
    this.workers = wiring.workers();
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
    return service.run(context, () -> StreamBatch.inOrder(event, workers));
  }
}
