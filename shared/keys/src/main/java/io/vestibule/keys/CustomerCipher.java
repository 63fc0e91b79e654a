package io.vestibule.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import io.vestibule.core.Decisions;
import io.vestibule.core.EntryId;
import io.vestibule.core.EntryRecord;
import io.vestibule.core.Note;
import io.vestibule.core.Timestamp;
import io.vestibule.store.people.Customers.CustomerRow;
import io.vestibule.store.people.Entries.EntryRow;
import io.vestibule.store.people.Identities.Binding;
import io.vestibule.store.people.Notes.NoteRow;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;

/**
 * Encrypts one customer's record, and entries, with the customer's own key.
 *
 * <p>Associated data: {@code customer|<customerId>|<version>|<createdAt>|<verifiedAt>}. A
 * ciphertext that was copied to another row does not decrypt, and neither does one whose row was
 * edited around it.
 */
public final class CustomerCipher {

  private final String customerId;
  private final Aead aead;

  CustomerCipher(String customerId, Aead aead) {
    this.customerId = customerId;
    this.aead = aead;
  }

  /** Encrypts a record as the given version of the customer's row. */
  public CustomerRow encrypt(byte[] record, int version, Instant createdAt, Instant verifiedAt) {
    try {
      var ciphertext = aead.encrypt(record, associatedData(version, createdAt, verifiedAt));
      return new CustomerRow(customerId, version, ciphertext, createdAt, verifiedAt);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("encrypting with a generated key cannot fail", e);
    }
  }

  /**
   * Decrypts a row.
   *
   * @throws GeneralSecurityException if anything of the row is not as it was encrypted
   */
  public byte[] decrypt(CustomerRow row) throws GeneralSecurityException {
    return aead.decrypt(
        row.ciphertext(), associatedData(row.version(), row.createdAt(), row.verifiedAt()));
  }

  /**
   * Encrypts what the customer decided until a version.
   *
   * <p>Associated data: {@code decisions|<customerId>|<version>}.
   */
  byte[] encrypt(Decisions decisions, int version) {
    try {
      return aead.encrypt(decisions.toJson(), associatedData(version));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("encrypting with a generated key cannot fail", e);
    }
  }

  /**
   * Decrypts what the customer decided.
   *
   * @throws GeneralSecurityException if it is not of this customer and version
   */
  Decisions decrypt(Binding binding) throws GeneralSecurityException, IOException {
    return Decisions.parse(aead.decrypt(binding.decisions(), associatedData(binding.version())));
  }

  /**
   * Encrypts an entry.
   *
   * <p>Associated data: {@code entry|<customerId>|<entryId>|<form>|<formVersion>|<receivedAt>}.
   */
  public EntryRow encrypt(
      EntryRecord entry, EntryId id, String form, String formVersion, Instant receivedAt) {
    try {
      var ciphertext =
          aead.encrypt(entry.toJson(), associatedData(id, form, formVersion, receivedAt));
      return new EntryRow(customerId, id, form, formVersion, receivedAt, ciphertext);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("encrypting with a generated key cannot fail", e);
    }
  }

  /**
   * Decrypts an entry.
   *
   * @throws GeneralSecurityException if anything of the row is not as it was encrypted
   * @throws IOException if it is no entry; its message must not be logged
   */
  public EntryRecord decrypt(EntryRow row) throws GeneralSecurityException, IOException {
    var data = associatedData(row.entryId(), row.form(), row.formVersion(), row.receivedAt());
    return EntryRecord.parse(aead.decrypt(row.ciphertext(), data));
  }

  /**
   * Encrypts a note about the customer.
   *
   * <p>Associated data: {@code note|<customerId>|<noteId>|<createdAt>}.
   */
  public NoteRow encrypt(Note note, String noteId, Instant createdAt) {
    try {
      var ciphertext = aead.encrypt(note.toJson(), associatedData(noteId, createdAt));
      return new NoteRow(customerId, noteId, createdAt, ciphertext);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("encrypting with a generated key cannot fail", e);
    }
  }

  /**
   * Decrypts a note.
   *
   * @throws GeneralSecurityException if anything of the row is not as it was encrypted
   * @throws IOException if it is no note; its message must not be logged
   */
  public Note decrypt(NoteRow row) throws GeneralSecurityException, IOException {
    return Note.parse(
        aead.decrypt(row.ciphertext(), associatedData(row.noteId(), row.createdAt())));
  }

  private byte[] associatedData(String noteId, Instant createdAt) {
    return "note|%s|%s|%s".formatted(customerId, noteId, Timestamp.of(createdAt)).getBytes(UTF_8);
  }

  private byte[] associatedData(EntryId id, String form, String formVersion, Instant receivedAt) {
    return "entry|%s|%s|%s|%s|%s"
        .formatted(customerId, id, form, formVersion, Timestamp.of(receivedAt))
        .getBytes(UTF_8);
  }

  private byte[] associatedData(int version) {
    return "decisions|%s|%d".formatted(customerId, version).getBytes(UTF_8);
  }

  private byte[] associatedData(int version, Instant createdAt, Instant verifiedAt) {
    return "customer|%s|%d|%s|%s"
        .formatted(customerId, version, Timestamp.of(createdAt), Timestamp.of(verifiedAt))
        .getBytes(UTF_8);
  }
}
