package io.vestibule.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vestibule.core.CustomerRecord.Consent;
import io.vestibule.core.CustomerRecord.Hold;
import io.vestibule.core.CustomerRecord.Value;
import io.vestibule.core.CustomerRecord.Withdrawal;
import io.vestibule.core.forms.Forms;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What is stored is read by every later version, and, after a roll-back, by an earlier one.
 *
 * @see Golden
 */
class StoredFormatsTest {

  private static final Instant MONDAY = Instant.parse("2026-11-16T09:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-17T09:00:00Z");
  private static final Instant WEDNESDAY = Instant.parse("2026-11-18T09:00:00Z");
  private static final String REQUEST = "rAAAAAAAAAAAAAAAAAAAAAA";
  private static final Hold HOLD = new Hold("§ 147 AO", TUESDAY, Map.of());

  private static final CustomerRecord RECORD =
      new CustomerRecord(
          0,
          new TreeMap<>(
              Map.of(
                  "email",
                  new Value(new TextNode("ada@example.net"), "contact", "", MONDAY, Map.of()),
                  "name",
                  new Value(
                      new TextNode("Ada, 门厅 👋"),
                      "contact",
                      "https://www.example.com",
                      MONDAY.plusMillis(123),
                      Map.of()),
                  "seats",
                  new Value(new IntNode(3), "event", "", TUESDAY, Map.of()))),
          List.of(new Consent("newsletter", "marketing", "v1", "en", "contact", MONDAY, Map.of())),
          new TreeSet<>(List.of("event", "lead")),
          List.of(new Withdrawal("", TUESDAY, Map.of())),
          new TreeMap<>(Map.of("contact", MONDAY, "event", TUESDAY)),
          HOLD,
          null,
          Map.of());

  private static final Passed PASSED =
      new Passed("crm", "DE", List.of("name"), MONDAY, TUESDAY, "told", WEDNESDAY, null);

  private static final DataCopy COPY =
      new DataCopy(
          DataCopy.TYPE,
          REQUEST,
          WEDNESDAY,
          Instant.parse("2026-11-16T09:05:00Z"),
          Instant.parse("2026-11-17T09:05:00Z"),
          null,
          List.of(
              new DataCopy.Value(
                  "name",
                  new TextNode("Ada"),
                  "contact",
                  "https://www.example.com",
                  MONDAY,
                  null,
                  List.of(),
                  Map.of())),
          List.of(
              new DataCopy.Consent(
                  "newsletter",
                  "marketing",
                  "v1",
                  "Yes, send me the newsletter",
                  "en",
                  "contact",
                  MONDAY,
                  false,
                  Map.of())),
          List.of(new Withdrawal("marketing", TUESDAY, Map.of())),
          List.of("lead"),
          Map.of("contact", MONDAY),
          List.of(),
          false,
          List.of(
              new DataCopy.Waiting(
                  "sAAAAAAAAAAAAAAAAAAAAAA", Instant.parse("2026-11-18T08:00:00Z"))),
          false,
          List.of("A partner"),
          List.of(),
          List.of(
              new DataCopy.Deed(
                  Instant.parse("2026-11-16T09:05:00Z"), "StoreFunction", AuditAction.CREATED)),
          List.of(),
          false,
          List.of(),
          false,
          HOLD,
          Map.of());

  private static final Receipt RECEIPT = numbered(null);

  private static Receipt numbered(@Nullable Integer serial) {
    return new Receipt(
        Receipt.TYPE,
        REQUEST,
        serial,
        null,
        Receipt.Outcome.ERASED,
        WEDNESDAY,
        Instant.parse("2026-11-18T09:01:01Z"),
        List.of(new Receipt.Erased(Receipt.Thing.RECORD, "customers", WEDNESDAY)),
        List.of(new Passed("A partner", null, List.of(), null, null, null, null, null)),
        List.of(
            new Receipt.Remnant(Receipt.Rest.NUMBER, "c1", null),
            new Receipt.Remnant(Receipt.Rest.BACKUPS, null, Instant.parse("2026-12-23T09:00:00Z"))),
        null,
        "GDPR",
        "BlnBDI",
        null);
  }

