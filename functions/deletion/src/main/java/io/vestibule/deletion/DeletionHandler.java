package io.vestibule.deletion;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Counter;
import io.vestibule.core.Deadline;
import io.vestibule.core.Env;
import io.vestibule.core.HeldReason;
import io.vestibule.core.Json;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.Service;
import io.vestibule.core.Status;
import io.vestibule.store.StreamBatch;
import io.vestibule.store.StreamChange;
import io.vestibule.store.rows.DepartedRows;
import io.vestibule.store.rows.Quarantine;
import io.vestibule.store.rows.RequestRow;
import io.vestibule.store.rows.SubmissionRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Driven by the stream of the requests table: does what people asked for. And by hand: sets and
 * lifts legal holds, as {@link HoldOrder} reads them, and forgets orphans, as {@link ForgetOrder}.
 */
public final class DeletionHandler implements RequestStreamHandler {

  private static final Logger LOG = LoggerFactory.getLogger(DeletionHandler.class);

  /** After this time, the reconciler asks again instead of the stream. */
  private static final Duration WAITS = Duration.ofMinutes(1);

  private static final PojoSerializer<DynamodbEvent> BATCHES =
      LambdaEventSerializers.serializerFor(
          DynamodbEvent.class, DeletionHandler.class.getClassLoader());

  private final Service service;
  private final AnswerRequest answerRequest;
  private final LegalHolds legalHolds;
  private final ForgetOrphan forgetOrphan;
  private final Quarantine quarantine;
  private final DepartedRows departed;
  private final Clock clock;

  public DeletionHandler() {
    this(Env.ofProcess(), Clock.systemUTC());
  }

  /** Wires the function from its environment. */
  public DeletionHandler(Env env, Clock clock) {
    var wiring = new Wiring(env, clock);
    this.service = wiring.service();
    this.answerRequest = wiring.answerRequest();
    this.legalHolds = wiring.legalHolds();
    this.forgetOrphan = wiring.forgetOrphan();
    this.quarantine = wiring.quarantine();
    this.departed = wiring.departed();
    this.clock = clock;
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
    Supplier<Object> work;
    if (isBatch(event)) {
      var batch = BATCHES.fromJson(new ByteArrayInputStream(event));
      work = () -> handle(batch, context);
    } else {
      var order = Json.MAPPER.readTree(event);
      work = () -> carryOut(order, context);
    }
    Json.MAPPER.writeValue(output, service.run(context, work));
  }

  /** A batch may be megabytes: its first member, which is its only one, tells what it is. */
  private static boolean isBatch(byte[] event) throws IOException {
    try (var parser = Json.MAPPER.createParser(event)) {
      return parser.nextToken() == JsonToken.START_OBJECT
          && "Records".equals(parser.nextFieldName());
    }
  }

  private StreamsEventResponse handle(DynamodbEvent batch, Context context) {
    var deadline = EraseCustomer.deadline(context.getRemainingTimeInMillis());
    return StreamBatch.changesInOrder(batch, change -> handle(change, deadline));
  }

  private void handle(StreamChange change, Deadline deadline) {
    switch (change) {
      case StreamChange.Written(var item) -> written(item, deadline);
      case StreamChange.Expired(var before) -> departed.expired(before, clock.instant());
      case StreamChange.Removed(var before) -> departed.removed(before);
    }
  }

  private void written(Map<String, AttributeValue> item, Deadline deadline) {
    RequestRow.read(item)
        .ifPresentOrElse(
            request -> answer(request, deadline),
            () -> {
              LOG.error("A row that intake did not write", OperatorCode.ROW_FORGED.entry());
              Counter.SUBMISSION_FORGED.increment();
              for (var state : List.of(Status.VERIFIED, Status.ERASING)) {
                quarantine.hold(item, state, HeldReason.FORGED, clock.instant());
              }
            });
  }

  private void answer(RequestRow request, Deadline deadline) {
    var status = request.row().status();
    if (status != Status.VERIFIED && status != Status.ERASING) {
      return;
    }
    switch (answerRequest.answer(request, deadline)) {
      case Outcome.Committed() -> {
        LOG.info("Erased; to be carried out");
        Counter.CUSTOMER_ERASED.increment();
      }
      case Outcome.Settling() -> LOG.info("Carried out; once more in a minute");
      case Outcome.Unfinished() -> LOG.info("Carried out in part");
      case Outcome.Waiting() -> waits(request.row());
      case Outcome.Answered(var how) -> {
        LOG.info("Answered: {}", how);
        Counter.REQUEST_ANSWERED.increment();
      }
      case Outcome.Disclosed() -> {
        LOG.info("Answered: a copy");
        Counter.REQUEST_ANSWERED.increment();
      }
      case Outcome.Superseded() -> LOG.info("Nothing to do any more");
      case Outcome.Forged() -> {
        LOG.error("Confirmed without a proof", OperatorCode.PROOF_FORGED.entry());
        Counter.SUBMISSION_FORGED.increment();
      }
      case Outcome.Held(var reason) -> {
        LOG.error(
            "Confirmed, and cannot be answered: {}",
            reason.code(),
            OperatorCode.CONFIRMED_HELD.entry());
        Counter.CONFIRMED_HELD.increment();
      }
    }
  }

  /** Storing takes moments. If it takes longer, other people's requests do not wait for it. */
  private void waits(SubmissionRow row) {
    LOG.info("Waits for what is being stored");
    var now = clock.instant();
    var pressedAt = row.verifiedAt().filter(at -> !at.isAfter(now));
    if (pressedAt.filter(at -> at.plus(WAITS).isAfter(now)).isPresent()) {
      throw new NotAnsweredYet();
    }
  }

  private Map<String, String> carryOut(JsonNode order, Context context) {
    var outcome =
        order.has("forget")
            ? forgetOrphan.run(ForgetOrder.read(order).customer())
            : legalHolds.carryOut(HoldOrder.read(order), context.getAwsRequestId());
    LOG.info("Decided by a person: {}", outcome);
    return Map.of("outcome", outcome);
  }
}
