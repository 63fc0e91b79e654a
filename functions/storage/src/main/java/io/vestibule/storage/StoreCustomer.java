package io.vestibule.storage;

import io.vestibule.core.CustomerRecord;
import io.vestibule.core.HeldReason;
import io.vestibule.keys.CustomerCipher;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.LinkTokens;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.store.people.CustomerTransaction;
import io.vestibule.store.people.Customers.CustomerRow;
import io.vestibule.store.people.Identities.Identity;
import io.vestibule.store.rows.SubmissionRow;
import io.vestibule.store.rows.VerifiedSubmissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Makes a verified submission part of its customer, once.
 *
 * <p>That the row says VERIFIED means nothing: a public function can write that. What counts is the
 * proof, which only somebody who was shown the link's token can have computed.
 */
public final class StoreCustomer {

  /** Well under DynamoDB's 400 KB an item; nobody types this much into forms. */
  private static final int LARGEST_RECORD = 256 * 1024;

  /** Two submissions of one person at the same moment are likely; five times in a row is not. */
  private static final int ATTEMPTS = 5;

  private static final int CUSTOMER_ID_BYTES = 16;

  private final LinkTokens linkTokens;
  private final SubmissionOpener opener;
  private final EmailIndex emailIndex;
  private final CustomerKeys customerKeys;
  private final KnownCustomers customers;
  private final VerifiedSubmissions submissions;
  private final CustomerTransaction transaction;
  private final Clock clock;
  private final SecureRandom random;

  StoreCustomer(
      LinkTokens linkTokens,
      SubmissionOpener opener,
      EmailIndex emailIndex,
      CustomerKeys customerKeys,
      KnownCustomers customers,
      VerifiedSubmissions submissions,
      CustomerTransaction transaction,
      Clock clock,
      SecureRandom random) {
    this.linkTokens = linkTokens;
    this.opener = opener;
    this.emailIndex = emailIndex;
    this.customerKeys = customerKeys;
    this.customers = customers;
    this.submissions = submissions;
    this.transaction = transaction;
    this.clock = clock;
    this.random = random;
  }

  /** What came of it. */
  public sealed interface Outcome {

    /** There is a new customer. */
    record Created() implements Outcome {}

    /** The customer, known before, has it now. */
    record Merged() implements Outcome {}

    /** Nothing to do: it was stored before, or the row has changed and has a newer record. */
    record Superseded() implements Outcome {}

    /** The person was erased after handing it in, which covers it. */
    record Erased() implements Outcome {}

    /** Nobody confirmed it; put aside, for somebody writes to the table who should not. */
    record Forged() implements Outcome {}

    /** Somebody confirmed it, and it cannot be stored: put aside, with the reason, for good. */
    record Held(HeldReason reason) implements Outcome {}
  }

  /** A submission that its sender has confirmed. */
  private record Confirmed(SubmissionRow row, byte[] proof, SubmissionOpener.Opened opened) {}

  /** The customer to be changed, as the tables have it now. */
  private record Holder(
      Identity identity, CustomerCipher cipher, Optional<CustomerRow> row, CustomerRecord record) {}

  /**
   * Stores what a row in the state VERIFIED holds.
   *
   * @throws Contended if others kept changing the customer; to be tried again
   */
  public Outcome store(SubmissionRow row) {
    var proof = linkTokens.proofOf(row);
    if (proof.isEmpty()) {
      submissions.holdForged(row, clock.instant());
      return new Outcome.Forged();
    }
    try {
      return store(new Confirmed(row, proof.get(), opener.open(row)));
    } catch (SubmissionOpener.Unreadable | KnownCustomers.Unreadable e) {
      return hold(row, proof.get(), HeldReason.UNREADABLE);
    }
  }

  private Outcome store(Confirmed confirmed) throws KnownCustomers.Unreadable {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var outcome = merge(confirmed);
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    throw new Contended();
  }

  /** One attempt; empty if somebody else changed the customer meanwhile. */
  private Optional<Outcome> merge(Confirmed confirmed) throws KnownCustomers.Unreadable {
    var now = clock.instant();
    var row = confirmed.row();
    var content = confirmed.opened().content();
    var holder = holder(emailIndex.of(confirmed.opened().address()));
    var record = holder.record().with(content, confirmed.opened().form()).toJson();
    if (record.length > LARGEST_RECORD) {
      return Optional.of(hold(row, confirmed.proof(), HeldReason.TOO_LARGE));
    }
    var before = holder.row();
    var customer =
        holder
            .cipher()
            .encrypt(
                record,
                before.map(CustomerRow::version).orElse(0) + 1,
                before.map(CustomerRow::createdAt).orElse(now),
                verifiedAt(confirmed, before, now));
    var write =
        new CustomerTransaction.Write(
            row,
            confirmed.proof(),
            content.receivedAt(),
            holder.identity(),
            before.isEmpty(),
            customer);
    return switch (transaction.commit(write, now)) {
      case STORED -> Optional.of(before.isPresent() ? new Outcome.Merged() : new Outcome.Created());
      case SUPERSEDED -> Optional.of(new Outcome.Superseded());
      case ERASED -> {
        submissions.erased(row, confirmed.proof(), now);
        yield Optional.of(new Outcome.Erased());
      }
      case CONFLICT -> Optional.empty();
    };
  }

  /** Finds the customer of an address, or makes a new number and a new key: one KMS request. */
  private Holder holder(String index) throws KnownCustomers.Unreadable {
    var found = customers.find(index);
    if (found.isPresent()) {
      var known = found.get();
      return new Holder(known.identity(), known.cipher(), Optional.of(known.row()), known.record());
    }
    var customerId = newCustomerId();
    var key = customerKeys.create(customerId);
    var identity = new Identity(index, customerId, key.wrapped());
    return new Holder(identity, key.cipher(), Optional.empty(), CustomerRecord.empty());
  }

  /**
   * When the address was last confirmed. A public function wrote the time, so it is a hint: it lies
   * between the submission's arrival and now, and never before what is known already.
   */
  private static Instant verifiedAt(
      Confirmed confirmed, Optional<CustomerRow> before, Instant now) {
    var receivedAt = confirmed.opened().content().receivedAt();
    var written =
        confirmed
            .row()
            .verifiedAt()
            .filter(at -> !at.isAfter(now) && !at.isBefore(receivedAt))
            .orElse(now);
    return before.map(CustomerRow::verifiedAt).filter(written::isBefore).orElse(written);
  }

  private Outcome hold(SubmissionRow row, byte[] proof, HeldReason reason) {
    submissions.holdConfirmed(row, proof, reason);
    return new Outcome.Held(reason);
  }

  private String newCustomerId() {
    var bytes = new byte[CUSTOMER_ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Others kept changing the customer. */
  public static final class Contended extends RuntimeException {
    Contended() {
      super("the customer was changed by others, " + ATTEMPTS + " times in a row");
    }
  }
}
