package io.vestibule.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of a request, for the person who asked and for whoever wants to check it: signed, and
 * the only thing that is left to show. What a person of the business typed is in it, the ground of
 * a hold: see {@link CopyCipher}.
 *
 * @param type {@link #TYPE}: what the signature was given for
 * @param request the request's id
 * @param erasedAt since when it is erased; absent if it was not
 * @param erased what went, and from where
 * @param passedOn to whom it had been passed on, and what they answered
 * @param remains what is left, and until when
 * @param remainsIn where rows about the person are left besides; absent if nobody was erased, and
 *     of an earlier version, which did not say
 * @param rule under which law it was asked for
 * @param complaints the authority to complain to; absent if the business names none
 * @param signedBy {@link #ERASURES}; absent if an earlier version signed it by the backups' key
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Receipt(
    String type,
    String request,
    @Nullable Integer serial,
    @Nullable String replaces,
    Outcome outcome,
    @Nullable Instant erasedAt,
    Instant issuedAt,
    List<Erased> erased,
    List<Passed> passedOn,
    List<Remnant> remains,
    @Nullable List<Left> remainsIn,
    String rule,
    @Nullable String complaints,
    @Nullable String signedBy) {

  public static final String TYPE = "vestibule-receipt-1";

  /** The key that signs erasures, which no function has that takes backups. */
  public static final String ERASURES = "erasures";

  /** What came of it. */
  public enum Outcome {
    /** The person is erased. */
    ERASED,
    /** There was no customer; submissions that were not stored are erased. */
    NOTHING_HELD,
    /** Nothing was erased: the law demands that it is kept. */
    KEPT,
    /** Consents are withdrawn. */
    WITHDRAWN
  }

  /**
   * Something that was erased.
   *
   * @param where the table that it was in
   * @param count how many there were; absent if there was one, or nobody counted
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Erased(Thing what, String where, Instant at, @Nullable Integer count) {

    public Erased(Thing what, String where, Instant at) {
      this(what, where, at, null);
    }

    /**
     * Parts of what was held, of which there were several: a name of their own would be unknown.
     */
    public static Erased counted(String where, Instant at, int count) {
      return new Erased(Thing.RECORD, where, at, count);
    }
  }

  /** What can be erased. */
  public enum Thing {
    /** Everything that was held about the person. */
    RECORD,
    /** The person's key, and what ties the address to a number. */
    KEY,
    /** What was handed in and not stored. */
    SUBMISSIONS,
    /** Other requests, and the copies that were made for them. */
    COPIES
  }

  /**
   * Something that remains.
   *
   * @param value the number itself, or the ground of a hold
   * @param until when it ends; absent if it does not
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Remnant(Rest what, @Nullable String value, @Nullable Instant until) {}

  /** What can remain. */
  public enum Rest {
    /** The number that the person had: it keeps a restore from bringing anything back. */
    NUMBER,
    /** Copies of the key that the database can still recover. */
    RECOVERABLE_KEY,
    /** Backups, which cannot be read any more, as the key is gone. */
    BACKUPS,
    /** A keyed hash of the address, so that what is confirmed late is not stored. */
    MARKER,
    /**
     * That the mailbox gets no more mail, if a mail to it failed for good or was complained about.
     */
    SUPPRESSION,
    /**
     * Records that no retry could handle, if there were any: they are kept, sealed, for the people
     * who repair the fault.
     */
    UNHANDLED,
    /** Everything: there is a reason to keep it. */
    HOLD,
    /** The proof that a consent was once given. */
    EVIDENCE
  }

  /**
   * Rows that are left in one place. It is no {@link Remnant}: the version before reads no receipt
   * with one that it does not know.
   *
   * @param where a table, or {@code streams}
   * @param endsAt when the last of them goes; absent if they stay, or nobody can tell
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Left(String where, @Nullable Instant endsAt) {}

  /** Its number; one of an earlier version is the only one. */
  public int number() {
    return serial == null ? 1 : serial;
  }

  /** Whether somebody to whom something was passed on has still to answer. */
  public boolean awaitsAnswers() {
    return passedOn.stream().anyMatch(Passed::awaitsAnswer);
  }

  /** What it says of somebody who has answered: no later receipt takes that back. */
  public Optional<Passed> answered(Passed other) {
    return passedOn.stream()
        .filter(it -> it.recipient().equals(other.recipient()) && it.answer() != null)
        .findFirst();
  }

  /**
   * The next receipt of the request.
   *
   * @param before this one, as it was signed
   * @param answers to whom it was passed on, and what they have answered by now
   * @param remainsIn where rows are left by now; absent if this one does not say
   */
  public Receipt renewed(
      byte[] before, List<Passed> answers, @Nullable List<Left> remainsIn, Instant now) {
    var hash = HexFormat.of().formatHex(Sha256.of(before));
    return new Receipt(
        type,
        request,
        number() + 1,
        hash,
        outcome,
        erasedAt,
        now,
        erased,
        answers,
        remains,
        remainsIn,
        rule,
        complaints,
        signedBy);
  }

  /** The bytes that are signed, and given away. */
  public byte[] toJson() {
    try {
      return Json.MAPPER.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a receipt is texts and times", e);
    }
  }

  /** Reads what {@link #toJson} wrote; empty if it is anything else. */
  public static Optional<Receipt> parse(byte[] json) {
    try {
      return Optional.of(Json.MAPPER.readValue(json, Receipt.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
