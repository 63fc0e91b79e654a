package io.vestibule.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is held about a customer: what is encrypted with the customer's own key.
 *
 * @param version of this format; 0 in records of its first version, which do not say it
 * @param fields the newest value of each field, by the field's name
 * @param consents every consent ever given, oldest first: its history is its evidence
 * @param tags the marks of the forms that the customer came by
 * @param withdrawals what was said against consents, oldest first; it takes none of them away
 * @param uses when each form was last used: a field that two forms share names the later one only
 * @param hold why the customer may not be erased; for nearly all there is no reason
 * @param bound that the customer's key is bound to the address; absent in records that were written
 *     before there was such a binding
 * @param unknown what a later version has stored
 */
public record CustomerRecord(
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int version,
    SortedMap<String, Value> fields,
    List<Consent> consents,
    SortedSet<String> tags,
    List<Withdrawal> withdrawals,
    SortedMap<String, Instant> uses,
    @Nullable Hold hold,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Bound bound,
    @Unknown Map<String, JsonNode> unknown) {

  /** The version of this format that says {@code bound}. */
  private static final int BOUND_SINCE = 2;

  public CustomerRecord {
    // Absent in records of the time before there were any, which Jackson makes a null.
    withdrawals = withdrawals == null ? List.of() : List.copyOf(withdrawals);
    uses = uses == null ? new TreeMap<>() : uses;
  }

  /**
   * A value and where it comes from.
   *
   * @param source the origin of the page that the form stood on; empty if unknown
   * @param at when it was handed in
   * @param purpose of the consent that it is kept by, and goes with; absent if it needs none
   * @param before what the field had before, oldest first; absent if that was nothing else
   */
  public record Value(
      JsonNode value,
      String form,
      String source,
      Instant at,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String purpose,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Former> before,
      @Unknown Map<String, JsonNode> unknown) {

    public Value {
      before = before == null ? List.of() : List.copyOf(before);
    }

    /** A value that needs no consent, and that nothing went before. */
    public Value(
        JsonNode value, String form, String source, Instant at, Map<String, JsonNode> unknown) {
      this(value, form, source, at, null, List.of(), unknown);
    }
  }

  /**
   * What a field had before a later value came: somebody else may have handed that in, with the
   * person's address, and the person have confirmed it.
   *
   * @param source the origin of the page that the form stood on; empty if unknown
   * @param at when it was handed in
   * @param purpose of the consent that it is kept by, and goes with; absent if it needs none
   */
  public record Former(
      JsonNode value,
      String form,
      String source,
      Instant at,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String purpose,
      @Unknown Map<String, JsonNode> unknown) {}

  /**
   * A consent that was given.
   *
   * @param wording the version of the text that was shown, in the given language
   * @param at when the form was handed in that asked for it: the press that gave it came later, and
   *     a withdrawal in between counts for more
   */
  public record Consent(
      String name,
      String purpose,
      String wording,
      String language,
      String form,
      Instant at,
      @Unknown Map<String, JsonNode> unknown) {}

  /**
   * That consents are withdrawn: those given until then, for a purpose.
   *
   * @param purpose which one; empty for every purpose
   * @param at when it was handed in
   */
  public record Withdrawal(String purpose, Instant at, @Unknown Map<String, JsonNode> unknown) {}

  /**
   * A legal hold: the law, or a claim, demands that the customer is kept.
   *
   * @param ground which; it is told to the customer who asks to be erased
   */
  public record Hold(String ground, Instant at, @Unknown Map<String, JsonNode> unknown) {}

  /**
   * That the row of the customer's key is bound to the address and to this record: from then on a
   * key without a binding does not open it.
   *
   * @param address as it was hashed; absent if it was not at hand when the record was bound
   * @param scheme by which spelling it was hashed: {@link EmailAddress#SCHEME}
   */
  public record Bound(
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String address,
      int scheme,
      @Unknown Map<String, JsonNode> unknown) {

    /** Never the address: it must not get into logs by accident. */
    @Override
    public String toString() {
      return "Bound(not shown)";
    }
  }

  /** The form by which something came, as far as the record tells of it. */
  public interface Origin {

    String name();

    /** What whoever came this way is marked with. */
    List<String> tags();

    /** What a consent is for; empty if the form does not ask for it. */
    Optional<String> purpose(String consent);

    /** The consent without which a field is not kept; empty if it needs none. */
    Optional<String> consentOf(String field);
  }

  /** The empty record of a new customer. */
  public static CustomerRecord empty() {
    return new CustomerRecord(
        0,
        new TreeMap<>(),
        List.of(),
        new TreeSet<>(),
        List.of(),
        new TreeMap<>(),
        null,
        null,
        Map.of());
  }

  /**
   * The record with a submission added. Of each field the value that was handed in last stays,
   * whichever was confirmed last: people confirm in any order. What it replaces is kept with it. A
   * field whose consent was not given is as if it had not been filled in.
   *
   * @param agreed the consents that were given when it was confirmed, by name: not what was ticked
   *     by whoever filled in the form
   */
  public CustomerRecord with(
      Submission submission, Map<String, Choice.Agreed> agreed, Origin form) {
    var at = submission.receivedAt();
    var merged = new TreeMap<>(fields);
    var hanging = HangingFields.of(submission, form);
    for (Map.Entry<String, JsonNode> field : hanging.kept(submission, agreed).properties()) {
      var purpose = hanging.purpose(field.getKey());
      var value =
          new Value(
              field.getValue(), form.name(), submission.source(), at, purpose, List.of(), Map.of());
      merged.merge(field.getKey(), value, FormerValues::merge);
    }
    var given = new ArrayList<>(consents);
    agreed.forEach((name, wording) -> given.add(consent(name, wording, submission, form)));
    var marks = new TreeSet<>(tags);
    marks.addAll(form.tags());
    var used = new TreeMap<>(uses);
    used.merge(form.name(), at, (had, got) -> got.isBefore(had) ? had : got);
    return new CustomerRecord(
            version,
            FormerValues.bounded(merged),
            List.copyOf(given),
            marks,
            withdrawals,
            used,
            hold,
            bound,
            unknown)
        .withoutWithdrawn();
  }

  /** Evidence is kept even if the form has stopped asking meanwhile; its purpose is then empty. */
  private static Consent consent(
      String name, Choice.Agreed wording, Submission submission, Origin form) {
    return new Consent(
        name,
        form.purpose(name).orElse(""),
        wording.version(),
        wording.language(),
        form.name(),
        submission.receivedAt(),
        Map.of());
  }

  /**
   * The record with consents withdrawn. The consents stay in it, as the evidence that they were
   * given; the values that were kept by them go.
   *
   * @param purpose of the consents; empty for all of them
   */
  public CustomerRecord withdraw(String purpose, Instant at) {
    var all = new ArrayList<>(withdrawals);
    all.add(new Withdrawal(purpose, at, Map.of()));
    return withDecisions(all, hold);
  }

  /** The record bound; the address stays known. */
  public CustomerRecord bind() {
    return bound == null ? bind(new Bound(null, EmailAddress.SCHEME, Map.of())) : this;
  }

  /** The record bound to the address that its customer confirmed. */
  public CustomerRecord bind(EmailAddress address) {
    Map<String, JsonNode> kept = bound == null ? Map.of() : bound.unknown();
    return bind(new Bound(address.normalised(), EmailAddress.SCHEME, kept));
  }

  private CustomerRecord bind(Bound to) {
    return new CustomerRecord(
        Math.max(version, BOUND_SINCE),
        fields,
        consents,
        tags,
        withdrawals,
        uses,
        hold,
        to,
        unknown);
  }

  /**
   * The record with what its customer, or the law, decided meanwhile: no withdrawal of either gets
   * lost, and the newer of the two tells of the hold.
   *
   * @param others as they are kept with the customer's key
   * @param areNewer whether they are of a later version than the record
   */
  public CustomerRecord with(Decisions others, boolean areNewer) {
    var all = new ArrayList<>(withdrawals);
    others.withdrawals().stream().filter(it -> !isCovered(it)).forEach(all::add);
    return withDecisions(all, areNewer ? others.hold() : hold);
  }

  private boolean isCovered(Withdrawal withdrawal) {
    return withdrawals.stream()
        .anyMatch(
            it -> it.purpose().equals(withdrawal.purpose()) && !it.at().isBefore(withdrawal.at()));
  }

  /** The value that was handed in last; empty if there is none. */
  public Optional<Value> newest() {
    return fields.values().stream().max(Comparator.comparing(Value::at));
  }

  /** The consent for a purpose that was given last and still stands; empty if none does. */
  public Optional<Consent> standing(String purpose) {
    return consents.stream()
        .filter(it -> it.purpose().equals(purpose) && stands(it))
        .max(Comparator.comparing(Consent::at));
  }

  /** Whether a consent still stands: one that was given again after a withdrawal does. */
  public boolean stands(Consent consent) {
    return !isWithdrawn(consent.purpose(), consent.at());
  }

  /** Whether what was agreed to for a purpose, at a time, was withdrawn since. */
  public boolean isWithdrawn(String purpose, Instant at) {
    return withdrawals.stream()
        .filter(it -> it.purpose().isEmpty() || it.purpose().equals(purpose))
        .anyMatch(it -> !it.at().isBefore(at));
  }

  /** Whether something that was handed in must not be there any more, as its consent is not. */
  boolean isOver(@Nullable String purpose, Instant at) {
    return purpose != null && hold == null && isWithdrawn(purpose, at);
  }

  /**
   * The record without the values whose consent is withdrawn: an older record may still have them.
   * Under a hold they stay until it is lifted, as an erasure would leave them.
   */
  public CustomerRecord withoutWithdrawn() {
    var standing = FormerValues.standing(fields, this);
    return standing.equals(fields)
        ? this
        : new CustomerRecord(
            version, standing, consents, tags, withdrawals, uses, hold, bound, unknown);
  }

  /** The record with a hold, or with none. */
  public CustomerRecord withHold(@Nullable Hold newHold) {
    return withDecisions(withdrawals, newHold);
  }

  private CustomerRecord withDecisions(List<Withdrawal> decided, @Nullable Hold newHold) {
    return new CustomerRecord(
            version, fields, consents, tags, decided, uses, newHold, bound, unknown)
        .withoutWithdrawn();
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
  public static CustomerRecord parse(byte[] json) throws IOException {
    return Json.MAPPER.readValue(json, CustomerRecord.class);
  }
}