  private static final Submission SUBMISSION =
      new Submission(
          Json.MAPPER.createObjectNode().put("name", "Ada, 门厅 👋").put("seats", 3),
          Map.of("newsletter", "v1"),
          "zh-Hans",
          "https://www.example.com",
          Instant.parse("2026-11-21T20:14:00.123Z"));

  private static final Submission OPTED_OUT =
      new Submission(
          SUBMISSION.fields(),
          SUBMISSION.consents(),
          SUBMISSION.language(),
          SUBMISSION.source(),
          SUBMISSION.receivedAt(),
          true,
          Optional.empty());

  private static final Notice NOTICE =
      new Notice(
          "ada@example.net",
          "zh-Hans",
          Notice.Deed.ERASED,
          WEDNESDAY,
          Instant.parse("2026-12-18T09:00:00Z"),
          "A".repeat(43));

  @Test
  void whatTheLastMailNeedsIsReadAndWrittenAsEver() throws IOException {
    assertThat(Notice.parse(Golden.bytes("notice-1.json"))).hasValue(NOTICE);
    assertThat(NOTICE.toJson()).asString(UTF_8).isEqualTo(Golden.text("notice-1.json"));
    assertThat(Notice.parse(Golden.bytes("notice-next.json"))).hasValue(NOTICE);
  }

  @Test
  void aCustomersRecordIsReadAndWrittenAsEver() throws IOException {
    assertThat(CustomerRecord.parse(Golden.bytes("customer-record-1.json"))).isEqualTo(RECORD);
    assertThat(RECORD.toJson()).asString(UTF_8).isEqualTo(Golden.text("customer-record-1.json"));
  }

  /** Version 1 too: whoever does not know the member keeps it, as long as the value stays. */
  @Test
  void aRecordWithFormerValuesIsReadAndWrittenAsEver() throws IOException {
    var name = requireNonNull(RECORD.fields().get("name"));
    var former =
        new CustomerRecord.Former(
            new TextNode("A."), "contact", "", MONDAY.minusSeconds(60), null, Map.of());
    var fields = new TreeMap<>(RECORD.fields());
    fields.put(
        "name",
        new Value(
            name.value(), name.form(), name.source(), name.at(), null, List.of(former), Map.of()));
    var record =
        new CustomerRecord(
            RECORD.version(),
            fields,
            RECORD.consents(),
            RECORD.tags(),
            RECORD.withdrawals(),
            RECORD.uses(),
            HOLD,
            RECORD.bound(),
            Map.of());

    assertThat(CustomerRecord.parse(Golden.bytes("customer-record-1-before.json")))
        .isEqualTo(record);
    assertThat(record.toJson())
        .asString(UTF_8)
        .isEqualTo(Golden.text("customer-record-1-before.json"));
  }

  @Test
  void aBoundRecordIsReadAndWrittenAsEver() throws IOException {
    var bound = RECORD.bind(EmailAddress.parse("Ada@Example.net").orElseThrow());

    assertThat(CustomerRecord.parse(Golden.bytes("customer-record-2.json"))).isEqualTo(bound);
    assertThat(bound.toJson()).asString(UTF_8).isEqualTo(Golden.text("customer-record-2.json"));
  }

  /** Version 1 too: whoever does not know the member keeps it, as long as the value stays. */
  @Test
  void aValueThatIsKeptByAConsentIsReadAndWrittenAsEver() throws IOException {
    var record = CustomerRecord.parse(Golden.bytes("customer-record-1-purpose.json"));

    var diet = requireNonNull(record.fields().get("diet"));
    assertThat(diet.purpose()).isEqualTo("catering");
    assertThat(diet.before())
        .extracting(CustomerRecord.Former::purpose)
        .containsExactly("catering", null);
    assertThat(record.toJson())
        .asString(UTF_8)
        .isEqualTo(Golden.text("customer-record-1-purpose.json"));
  }

