package io.vestibule.storage;

import io.vestibule.core.CustomerRecord;
import io.vestibule.core.HeldReason;
import io.vestibule.core.OperatorCode;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.SyntheticEntries;
import io.vestibule.store.people.CustomerTransaction;
import io.vestibule.store.rows.VerifiedSubmissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a confirmed submission part of its customer, in one transaction. */
final class MergeSubmission {

  private static final Logger LOG = LoggerFactory.getLogger(MergeSubmission.class);

  /** Well under DynamoDB's limit of 400 KB an item, and more than a person types into forms. */
  private static final int LARGEST_RECORD = 256 * 1024;

  private final EmailIndex emailIndex;
  private final Holders holders;
  private final SyntheticEntries syntheticEntries;
  private final Beside beside;
  private final CustomerTransaction transaction;
  private final VerifiedSubmissions submissions;
  private final Clock clock;

  MergeSubmission(
      EmailIndex emailIndex,
      Holders holders,
      SyntheticEntries syntheticEntries,
      Beside beside,
      CustomerTransaction transaction,
      VerifiedSubmissions submissions,
      Clock clock) {
    this.emailIndex = emailIndex;
    this.holders = holders;
    this.syntheticEntries = syntheticEntries;
    this.beside = beside;
    this.transaction = transaction;
    this.submissions = submissions;
    this.clock = clock;
  }

  /** One attempt; empty if somebody else changed the customer meanwhile. */
  Optional<Storing> attempt(Confirmed confirmed) throws KnownCustomers.Unreadable {
    var now = clock.instant();
    var holder = holders.of(emailIndex.of(confirmed.opened().address()));
    var record = holder.with(confirmed);
    if (record.toJson().length > LARGEST_RECORD) {
      submissions.holdConfirmed(confirmed.row(), confirmed.proof(), HeldReason.TOO_LARGE);
      return Optional.of(new Storing.Held(HeldReason.TOO_LARGE));
    }
    return commit(confirmed, holder, record, now);
  }

  private Optional<Storing> commit(
      Confirmed confirmed, Holder holder, CustomerRecord record, Instant now) {
    var handedIn = holder.handedIn(confirmed);
    var entry = holder.entry(confirmed, handedIn);
    var write =
        new CustomerTransaction.Write(
            confirmed.row(),
            confirmed.proof(),
            holder.next(record, confirmed, now),
            entry,
            holder.before(syntheticEntries),
            beside.of(confirmed, record, entry, handedIn, now));
    return switch (transaction.commit(write, now)) {
      case STORED -> Optional.of(holder.isNew() ? new Storing.Created() : new Storing.Merged());
      case SUPERSEDED -> Optional.of(new Storing.Superseded());
      case ERASED -> {
        submissions.erased(confirmed.row(), confirmed.proof(), now);
        yield Optional.of(new Storing.Erased());
      }
      case ERASURE_UNPROVEN -> {
        LOG.error("No erasure of ours is marked so", OperatorCode.ERASURE_UNPROVEN.entry());
        yield forged(confirmed);
      }
      case ENTRY_TAKEN -> {
        LOG.error("The place of its entry is taken", OperatorCode.ENTRY_TAKEN.entry());
        yield forged(confirmed);
      }
      case CONFLICT -> Optional.empty();
    };
  }

  private Optional<Storing> forged(Confirmed confirmed) {
    submissions.holdConfirmed(confirmed.row(), confirmed.proof(), HeldReason.FORGED);
    return Optional.of(new Storing.Held(HeldReason.FORGED));
  }
}
