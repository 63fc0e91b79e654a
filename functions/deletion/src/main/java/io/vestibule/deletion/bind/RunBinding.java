package io.vestibule.deletion.bind;

import io.vestibule.core.Counter;
import io.vestibule.core.Deadline;
import io.vestibule.deletion.bind.BindIdentities.Looked;
import io.vestibule.store.audit.AuditLog;
import io.vestibule.store.keys.BindingPass;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Binds identities until all are bound, while no other run does. */
public final class RunBinding {

  private final DynamoDbClient dynamoDb;
  private final BindingPass pass;
  private final BindIdentities bindIdentities;
  private final AuditLog audit;
  private final Clock clock;

  public RunBinding(
      DynamoDbClient dynamoDb,
      BindingPass pass,
      BindIdentities bindIdentities,
      AuditLog audit,
      Clock clock) {
    this.dynamoDb = dynamoDb;
    this.pass = pass;
    this.bindIdentities = bindIdentities;
    this.audit = audit;
    this.clock = clock;
  }

  /** How far the pass is. */
  public enum State {
    /** Every identity is bound: one without a binding is forged. */
    ENDED,
    /** There may be identities without a binding. */
    OPEN,
    /** Another run is at it, and this one did nothing. */
    BUSY
  }

  public record Outcome(State state, Looked looked) {}

  /** The pass begins anew, whether it has ended or not. */
  public void again(String by) {
    var now = clock.instant();
    dynamoDb.transactWriteItems(
        write -> write.transactItems(pass.reopen(now), audit.rebound(by, now)));
  }

  /**
   * Goes on with it.
   *
   * @param remaining after this Lambda ends the run, whatever it is doing
   * @param deadline until when it may bind
   */
  public Outcome goOn(Duration remaining, Deadline deadline) {
    if (pass.hasEnded()) {
      return new Outcome(State.ENDED, new Looked(0, 0, true));
    }
    var start = clock.instant();
    var until = start.plus(remaining);
    if (!pass.take(start, until)) {
      return new Outcome(State.BUSY, new Looked(0, 0, false));
    }
    try {
      var looked = bindIdentities.run(deadline);
      Counter.IDENTITY_BOUND.add(Math.clamp(looked.bound(), 0, Integer.MAX_VALUE));
      boolean isEnd = looked.all() && pass.hasLookedAtAll(start, clock.instant());
      return new Outcome(isEnd ? State.ENDED : State.OPEN, looked);
    } finally {
      pass.giveBack(until);
    }
  }
}
