package io.vestibule.local.host;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import io.vestibule.core.Env;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads a stream and prints the keys of each batch. It throws at a batch that holds the key THROWS,
 * and reports failed items from the key REPORTS on; with FAILURES it gets better after so many.
 */
public final class Collector implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

  private final String thrownAt;
  private final String reportedAt;
  private int failuresLeft;

  public Collector() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  public Collector(Env env, Clock clock) {
    thrownAt = env.read(variables -> variables.optional("THROWS").orElse("-"));
    reportedAt = env.read(variables -> variables.optional("REPORTS").orElse("-"));
    failuresLeft =
        env.read(variables -> variables.optional("FAILURES").map(Integer::parseInt).orElse(999));
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
    List<String> keys = event.getRecords().stream().map(Collector::key).toList();
    System.out.println(
        event.getRecords().stream()
            .map(record -> key(record) + mark(record))
            .collect(Collectors.joining(" ")));
    if (keys.contains(thrownAt) && failuresLeft-- > 0) {
      throw new IllegalStateException("cannot do " + thrownAt);
    }
    if (keys.contains(reportedAt) && failuresLeft-- > 0) {
      String failed =
          event.getRecords().get(keys.indexOf(reportedAt)).getDynamodb().getSequenceNumber();
      return new StreamsEventResponse(List.of(new BatchItemFailure(failed)));
    }
    return new StreamsEventResponse(List.of());
  }

  private static String key(DynamodbStreamRecord record) {
    return requireNonNull(record.getDynamodb().getKeys().get("id")).getS();
  }

  private static String mark(DynamodbStreamRecord record) {
    return record.getUserIdentity() == null
        ? ""
        : " by " + record.getUserIdentity().getPrincipalId();
  }
}
