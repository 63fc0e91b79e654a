package io.vestibule.upkeep.canary;

import io.vestibule.core.Pause;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.store.Attributes;
import io.vestibule.store.ColumnRead;
import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Waits until a submission is mailed. It sees the row's state and nothing else of it. */
final class AwaitMail {

  /** Mails that are slower are no trouble yet: the next flight looks once more. */
  private static final int LOOKS = 10;

  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final Set<String> ON_ITS_WAY =
      Set.of(Status.PENDING.name(), Status.MAILING.name());

  private final ColumnRead rows;
  private final Pause pause;

  AwaitMail(DynamoDbClient dynamoDb, String submissions, Pause pause) {
    this.rows = new ColumnRead(dynamoDb, submissions, "id", "#id, #status");
    this.pause = pause;
  }

  /** What came of it. */
  sealed interface Result {

    /** SES has taken the mail. */
    record Mailed() implements Result {}

    /** It is still to be mailed. */
    record Slow(String status) implements Result {}

    /** Nothing will mail it by itself soon. */
    record Never(String status) implements Result {}
  }

  /** Waits for some seconds at most. */
  Result of(RowId id) {
    String status = status(id);
    for (int looks = 1; looks < LOOKS && ON_ITS_WAY.contains(status); looks++) {
      pause.rest(BETWEEN);
      status = status(id);
    }
    if (status.equals(Status.MAILED.name())) {
      return new Result.Mailed();
    }
    return ON_ITS_WAY.contains(status) ? new Result.Slow(status) : new Result.Never(status);
  }

  private String status(RowId id) {
    return Attributes.text(rows.row(id.value()), "status").orElse("gone");
  }
}
