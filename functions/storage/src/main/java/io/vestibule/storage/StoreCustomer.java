package io.vestibule.storage;

import io.vestibule.core.CustomerRecord;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.HeldReason;
import io.vestibule.core.Submission;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.keys.CustomerCipher;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.KeysetKey;
import io.vestibule.keys.LinkTokens;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.store.CustomerTransaction;
import io.vestibule.store.Customers;
import io.vestibule.store.Customers.CustomerRow;
import io.vestibule.store.Identities;
import io.vestibule.store.Identities.Identity;
import io.vestibule.store.SubmissionRow;
import io.vestibule.store.VerifiedSubmissions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
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

  /** How long a person has to look at what was put aside. */
  private static final Duration HELD = Duration.ofDays(30);

  private static final int CUSTOMER_ID_BYTES = 16;

  private final LinkTokens linkTokens;
  private final SubmissionOpener opener;
  private final EmailIndex emailIndex;
  private final CustomerKeys customerKeys;
  private final Identities identities;
  private final Customers customers;
  private final VerifiedSubmissions submissions;
  private final CustomerTransaction transaction;
  private final Forms forms;
  private final Clock clock;
  private final SecureRandom random;

  StoreCustomer(
      LinkTokens linkTokens,
      SubmissionOpener opener,
      EmailIndex emailIndex,
      CustomerKeys customerKeys,
      Identities identities,
      Customers customers,
      VerifiedSubmissions submissions,
      CustomerTransaction transaction,
      Forms forms,
      Clock clock,
      SecureRandom random) {
    this.linkTokens = linkTokens;
    this.opener = opener;
    this.emailIndex = emailIndex;
    this.customerKeys = customerKeys;
    this.identities = identities;
    this.customers = customers;
    this.submissions = submissions;
    this.transaction = transaction;
    this.forms = forms;
    this.clock = clock;
    this.random = random;
  }

  /** What came of it. */
  public sealed interface Outcome {

    /** There is a new customer. */
    record Created() implements Outcome {}

    /** The customer, known before, has it now. */
    record Merged() implements Outcome {}

    /** It was stored before: this is a redelivery. */
    record AlreadyDone() implements Outcome {}

    /** The person was erased after handing it in, which covers it. */
    record Erased() implements Outcome {}

    /** Put aside, with the reason. */
    record Held(HeldReason reason) implements Outcome {}
  }

  /** A verified submission, opened. */
  private record Opened(
      SubmissionRow row, byte[] proof, Submission content, Form form, EmailAddress address) {}

  /** The customer to be changed, as the tables have it now. */
  private record Holder(
      Identity identity,
      boolean isNew,
      CustomerCipher cipher,
      Optional<CustomerRow> row,
      CustomerRecord record) {}

  /**
   * Stores what a row in the state VERIFIED holds.
   *
   * @throws Contended if others kept changing the customer; to be tried again
   */
  public Outcome store(SubmissionRow row) {
    var proof = row.proof().filter(each -> linkTokens.of(row).proves(row.id(), row.linkNo(), each));
    if (proof.isEmpty()) {
      return hold(row, HeldReason.FORGED);
    }
    try {
      var opened = open(row, proof.get());
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        var outcome = merge(opened);
        if (outcome.isPresent()) {
          return outcome.get();
        }
      }
      throw new Contended();
    } catch (Unusable e) {
      return hold(row, HeldReason.UNREADABLE);
    }
  }

  private Opened open(SubmissionRow row, byte[] proof) throws Unusable {
    try {
      var content = opener.open(row);
      var form = forms.find(row.form()).orElseThrow(Unusable::new);
      var address = form.address(content.fields()).orElseThrow(Unusable::new);
      return new Opened(row, proof, content, form, address);
    } catch (SubmissionOpener.Unreadable e) {
      throw new Unusable();
    }
  }

  /** One attempt; empty if somebody else changed the customer meanwhile. */
  private Optional<Outcome> merge(Opened opened) throws Unusable {
    var now = clock.instant();
    var holder = holder(emailIndex.of(opened.address()));
    var record = holder.record().with(opened.content(), opened.form()).toJson();
    if (record.length > LARGEST_RECORD) {
      return Optional.of(hold(opened.row(), HeldReason.TOO_LARGE));
    }
    var before = holder.row();
    var customer =
        holder
            .cipher()
            .encrypt(
                record,
                before.map(CustomerRow::version).orElse(0) + 1,
                before.map(CustomerRow::createdAt).orElse(now),
                verifiedAt(opened.row(), now));
    var write =
        new CustomerTransaction.Write(
            opened.row(),
            opened.proof(),
            opened.content().receivedAt(),
            holder.identity(),
            holder.isNew(),
            customer);
    return switch (transaction.commit(write, now)) {
      case STORED -> Optional.of(before.isPresent() ? new Outcome.Merged() : new Outcome.Created());
      case ALREADY_DONE -> Optional.of(new Outcome.AlreadyDone());
      case ERASED -> {
        submissions.erased(opened.row(), opened.proof(), now);
        yield Optional.of(new Outcome.Erased());
      }
      case CONFLICT -> Optional.empty();
    };
  }

  /** Finds the customer of an address, or makes a new number and a new key: one KMS request. */
  private Holder holder(String index) throws Unusable {
    var found = identities.find(index);
    if (found.isEmpty()) {
      var customerId = newCustomerId();
      var key = customerKeys.create(customerId);
      var identity = new Identity(index, customerId, key.wrapped());
      return new Holder(identity, true, key.cipher(), Optional.empty(), CustomerRecord.empty());
    }
    var identity = found.get();
    try {
      var cipher = customerKeys.unwrap(identity.customerId(), identity.wrappedKey());
      var row = customers.find(identity.customerId());
      var record =
          row.isEmpty() ? CustomerRecord.empty() : CustomerRecord.parse(cipher.decrypt(row.get()));
      return new Holder(identity, false, cipher, row, record);
    } catch (KeysetKey.CannotUnwrap | GeneralSecurityException | IOException e) {
      throw new Unusable();
    }
  }

  /** What a public function wrote is a hint, so it may not lie in the future. */
  private static Instant verifiedAt(SubmissionRow row, Instant now) {
    return row.verifiedAt().filter(at -> !at.isAfter(now)).orElse(now);
  }

  private Outcome hold(SubmissionRow row, HeldReason reason) {
    submissions.hold(row, reason, clock.instant().plus(HELD));
    return new Outcome.Held(reason);
  }

  private String newCustomerId() {
    var bytes = new byte[CUSTOMER_ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Something does not open, or is not what it should be, and no retry will change it. */
  private static final class Unusable extends Exception {}

  /** Others kept changing the customer. */
  public static final class Contended extends RuntimeException {
    Contended() {
      super("the customer was changed by others, " + ATTEMPTS + " times in a row");
    }
  }
}
