package io.vestibule.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.FormVersion;
import io.vestibule.core.Submission;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.forms.Judged;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.store.rows.SubmissionRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was handed in is judged by its form as it was then, behind the door. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OlderFormsTest {

  private static final String STORE = "StoreFunction";
  private static final String NOBODYS = "AAAAAAAAAAAAAAAA";
  private static final String ADA = "ada@example.net";

  private final MovableClock clock = MovableClock.fromNoonTomorrow();
  private final Form contact = new Forms().find("contact").orElseThrow();
  private Installation installation;

  @BeforeAll
  void open() throws IOException {
    installation = Installation.open(clock);
  }

  @AfterAll
  void close() throws IOException {
    installation.close();
  }

  @Test
  void whatWasHandedInBeforeTheFormWasTightenedIsReadByTheFormAsItWas() throws Exception {
    var row = installation.submit("contact", fields());

    var judged = judge(row, ChangedForms.published(ChangedForms.longest("name", 2)));

    assertThat(judged.isOlder()).isFalse();
    assertThat(judged.version()).isEqualTo(contact.version());
    assertThat(judged.address().normalised()).isEqualTo(ADA);
  }

  @Test
  void whatTheFormHadNotTakenIsNotTakenForItTakesItNow() {
    var row = sealed(fields().put("name", "A".repeat(300)), contact.sealedVersion());

    doesNotOpen(row, ChangedForms.published(ChangedForms.longest("name", 500)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "email"})
  void aFieldThatHasAnotherNameNowIsReadByTheOneThatItHad(String field) throws Exception {
    var row = installation.submit("contact", fields());

    var judged = judge(row, ChangedForms.published(ChangedForms.renamed(field, "other")));

    assertThat(judged.isOlder()).isFalse();
    assertThat(judged.rules().fields()).containsKey(field).doesNotContainKey("other");
    assertThat(judged.address().normalised()).isEqualTo(ADA);
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "email"})
  void afterARollBackWhatALaterVersionHasCheckedIsHeldToBoundsOnly(String field) throws Exception {
    var row = installation.submit("contact", fields());

    var judged = judge(row, ChangedForms.alone(ChangedForms.renamed(field, "other")));

    assertThat(judged.isOlder()).isTrue();
    assertThat(judged.version()).isEqualTo(contact.version());
    assertThat(judged.address().normalised()).isEqualTo(ADA);
  }

  @Test
  void whatHangsOnAConsentIsSealedAndKnownWhereTheRulesAreNot() throws Exception {
    var sensitive =
        ChangedForms.alone(
                form -> {
                  ((ObjectNode) form.at("/fields/phone")).put("sensitivity", "sensitive");
                  ((ObjectNode) form.at("/consents/newsletter")).putArray("fields").add("phone");
                })
            .find("contact")
            .orElseThrow();
    var row = sealed(fields(), sensitive.sealedVersion());

    assertThat(judge(row, new Forms()).isOlder()).isTrue();
    assertThat(judge(row, new Forms()).hanging()).isEqualTo(Map.of("phone", "newsletter"));
    assertThat(judge(sealed(fields()), new Forms()).hanging()).isEmpty();
  }

  @Test
  void whatWasSealedBeforeVersionsWereNamedIsJudgedByTheFormAsItIs() throws Exception {
    var judged = judge(sealed(fields()), new Forms());

    assertThat(judged.isOlder()).isFalse();
    assertThat(judged.version()).isEqualTo(contact.version());
  }

  @Test
  void andHeldToBoundsIfTheFormHasChangedSince() throws Exception {
    var judged = judge(sealed(fields()), ChangedForms.alone(ChangedForms.longest("name", 2)));

    assertThat(judged.isOlder()).isTrue();
    assertThat(judged.version()).isEqualTo(FormVersion.UNNAMED);
  }

  /** An attack: with what intake may do, anything can be sealed, and any version be named. */
  @Test
  void whoNamesAVersionThatNobodyKnowsGetsValuesOfNoFormAndTheMarkOfIt() throws Exception {
    var judged = judge(sealed(fields().put("admin", "yes"), nobodys()), new Forms());

    assertThat(judged.isOlder()).isTrue();
    assertThat(judged.rules().version()).isEqualTo(contact.version());
    assertThat(judged.version()).isEqualTo(NOBODYS);
  }

  static Stream<Consumer<ObjectNode>> outOfBounds() {
    return Stream.of(
        fields -> fields.putObject("nested"),
        fields -> fields.putNull("nothing"),
        fields -> fields.putArray("list").addObject(),
        fields -> fields.putArray("list").add(1),
        fields -> IntStream.range(0, 101).forEach(fields.putArray("list")::add),
        fields -> IntStream.range(0, 98).forEach(i -> fields.put("field" + i, "")),
        fields -> fields.put("name", "A".repeat(129 * 1024)),
        fields -> fields.put("name", "A\u0000da"),
        fields -> fields.put("name,message", "two names"),
        fields -> fields.put("name;deed=erase", "another line"),
        fields -> fields.put("Visit evil.example", "a sentence"),
        fields -> fields.put("consent.newsletter", "v1"),
        fields -> fields.put("", "no name"),
        fields -> fields.put("number", new BigDecimal("1e999")),
        fields -> fields.put("number", new BigInteger("9".repeat(41))),
        fields -> fields.remove("email"),
        fields -> fields.put("email", "ada@example.net, bob@example.net"));
  }

  @ParameterizedTest
  @MethodSource("outOfBounds")
  void whatNoFormTakesIsTakenByNoVersion(Consumer<ObjectNode> change) {
    var fields = fields();
    change.accept(fields);

    doesNotOpen(sealed(fields, nobodys()), new Forms());
  }

  /** The mail goes to the field that was named, and to no other. */
  @Test
  void whichFieldHasTheAddressIsNamedWithTheVersion() throws Exception {
    var fields = fields().put("colleague", "bob@example.net");

    var judged = judge(sealed(fields, new FormVersion(NOBODYS, "colleague")), new Forms());

    assertThat(judged.address().normalised()).isEqualTo("bob@example.net");
  }

  @Test
  void aRequestThatAsksForNothingIsNoneByAnyVersion() {
    var asked = Installation.request(ADA, "everything");

    doesNotOpen(
        installation.submitSealed("privacy", content(asked).by(nobodys()).toJson()), new Forms());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../../../wording", "..%2F..%2Fcontact00", "", "contact", "AAAAAAAAAAAAAAAAA"})
  void aVersionIsNoPath(String name) throws Exception {
    var row = sealed(fields(), new FormVersion(name, "email"));

    assertThat(judge(row, new Forms()).version()).isEqualTo(contact.version());
    assertThat(new Forms().find("contact", name)).isEmpty();
  }

  private Judged judge(SubmissionRow row, Forms forms) throws SubmissionOpener.Unreadable {
    return installation.opener(STORE, forms).open(row).judged();
  }

  private void doesNotOpen(SubmissionRow row, Forms forms) {
    assertThatExceptionOfType(SubmissionOpener.Unreadable.class)
        .isThrownBy(() -> judge(row, forms));
  }

  private SubmissionRow sealed(ObjectNode fields) {
    return installation.submitSealed("contact", content(fields).toJson());
  }

  private SubmissionRow sealed(ObjectNode fields, FormVersion version) {
    return installation.submitSealed("contact", content(fields).by(version).toJson());
  }

  private Submission content(ObjectNode fields) {
    return new Submission(fields, Map.of(), "en", "", clock.instant());
  }

  private static FormVersion nobodys() {
    return new FormVersion(NOBODYS, "email");
  }

  private static ObjectNode fields() {
    return Installation.contact(ADA);
  }
}
