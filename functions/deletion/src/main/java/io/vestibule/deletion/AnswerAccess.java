package io.vestibule.deletion;

import io.vestibule.core.AuditAction;
import io.vestibule.core.CopyCipher;
import io.vestibule.core.Deadline;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.KnownCustomers.KnownCustomer;
import io.vestibule.keys.LinkTokens;
import io.vestibule.store.people.DeletionTransactions;
import io.vestibule.store.people.Disclosures;
import io.vestibule.store.rows.ConfirmedRequests;
import io.vestibule.store.rows.ConfirmedSubmissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Gives somebody a copy of everything that is held about them, encrypted so that only the link in
 * their mailbox opens it: once the request is done, not even we can make its token again.
 */
final class AnswerAccess {

  /**
   * Storing takes moments. If a submission is confirmed for longer than this, storage cannot handle
   * it, and an alarm has gone off: the copy lists it among what is not stored.
   */
  private static final Duration STORING = Duration.ofHours(1);

  /** An item of DynamoDB holds 400 KB. */
  private static final int PART_BYTES = 256 * 1024;

  private final KnownCustomers customers;
  private final ConfirmedSubmissions submissions;
  private final CopyOfData copyOfData;
  private final LinkTokens linkTokens;
  private final Disclosures disclosures;
  private final ConfirmedRequests requests;
  private final DeletionTransactions transactions;
  private final Clock clock;
  private final SecureRandom random;

  AnswerAccess(
      KnownCustomers customers,
      ConfirmedSubmissions submissions,
      CopyOfData copyOfData,
      LinkTokens linkTokens,
      Disclosures disclosures,
      ConfirmedRequests requests,
      DeletionTransactions transactions,
      Clock clock,
      SecureRandom random) {
    this.customers = customers;
    this.submissions = submissions;
    this.copyOfData = copyOfData;
    this.linkTokens = linkTokens;
    this.disclosures = disclosures;
    this.requests = requests;
    this.transactions = transactions;
    this.clock = clock;
    this.random = random;
  }

  Outcome answer(Confirmed request, Deadline deadline) throws KnownCustomers.Unreadable {
    // A record that comes twice must not touch the copy, which the person may be reading.
    if (!requests.isUnchanged(request.request().row())) {
      return new Outcome.Superseded();
    }
    return Contended.untilSettled(() -> attempt(request, deadline));
  }

  private Optional<Outcome> attempt(Confirmed request, Deadline deadline)
      throws KnownCustomers.Unreadable {
    var now = clock.instant();
    if (request.pressedAt(now).plus(STORING).isAfter(now)
        && submissions.mayBeStored(request.emailIndex(), deadline)) {
      return Optional.of(new Outcome.Waiting()); // Else the copy would lack what it says.
    }
    // In this order: what is stored meanwhile is in both, and not in neither.
    var waiting = copyOfData.waiting(request);
    var customer = customers.find(request.emailIndex());
    disclosures.put(
        request.request().row().id(),
        encrypted(request, copyOfData.of(request, customer, waiting, now).toJson()),
        now.plus(ConfirmedRequests.COPY_KEPT));
    // Only if the person is still who was copied: else an erasure would have missed the copy.
    return switch (end(request, customer, now)) {
      case DONE -> Optional.of(new Outcome.Disclosed());
      case SUPERSEDED -> Optional.of(new Outcome.Superseded());
      case CONFLICT -> Optional.empty();
    };
  }

  private DeletionTransactions.Result end(
      Confirmed request, Optional<KnownCustomer> customer, Instant now) {
    var end = requests.disclosed(request.request(), now);
    return customer
        .map(it -> transactions.tell(end, request.id(), it.identity(), AuditAction.DISCLOSED, now))
        .orElseGet(() -> transactions.tellUnknown(end, request.emailIndex()));
  }

  private List<byte[]> encrypted(Confirmed request, byte[] copy) {
    var row = request.request().row();
    var cipher = new CopyCipher(linkTokens.of(row), row.id());
    int parts = Math.ceilDiv(copy.length, PART_BYTES);
    var encrypted = new ArrayList<byte[]>();
    for (int part = 0; part < parts; part++) {
      int end = Math.min(copy.length, (part + 1) * PART_BYTES);
      var plaintext = Arrays.copyOfRange(copy, part * PART_BYTES, end);
      encrypted.add(cipher.encrypt(plaintext, part, parts, random));
    }
    return encrypted;
  }
}