  @Test
  void anEntryWithWhatHangsOnAConsentIsReadAndWrittenAsEver() throws IOException {
    var entry = EntryRecord.parse(Golden.bytes("entry-record-1-hanging.json"));

    assertThat(entry.hanging()).isEqualTo(Map.of("diet", "catering", "faith", "seating"));
    assertThat(entry.fields().has("faith")).isFalse();
    assertThat(entry.toJson())
        .asString(UTF_8)
        .isEqualTo(Golden.text("entry-record-1-hanging.json"));
  }

  @Test
  void aCardIsReadAndWrittenAsEver() throws IOException {
    var fields = Json.MAPPER.createObjectNode().put("name", "Ada").put("email", "ada@example.com");
    var card = new LookupCard("A".repeat(16), fields, List.of("A".repeat(22)), Map.of());

    assertThat(LookupCard.parse(Golden.bytes("lookup-card-1.json"))).isEqualTo(card);
    assertThat(card.toJson()).asString(UTF_8).isEqualTo(Golden.text("lookup-card-1.json"));
    var next = LookupCard.parse(Golden.bytes("lookup-card-next.json"));
    assertThat(next.fields()).isEqualTo(fields);
    assertThat(next.toJson()).asString(UTF_8).isEqualTo(Golden.text("lookup-card-next.json"));
  }

  @Test
  void anEntryIsReadAndWrittenAsEver() throws IOException {
    var entry =
        EntryRecord.of(
            SUBMISSION,
            Map.of("newsletter", new Choice.Agreed("v1", "zh-Hans")),
            new Forms().find("contact").orElseThrow());

    assertThat(EntryRecord.parse(Golden.bytes("entry-record-1.json"))).isEqualTo(entry);
    assertThat(entry.toJson()).asString(UTF_8).isEqualTo(Golden.text("entry-record-1.json"));
  }

  @Test
  void anEntryOfWhoOptedOutIsReadAndWrittenAsEver() throws IOException {
    var entry = EntryRecord.of(OPTED_OUT, Map.of(), new Forms().find("contact").orElseThrow());

    assertThat(EntryRecord.parse(Golden.bytes("entry-record-1-gpc.json"))).isEqualTo(entry);
    assertThat(entry.toJson()).asString(UTF_8).isEqualTo(Golden.text("entry-record-1-gpc.json"));
  }

  /** The version before keeps the member, as it keeps all that it does not know. */
  @Test
  void anEntryThatPeopleShouldKnowMoreOfIsReadAndWrittenAsEver() throws IOException {
    var entry =
        EntryRecord.of(SUBMISSION, Map.of(), new Forms().find("contact").orElseThrow())
            .flagged(List.of("older-form"));

    assertThat(EntryRecord.parse(Golden.bytes("entry-record-1-flags.json"))).isEqualTo(entry);
    assertThat(entry.toJson()).asString(UTF_8).isEqualTo(Golden.text("entry-record-1-flags.json"));
  }

  @Test
  void anEntryOfWhatWasStoredBeforeIsReadAndWrittenAsEver() throws IOException {
    var entry = EntryRecord.of(RECORD, RECORD.newest().orElseThrow());

    assertThat(EntryRecord.parse(Golden.bytes("entry-record-1-synthetic.json"))).isEqualTo(entry);
    assertThat(entry.toJson())
        .asString(UTF_8)
        .isEqualTo(Golden.text("entry-record-1-synthetic.json"));
  }

  @Test
  void anEntryOfTheNextVersionIsReadWithEverythingInIt() throws IOException {
    var next = Golden.bytes("entry-record-next.json");

    var again = EntryRecord.parse(next).toJson();

    assertThat(Json.MAPPER.readTree(again)).isEqualTo(Json.MAPPER.readTree(next));
  }

  @Test
  void decisionsAreReadAndWrittenAsEver() throws IOException {
    var decisions = Decisions.none().next(RECORD);

    assertThat(Decisions.parse(Golden.bytes("decisions-1.json"))).isEqualTo(decisions);
    assertThat(decisions.toJson()).asString(UTF_8).isEqualTo(Golden.text("decisions-1.json"));
  }

