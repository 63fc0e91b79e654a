package io.vestibule.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a person handed in at one time, as it was confirmed: what is encrypted with the person's own
 * key. Nothing that comes later changes it, except that a withdrawal takes away what hung on the
 * consent. Of what was stored before there were entries, one stands for all.
 *
 * @param fields the form's fields, by name
 * @param consents those that were given when it was confirmed, by name
 * @param hanging the fields that were filled in and hang on a consent: of each what that is for.
 *     One that {@code fields} lacks was not kept: the consent was not given, or is withdrawn.
 *     Absent if there are none
 * @param language of the page, as a BCP 47 tag
 * @param source the origin of the page that the form stood on; empty if unknown
 * @param optsOut whether the browser said that the person's data is not to be sold or shared;
 *     absent if it did not
 * @param flags what people should know about it: that it was {@code older-form}; absent for nearly
 *     all
 * @param synthetic whether it is made of the customer's record, as nothing tells any more what came
 *     when: its fields may be of several forms; absent if it was handed in
 * @param unknown what a later version has stored
 */
public record EntryRecord(
    ObjectNode fields,
    SortedMap<String, Choice.Agreed> consents,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, String> hanging,
    String language,
    String source,
    @JsonProperty("gpc") @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean optsOut,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> flags,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean synthetic,
    @Unknown Map<String, JsonNode> unknown) {

  /** What BCP 47 calls a language that is undetermined. */
  private static final String UNKNOWN_LANGUAGE = "und";

  public EntryRecord {
    // Absent in most entries, which Jackson makes a null.
    hanging = hanging == null ? new TreeMap<>() : hanging;
    // Absent for nearly all, which Jackson makes a null.
    flags = flags == null ? List.of() : List.copyOf(flags);
  }

  /**
   * A submission as it was confirmed.
   *
   * @param agreed the consents that the press gave
   */
  public static EntryRecord of(
      Submission submission, Map<String, Choice.Agreed> agreed, CustomerRecord.Origin form) {
    var hanging = HangingFields.of(submission, form);
    return new EntryRecord(
        hanging.kept(submission, agreed),
        new TreeMap<>(agreed),
        hanging.purposes(),
        submission.language(),
        submission.source(),
        submission.optsOut(),
        List.of(),
        false,
        Map.of());
  }

  /**
   * What is known of a customer, as one entry.
   *
   * @param newest the value that was handed in last
   */
  public static EntryRecord of(CustomerRecord record, CustomerRecord.Value newest) {
    var fields = Json.MAPPER.createObjectNode();
    record.fields().forEach((name, value) -> fields.set(name, value.value()));
    var consents = new TreeMap<String, Choice.Agreed>();
    record.consents().forEach(it -> consents.put(it.name(), agreed(it)));
    var language =
        record.consents().stream()
            .filter(it -> it.at().equals(newest.at()))
            .map(CustomerRecord.Consent::language)
            .findFirst()
            .orElse(UNKNOWN_LANGUAGE);
    return new EntryRecord(
        fields,
        consents,
        new TreeMap<>(),
        language,
        newest.source(),
        false,
        List.of(),
        true,
        Map.of());
  }

  /** The entry, with what people should know about it. */
  public EntryRecord flagged(List<String> what) {
    return new EntryRecord(
        fields, consents, hanging, language, source, optsOut, what, synthetic, unknown);
  }

  /**
   * The entry without what hung on a consent that is withdrawn.
   *
   * @param customer whose entry it is
   * @param at when it was handed in
   */
  public EntryRecord without(CustomerRecord customer, Instant at) {
    var standing = fields.deepCopy();
    hanging.forEach(
        (field, purpose) -> {
          if (customer.isOver(purpose, at)) {
            standing.remove(field);
          }
        });
    return standing.size() == fields.size()
        ? this
        : new EntryRecord(
            standing, consents, hanging, language, source, optsOut, flags, synthetic, unknown);
  }

  private static Choice.Agreed agreed(CustomerRecord.Consent consent) {
    return new Choice.Agreed(consent.wording(), consent.language());
  }

  public byte[] toJson() {
    try {
      return Json.MAPPER.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a record of texts and JSON can always be written", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IOException if it is anything else; its message quotes the text, so it must not be
   *     logged
   */
  public static EntryRecord parse(byte[] json) throws IOException {
    return Json.MAPPER.readValue(json, EntryRecord.class);
  }
}
