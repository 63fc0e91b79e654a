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
   * The newest notes about a customer, the newest first.
   *
   * @param areMore whether there are older ones, written before there was a limit
   */
  public record Newest(List<KnownNote> notes, boolean areMore) {

    /** Of somebody about whom there is none. */
    public static final Newest NONE = new Newest(List.of(), false);
  }

  /**
   * The newest {@link Notes#MOST} notes about a customer. If one cannot be read, the log names the
   * customer.
   *
   * @throws KnownCustomers.Unreadable if one cannot be read: what is told of the others would pass
   *     for everything
   */
  public Newest of(KnownCustomer customer) throws KnownCustomers.Unreadable {
    var rows = rows(customer);
    var known = new ArrayList<KnownNote>();
    for (var row : rows.subList(0, Math.min(rows.size(), Notes.MOST))) {
      known.add(read(customer, () -> new KnownNote(row, customer.cipher().decrypt(row))));
    }
    return new Newest(List.copyOf(known), rows.size() > Notes.MOST);
  }

  private List<NoteRow> rows(KnownCustomer customer) throws KnownCustomers.Unreadable {
    var rows = new ArrayList<NoteRow>();
    try (Stream<Map<String, AttributeValue>> items = notes.of(customer.customerId())) {
      for (var item : (Iterable<Map<String, AttributeValue>>) items::iterator) {
        rows.add(read(customer, () -> Notes.row(item)));
      }
    }
    rows.sort(Comparator.comparing(NoteRow::createdAt).reversed());
    return rows;
  }

  private interface Reading<T> {
    T run() throws GeneralSecurityException, IOException;
  }

  private static <T> T read(KnownCustomer customer, Reading<T> reading)
      throws KnownCustomers.Unreadable {
    try {
      return reading.run();
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