  /** A record of the same version has its decisions: what neither knows is in both, and stays. */
  @Test
  void decisionsOfTheNextVersionAreStoredAgainAsTheyWere() throws IOException {
    var next = Golden.bytes("decisions-next.json");
    var record = CustomerRecord.parse(Golden.bytes("customer-record-next.json"));

    var again = Decisions.parse(next).next(record).toJson();

    assertThat(Json.MAPPER.readTree(again)).isEqualTo(Json.MAPPER.readTree(next));
  }

  @Test
  void aCopyIsReadAndWrittenAsEver() throws IOException {
    assertThat(DataCopy.parse(Golden.bytes("data-copy-1.json"))).isEqualTo(COPY);
    assertThat(COPY.toJson()).asString(UTF_8).isEqualTo(Golden.text("data-copy-1.json"));
  }

  private static DataCopy.Entry entry(List<String> flags) {
    return entry(flags, List.of());
  }

  private static DataCopy.Entry entry(List<String> flags, List<String> tags) {
    return new DataCopy.Entry(
        "V-XCW51Z",
        "contact",
        MONDAY,
        "https://www.example.com",
        "en",
        Json.MAPPER.createObjectNode().put("message", "Hello"),
        Map.of("newsletter", new Choice.Agreed("v1", "en")),
        Map.of(),
        false,
        flags,
        tags,
        false,
        Map.of());
  }

  @Test
  void aCopyThatTellsWhatAnEntryIsMarkedWithIsReadAndWrittenAsEver() throws IOException {
    var copy = copy(List.of(entry(List.of(), List.of("offer", "urgent"))), List.of(), List.of());

    assertThat(DataCopy.parse(Golden.bytes("data-copy-1-tags.json"))).isEqualTo(copy);
    assertThat(copy.toJson()).asString(UTF_8).isEqualTo(Golden.text("data-copy-1-tags.json"));
  }

  @Test
  void aCopyThatTellsMoreOfAnEntryIsReadAndWrittenAsEver() throws IOException {
    var copy = copy(List.of(entry(List.of("older-form"))), List.of(), List.of());

    assertThat(DataCopy.parse(Golden.bytes("data-copy-1-flags.json"))).isEqualTo(copy);
    assertThat(copy.toJson()).asString(UTF_8).isEqualTo(Golden.text("data-copy-1-flags.json"));
  }

  @Test
  void aCopyWithEntriesIsReadAndWrittenAsEver() throws IOException {
    var copy = copy(List.of(entry(List.of())), List.of(), List.of());

    assertThat(DataCopy.parse(Golden.bytes("data-copy-1-entries.json"))).isEqualTo(copy);
    assertThat(copy.toJson()).asString(UTF_8).isEqualTo(Golden.text("data-copy-1-entries.json"));
  }

  @Test
  void aCopyThatSaysToWhomItWasPassedOnIsReadAndWrittenAsEver() throws IOException {
    var copy = copy(List.of(), List.of(PASSED), List.of());

    assertThat(DataCopy.parse(Golden.bytes("data-copy-1-passed.json"))).isEqualTo(copy);
    assertThat(copy.toJson()).asString(UTF_8).isEqualTo(Golden.text("data-copy-1-passed.json"));
  }

  private static final DataCopy.Note NOTED =
      new DataCopy.Note(
          TUESDAY, "phone", LocalDate.of(2026, 11, 16), "Rang back", "agent", null, Map.of());

  private static final Note NOTE =
      new Note(
          Note.PHONE,
          LocalDate.of(2026, 11, 16),
          "Rang back",
          "agent",
          "local-agent",
          null,
          Map.of());

  @Test
  void aNoteIsReadAndWrittenAsEver() throws IOException {
    assertThat(Note.parse(Golden.bytes("note-1.json"))).isEqualTo(NOTE);
    assertThat(NOTE.toJson()).asString(UTF_8).isEqualTo(Golden.text("note-1.json"));
  }

  @Test
  void aNoteOfTheNextVersionIsReadAsFarAsItIsKnown() throws IOException {
    var next = Note.parse(Golden.bytes("note-next.json"));

    assertThat(next.kind()).isEqualTo("letter");
    assertThat(next.text()).isEqualTo("Wrote back");
    assertThat(next.unknown()).containsOnlyKeys("pages");
  }

