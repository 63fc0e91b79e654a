package io.vestibule.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.CustomerRecord.Hold;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is held about somebody, as they get it (GDPR, articles 15 and 20).
 *
 * @param type {@link #TYPE}
 * @param request the id of the request that it answers
 * @param since when the first thing was stored; absent if there is no customer
 * @param confirmedAt when the address was last confirmed
 * @param address by which the customer is found; absent if the record was written before it said so
 * @param values what was handed in, each value as it was
 * @param consents every consent that was given
 * @param withdrawals what was said against them
 * @param tags what the customer is marked with
 * @param uses when each form was last used
 * @param entries what was handed in, each time by itself, the newest first; absent if there is
 *     nothing
 * @param moreEntries whether there is more of that than fits; absent if not
 * @param waiting what was entered with this address, and is not stored
 * @param moreWaiting whether there is more of that than is told
 * @param recipients to whom something of it was passed on, by name: what the version before reads
 * @param passedOn the same, with what, and since when; absent if there is nobody
 * @param history what was done with it, and when
 * @param looks who of the business's people looked at it, the newest first; absent if nobody did
 * @param moreLooks whether there were more of them than is told; absent if not
 * @param notes what the business's people have written down, the newest first; absent if nothing
 * @param moreNotes whether there are more of them than is told; absent if not
 * @param hold why it may not be erased; absent if it may
 * @param unknown what a later version has stored of the customer, as it is: this version has no
 *     words for it, but it is held. Absent if there is nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DataCopy(
    String type,
    String request,
    Instant madeAt,
    @Nullable Instant since,
    @Nullable Instant confirmedAt,
    @Nullable String address,
    List<Value> values,
    List<Consent> consents,
    List<CustomerRecord.Withdrawal> withdrawals,
    List<String> tags,
    Map<String, Instant> uses,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Entry> entries,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean moreEntries,
    List<Waiting> waiting,
    boolean moreWaiting,
    List<String> recipients,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Passed> passedOn,
    List<Deed> history,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Look> looks,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean moreLooks,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Note> notes,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean moreNotes,
    @Nullable Hold hold,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, JsonNode> unknown) {

  public static final String TYPE = "vestibule-copy-1";

  public DataCopy {
    // Absent if there are none, which Jackson makes a null.
    uses = uses == null ? Map.of() : uses;
    entries = entries == null ? List.of() : List.copyOf(entries);
    passedOn = passedOn == null ? List.of() : List.copyOf(passedOn);
    looks = looks == null ? List.of() : List.copyOf(looks);
    notes = notes == null ? List.of() : List.copyOf(notes);
    unknown = unknown == null ? Map.of() : unknown;
  }

  /**
   * A value.
   *
   * @param field the field's name
   * @param source the origin of the page that the form stood on; empty if unknown
   * @param purpose of the consent that it is kept by, and goes with; absent if it needs none
   * @param before what the field had before, oldest first; absent if that was nothing else
   * @param unknown what a later version has stored of it
   */
  public record Value(
      String field,
      JsonNode value,
      String form,
      String source,
      Instant at,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String purpose,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<CustomerRecord.Former> before,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, JsonNode> unknown) {

    public Value {
      before = before == null ? List.of() : List.copyOf(before);
      unknown = unknown == null ? Map.of() : unknown;
    }
  }

  /**
   * What was handed in at one time.
   *
   * @param number what the person was told to call it by
   * @param source the origin of the page that the form stood on; empty if unknown
   * @param fields the form's fields, by name
   * @param consents those that were given with it, by name
   * @param hanging the fields that hang on a consent, and what that is for: one that {@code fields}
   *     lacks was not kept, as the consent was not given, or is withdrawn; absent if there are none
   * @param optsOut whether the browser said that the person's data is not to be sold or shared;
   *     absent if it did not
   * @param flags what people should know about it: that it was {@code older-form}, checked by rules
   *     that were not known where it was stored; absent for nearly all
   * @param tags ids of what the business's people have marked it with; absent if that is nothing
   * @param synthetic whether it is everything that was stored before entries were kept, as one;
   *     absent if it was handed in so
   * @param unknown what a later version has stored of it
   */
  public record Entry(
      String number,
      String form,
      Instant at,
      String source,
      String language,
      ObjectNode fields,
      Map<String, Choice.Agreed> consents,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> hanging,
      @JsonProperty("gpc") @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean optsOut,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> flags,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> tags,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean synthetic,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, JsonNode> unknown) {

    public Entry {
      hanging = hanging == null ? Map.of() : hanging;
      flags = flags == null ? List.of() : List.copyOf(flags);
      tags = tags == null ? List.of() : List.copyOf(tags);
      unknown = unknown == null ? Map.of() : unknown;
    }
  }

  /**
   * A consent.
   *
   * @param text what was shown and agreed to
   * @param stands whether it has not been withdrawn since
   * @param unknown what a later version has stored of it
   */
  public record Consent(
      String name,
      String purpose,
      String wording,
      String text,
      String language,
      String form,
      Instant at,
      boolean stands,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, JsonNode> unknown) {

    public Consent {
      unknown = unknown == null ? Map.of() : unknown;
    }
  }

  /**
   * Something that was entered with this address. Its content is not in the copy. Nobody has
   * confirmed that the address's owner entered it; a person who mistyped their own address wrote to
   * us, and not to that owner.
   */
  public record Waiting(String id, Instant at) {}

  /** Something that was done with the data. */
  public record Deed(Instant at, String by, AuditAction what) {}

  /**
   * That one of the business's people looked at the data.
   *
   * @param role in which they did
   * @param reason from the business's list of reasons; {@code work} if it was their work
   * @param who their name; absent unless the business tells it
   */
  public record Look(
      Instant at,
      String role,
      String reason,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String who) {}

  /**
   * What one of the business's people has written down.
   *
   * @param kind {@code note} or {@code phone}: they were reached by phone
   * @param on the day on which they were; absent if the note tells of no such thing
   * @param role in which it was written
   * @param who their name; absent unless the business tells it
   * @param unknown what a later version has stored of it
   */
  public record Note(
      Instant at,
      String kind,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LocalDate on,
      String text,
      String role,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String who,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, JsonNode> unknown) {

    public Note {
      unknown = unknown == null ? Map.of() : unknown;
    }
  }

  public byte[] toJson() {
    try {
      return Json.MAPPER.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a copy of texts and JSON can always be written", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IOException if it is anything else; its message quotes the text
   */
  public static DataCopy parse(byte[] json) throws IOException {
    return Json.MAPPER.readValue(json, DataCopy.class);
  }
}
