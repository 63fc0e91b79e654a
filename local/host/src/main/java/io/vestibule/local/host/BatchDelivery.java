package io.vestibule.local.host;

import io.vestibule.local.host.Outcome.Failed;
import io.vestibule.local.host.Outcome.Returned;
import io.vestibule.local.template.Stack;
import java.util.List;

/**
 * Hands batches to a function, and decides what becomes of those that fail, as an event source
 * mapping does.
 *
 * <p>A batch that makes progress keeps its count of attempts: Lambda does not say, and this is the
 * strict reading, under which a function has the fewest tries.
 */
final class BatchDelivery {

  private final String function;
  private final Stack.StreamSource source;
  private final Functions functions;
  private final FailureDestination destination;

  BatchDelivery(
      String function,
      Stack.StreamSource source,
      Functions functions,
      FailureDestination destination) {
    this.function = function;
    this.source = source;
    this.functions = functions;
    this.destination = destination;
  }

  /**
   * Calls the function once.
   *
   * @return the batches that are still owed, in order; none if this one is handled or given up
   */
  List<Batch> deliver(Batch batch) {
    Invocation invocation =
        functions.invoke(function, StreamEvents.event(batch.records()), cause(batch));
    return switch (invocation.outcome()) {
      case Returned(var response) when source.reportsItemFailures() ->
          afterReport(batch, batch.checkpoint(response), invocation);
      case Returned _ -> List.of();
      case Failed _ when source.bisectOnError() && batch.size() > 1 -> batch.halves();
      case Failed _ -> retry(batch.failed(), invocation);
    };
  }

  /** What was reported is tried again as it is: the report has cut the batch already. */
  private List<Batch> afterReport(Batch batch, int checkpoint, Invocation invocation) {
    return checkpoint == batch.size()
        ? List.of()
        : retry(batch.from(checkpoint).failed(), invocation);
  }

  private List<Batch> retry(Batch batch, Invocation invocation) {
    if (source.maximumRetries() < 0 || batch.attempts() <= source.maximumRetries()) {
      return List.of(batch);
    }
    destination.keep(function, source, batch, invocation);
    return List.of();
  }

  private String cause(Batch batch) {
    return "%d from %s".formatted(batch.size(), source.tableLogicalId());
  }
}