  @Test
  void aCopyThatSaysWhoLookedIsReadAndWrittenAsEver() throws IOException {
    var looks =
        List.of(
            new DataCopy.Look(TUESDAY, "privacy", "complaint", "Grace"),
            new DataCopy.Look(MONDAY, "agent", "work", null));
    var copy = copy(List.of(), List.of(), looks);

    assertThat(DataCopy.parse(Golden.bytes("data-copy-1-looks.json"))).isEqualTo(copy);
    assertThat(copy.toJson()).asString(UTF_8).isEqualTo(Golden.text("data-copy-1-looks.json"));
  }

  @Test
  void aCopyThatLacksOlderNotesIsReadAndWrittenAsEver() throws IOException {
    var looks = List.of(new DataCopy.Look(MONDAY, "agent", "work", null));
    var copy = copy(List.of(), List.of(), looks, true);

    assertThat(DataCopy.parse(Golden.bytes("data-copy-1-notes.json"))).isEqualTo(copy);
    assertThat(copy.toJson()).asString(UTF_8).isEqualTo(Golden.text("data-copy-1-notes.json"));
  }

  private static DataCopy copy(
      List<DataCopy.Entry> entries, List<Passed> passedOn, List<DataCopy.Look> looks) {
    return copy(entries, passedOn, looks, false);
  }

  private static DataCopy copy(
      List<DataCopy.Entry> entries,
      List<Passed> passedOn,
      List<DataCopy.Look> looks,
      boolean areMoreNotes) {
    return new DataCopy(
        DataCopy.TYPE,
        REQUEST,
        WEDNESDAY,
        MONDAY,
        MONDAY,
        null,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        entries,
        !entries.isEmpty(),
        List.of(),
        false,
        passedOn.stream().map(Passed::recipient).toList(),
        passedOn,
        List.of(),
        looks,
        !looks.isEmpty(),
        looks.isEmpty() ? List.of() : List.of(NOTED),
        areMoreNotes,
        null,
        Map.of());
  }

  @Test
  void aReceiptThatCountsIsReadAndWrittenAsEver() throws IOException {
    var receipt = receipt(List.of());

    assertThat(Receipt.parse(Golden.bytes("receipt-1-count.json"))).hasValue(receipt);
    assertThat(receipt.toJson()).asString(UTF_8).isEqualTo(Golden.text("receipt-1-count.json"));
  }

  @Test
  void aReceiptThatSaysToWhomItWasPassedOnIsReadAndWrittenAsEver() throws IOException {
    var receipt = receipt(List.of(PASSED));

    assertThat(Receipt.parse(Golden.bytes("receipt-1-passed.json"))).hasValue(receipt);
    assertThat(receipt.toJson()).asString(UTF_8).isEqualTo(Golden.text("receipt-1-passed.json"));
  }

  @Test
  void aReceiptThatTakesThePlaceOfAnotherIsReadAndWrittenAsEver() throws IOException {
    var asked =
        new Passed("crm", "DE", List.of("name"), MONDAY, TUESDAY, null, null, null).awaited();
    var receipt =
        numbered(1).renewed(Golden.bytes("receipt-1.json"), List.of(asked), null, WEDNESDAY);

    assertThat(Receipt.parse(Golden.bytes("receipt-1-serial.json"))).hasValue(receipt);
    assertThat(receipt.toJson()).asString(UTF_8).isEqualTo(Golden.text("receipt-1-serial.json"));
  }

  @Test
  void whereAReceiptSaysThatRowsAreLeftIsReadAndWrittenAsEver() throws IOException {
    var before = receipt(List.of());
    var receipt =
        new Receipt(
            before.type(),
            before.request(),
            before.serial(),
            before.replaces(),
            before.outcome(),
            before.erasedAt(),
            before.issuedAt(),
            before.erased(),
            before.passedOn(),
            before.remains(),
            List.of(new Receipt.Left("audit", null), new Receipt.Left("notes", WEDNESDAY)),
            before.rule(),
            before.complaints(),
            before.signedBy());

    assertThat(Receipt.parse(Golden.bytes("receipt-1-left.json"))).hasValue(receipt);
    assertThat(receipt.toJson()).asString(UTF_8).isEqualTo(Golden.text("receipt-1-left.json"));
  }

