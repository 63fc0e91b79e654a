package io.vestibule.upkeep;

import io.vestibule.core.forms.Forms;
import io.vestibule.store.rows.HeldSubmissions;
import io.vestibule.store.rows.OpenSubmissions;
import io.vestibule.store.rows.Quarantine;
import java.time.Clock;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What is done to the rows of one table. */
record Desk(
    ReconcileSubmissions reconcile,
    SettleHeld settleHeld,
    SettleAllHeld settleAllHeld,
    OpenSubmissions open) {

  static Desk of(
      DynamoDbClient dynamoDb, String table, Forms forms, Clock clock, RandomGenerator random) {
    var open = new OpenSubmissions(dynamoDb, table);
    var held = new HeldSubmissions(dynamoDb, table);
    return new Desk(
        new ReconcileSubmissions(
            open,
            new NextSteps(forms),
            new Quarantine(dynamoDb, table, forms),
            clock,
            random,
            ReconcileSubmissions.Bounds.DEPLOYED),
        new SettleHeld(held, open, clock),
        new SettleAllHeld(held, open, clock),
        open);
  }
}
