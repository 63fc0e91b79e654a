package io.vestibule.storage;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import io.vestibule.core.Destination;
import io.vestibule.core.Env;
import io.vestibule.core.HeldReason;
import io.vestibule.core.Service;
import io.vestibule.core.Status;
import io.vestibule.store.StreamBatch;
import io.vestibule.store.StreamChange;
import io.vestibule.store.UnfitRow;
import io.vestibule.store.rows.DepartedRows;
import io.vestibule.store.rows.Quarantine;
import io.vestibule.store.rows.SubmissionRow;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Driven by the stream of the submissions table: stores each verified submission, and remembers
 * each that expired.
 */
public final class StoreHandler implements RequestHandler<DynamodbEvent, StreamsEventResponse> {

  private final Service service;
  private final StoreCustomer storeCustomer;
  private final DepartedRows departed;
  private final Quarantine quarantine;
  private final Clock clock;

  public StoreHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public StoreHandler(Env env, Clock clock) {
    var wiring = new StoreWiring(env, clock);
    this.service = wiring.service();
    this.storeCustomer = wiring.storeCustomer();
    this.departed = wiring.departed();
    this.quarantine = wiring.quarantine();
    this.clock = clock;
  }

  @Override
  public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
    return service.run(context, () -> StreamBatch.changesInOrder(event, this::handle));
  }

  private void handle(StreamChange change) {
    switch (change) {
      case StreamChange.Written(var item) -> written(item);
      case StreamChange.Expired(var before) -> departed.expired(before, clock.instant());
      case StreamChange.Removed(var before) -> departed.removed(before);
    }
  }

  private void written(Map<String, AttributeValue> item) {
    SubmissionRow.read(Destination.STORAGE, item)
        .ifPresentOrElse(
            row -> {
              if (row.status() == Status.VERIFIED) {
                store(row, item);
              }
            },
            () ->
                quarantine.hold(item, Set.of(Status.VERIFIED), HeldReason.FORGED, clock.instant()));
  }

  private void store(SubmissionRow row, Map<String, AttributeValue> item) {
    try {
      StoringReport.of(storeCustomer.store(row));
    } catch (UnfitRow e) {
      // It has grown since the record was written, by whoever can write to the table.
      quarantine.replace(item, Set.of(Status.VERIFIED), HeldReason.FORGED, clock.instant());
    }
  }
}