  @Test
  void whatAReceiptAwaitsIsReadAndWrittenAsEver() throws IOException {
    var awaited = Awaited.parse(Golden.bytes("awaited-1.json")).orElseThrow();

    assertThat(awaited.customerId()).isEqualTo("c1");
    assertThat(awaited.withdrawal()).isEqualTo(new Awaited.Withdrawal(MONDAY, Set.of("news")));
    assertThat(awaited.answers()).isEqualTo("2");
    assertThat(awaited.receipt()).asString(UTF_8).isEqualTo("{}");
    assertThat(awaited.toJson()).asString(UTF_8).isEqualTo(Golden.text("awaited-1.json"));
    assertThat(Awaited.parse(Golden.bytes("awaited-next.json")).orElseThrow().toJson())
        .isEqualTo(awaited.toJson());
  }

  private static Receipt receipt(List<Passed> passedOn) {
    return new Receipt(
        Receipt.TYPE,
        REQUEST,
        null,
        null,
        Receipt.Outcome.ERASED,
        WEDNESDAY,
        WEDNESDAY,
        List.of(Receipt.Erased.counted("entries", WEDNESDAY, 2)),
        passedOn,
        List.of(),
        null,
        "GDPR",
        null,
        Receipt.ERASURES);
  }

  @Test
  void aReceiptIsReadAndWrittenAsEver() throws IOException {
    assertThat(Receipt.parse(Golden.bytes("receipt-1.json"))).hasValue(RECEIPT);
    // The first version would have written a name where today an object says more.
    assertThat(RECEIPT.toJson())
        .asString(UTF_8)
        .isEqualTo(
            Golden.text("receipt-1.json")
                .replace("[\"A partner\"]", "[{\"recipient\":\"A partner\"}]"));
  }

  @Test
  void aSubmissionIsReadAndWrittenAsEver() throws Exception {
    assertThat(Submission.parse(Golden.bytes("submission-1.json"))).isEqualTo(SUBMISSION);
    assertThat(SUBMISSION.toJson()).asString(UTF_8).isEqualTo(Golden.text("submission-1.json"));
  }

  /** The version before reads it too, as it looks for the members that it knows. */
  @Test
  void aSubmissionOfWhoOptedOutIsReadAndWrittenAsEver() throws Exception {
    assertThat(Submission.parse(Golden.bytes("submission-1-gpc.json"))).isEqualTo(OPTED_OUT);
    assertThat(OPTED_OUT.toJson()).asString(UTF_8).isEqualTo(Golden.text("submission-1-gpc.json"));
  }

  /** The version before reads it too, and judges it by its form as it is there. */
  @Test
  void aSubmissionThatNamesTheRulesThatItWasCheckedByIsReadAndWrittenAsEver() throws Exception {
    var checked = SUBMISSION.by(new FormVersion("zuq_Q5ahm6Yph_qk", "email"));

    assertThat(Submission.parse(Golden.bytes("submission-1-form.json"))).isEqualTo(checked);
    assertThat(checked.toJson()).asString(UTF_8).isEqualTo(Golden.text("submission-1-form.json"));
  }

  /** The version before reads it too, and passes the member over. */
  @Test
  void aSubmissionOfWhichFieldsHangOnConsentsIsReadAndWrittenAsEver() throws Exception {
    var hanging = new TreeMap<>(Map.of("name", "catering", "seats", "events"));
    var checked = SUBMISSION.by(new FormVersion("zuq_Q5ahm6Yph_qk", "email", hanging));

    assertThat(Submission.parse(Golden.bytes("submission-1-hanging.json"))).isEqualTo(checked);
    assertThat(checked.toJson())
        .asString(UTF_8)
        .isEqualTo(Golden.text("submission-1-hanging.json"));
  }

