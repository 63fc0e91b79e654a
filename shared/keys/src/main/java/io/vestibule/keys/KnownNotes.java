package io.vestibule.keys;

import io.vestibule.core.Note;
import io.vestibule.core.OperatorCode;
import io.vestibule.store.Redacted;
import io.vestibule.store.people.Notes;
import io.vestibule.store.people.Notes.NoteRow;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Opens what staff have written down about a customer, with the customer's own key. */
public final class KnownNotes {

  private static final Logger LOG = LoggerFactory.getLogger(KnownNotes.class);

  private final Notes notes;

  public KnownNotes(Notes notes) {
    this.notes = notes;
  }

  /** A note in the clear. */
  public record KnownNote(NoteRow row, Note note) {}

  /**
   * All notes about a customer, the newest first. If one cannot be read, the log names the
   * customer.
   *
   * @throws KnownCustomers.Unreadable if one cannot be read: what is told of the others would pass
   *     for everything
   */
  public List<KnownNote> of(KnownCustomer customer) throws KnownCustomers.Unreadable {
    var known = new ArrayList<KnownNote>();
    try (Stream<Map<String, AttributeValue>> items = notes.of(customer.customerId())) {
      for (var item : (Iterable<Map<String, AttributeValue>>) items::iterator) {
        known.add(open(customer, item));
      }
    }
    known.sort(Comparator.comparing((KnownNote it) -> it.row().createdAt()).reversed());
    return List.copyOf(known);
  }

  private static KnownNote open(KnownCustomer customer, Map<String, AttributeValue> item)
      throws KnownCustomers.Unreadable {
    try {
      var row = Notes.row(item);
      return new KnownNote(row, customer.cipher().decrypt(row));
    } catch (GeneralSecurityException
        | IOException
        | IllegalStateException
        | IllegalArgumentException
        | DateTimeException e) {
      var code = OperatorCode.CUSTOMER_UNREADABLE.entry();
      var why = new Redacted(e);
      LOG.error("A note about customer {} cannot be read", customer.customerId(), code, why);
      throw new KnownCustomers.Unreadable(e);
    }
  }
}