  /** The version before reads it too, and passes the member over. */
  @Test
  void aRequestThatStaffHaveEnteredIsReadAndWrittenAsEver() throws Exception {
    var entered = SUBMISSION.cameBy(Behalf.Channel.IN_PERSON);

    assertThat(Submission.parse(Golden.bytes("submission-1-channel.json"))).isEqualTo(entered);
    assertThat(entered.toJson())
        .asString(UTF_8)
        .isEqualTo(Golden.text("submission-1-channel.json"));
  }

  /** The second of two parts, encrypted with a nonce that is 12 times 7. */
  @Test
  void aPartOfACopyIsDecryptedAndEncryptedAsEver() throws Exception {
    var secret = new byte[32];
    Arrays.fill(secret, (byte) 1);
    var cipher = new CopyCipher(LinkToken.of(secret), new RowId(REQUEST));
    var part = Golden.bytes("copy-part-1.bin");

    assertThat(cipher.decrypt(part, 1, 2)).asString(UTF_8).isEqualTo("What is held");
    assertThat(cipher.encrypt("What is held".getBytes(UTF_8), 1, 2, sevens())).isEqualTo(part);
  }

  private static SecureRandom sevens() {
    return new SecureRandom() {
      @Override
      public void nextBytes(byte[] bytes) {
        Arrays.fill(bytes, (byte) 7);
      }
    };
  }

  @Test
  void aRecordOfTheNextVersionIsStoredAgainAsItWas() throws IOException {
    var next = Golden.bytes("customer-record-next.json");

    var again = CustomerRecord.parse(next).toJson();

    assertThat(Json.MAPPER.readTree(again)).isEqualTo(Json.MAPPER.readTree(next));
    assertThat(CustomerRecord.parse(again).toJson()).as("in one order").isEqualTo(again);
  }

  @Test
  void whatIsHandedInAfterARollBackTakesNothingAway() throws IOException {
    var next = Golden.json("customer-record-next.json");
    var contact = new Forms().find("contact").orElseThrow();
    var fields = Json.MAPPER.createObjectNode().put("name", "older").put("company", "new");
    var older =
        new Submission(fields, Map.of("newsletter", "v1"), "en", "", MONDAY.minusSeconds(1));

    var record =
        CustomerRecord.parse(Golden.bytes("customer-record-next.json"))
            .with(older, Map.of("newsletter", new Choice.Agreed("v1", "en")), contact)
            .withdraw("marketing", WEDNESDAY);

    assertThat(record.fields()).containsKey("company");
    assertThat(record.consents()).hasSize(2);
    assertKept(next, Json.MAPPER.readTree(record.toJson()));
    assertThat(record.withHold(null).unknown()).isEqualTo(record.unknown());
  }

  @Test
  void aCopyAndAReceiptOfTheNextVersionAreShownAsFarAsTheyAreKnown() throws IOException {
    var copy = DataCopy.parse(Golden.bytes("data-copy-next.json"));
    assertThat(copy.values()).isEqualTo(COPY.values());
    assertThat(copy.consents()).isEqualTo(COPY.consents());
    assertThat(copy.waiting()).isEqualTo(COPY.waiting());
    assertThat(copy.history()).isEqualTo(COPY.history());
    assertThat(requireNonNull(copy.hold()).ground()).isEqualTo(HOLD.ground());
    assertThat(Receipt.parse(Golden.bytes("receipt-next.json"))).hasValue(numbered(1));
  }

  @Test
  void aSubmissionThatTheNextVersionSealedIsOpenedAsFarAsItIsKnown() throws Exception {
    assertThat(Submission.parse(Golden.bytes("submission-next.json"))).isEqualTo(SUBMISSION);
  }

  /** Everything that was there is there, at its place; lists may have become longer. */
  private static void assertKept(JsonNode before, JsonNode after) {
    if (before.isObject()) {
      before.forEachEntry((name, value) -> assertKept(value, after.path(name)));
    } else if (before.isArray()) {
      for (int i = 0; i < before.size(); i++) {
        assertKept(before.get(i), after.path(i));
      }
    } else {
      assertThat(after).isEqualTo(before);
    }
  }
}
