package io.vestibule.local.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vestibule.core.Choice;
import io.vestibule.core.CustomerRecord;
import io.vestibule.core.LinkToken;
import io.vestibule.core.RowId;
import io.vestibule.store.rows.SubmissionRow;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the press of a button does: what its page has shown, and what was chosen there. */
class PressTest extends Journey {

  private static final Map<String, String> AGREED = Map.of("consent.newsletter", "v1");
  private static final String PREMIUM = "+49 900 666666";

  /** The owner's own post is over the cap of the day: all that they can press is a stranger's. */
  @Test
  void threeStrangersPostsWithAConsentGiveNoneAndReplaceNoNumberWithoutTrace() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("phone", "+49 30 123456"));
    for (int i = 0; i < 3; i++) {
      ada.submits(
          Map.of("consent.newsletter", "v1", "phone", PREMIUM, "message", "Spam number " + i));
    }
    ada.submits(Map.of("message", "Mine"));
    var link = ada.link();

    assertThat(ada.newestMail().text())
        .contains("E-mail, Name, Phone, Message", "Yes, send me the newsletter by e-mail.");
    assertThat(ada.get(link).body())
        .contains("<li>Phone</li>", "Yes, send me the newsletter by e-mail.", "This was not me")
        .doesNotContain(PREMIUM);
    ada.presses(link);
    host.drain(LIMIT);

    var record = new Records(host).of(ada.address);
    assertThat(record.consents()).isEmpty();
    assertThat(requireNonNull(record.fields().get("phone")).before())
        .extracting(it -> it.value().asText())
        .containsExactly("+49 30 123456");
  }

  @Test
  void theConsentThatWasChosenIsStoredInTheLanguageOfThePage() throws Exception {
    var ada = somebody();
    ada.submits(AGREED);
    ada.presses(ada.link(), Map.of("consent.newsletter", "v1", "_lang", "de"));
    host.drain(LIMIT);

    assertThat(new Records(host).of(ada.address).consents())
        .extracting(CustomerRecord.Consent::wording, CustomerRecord.Consent::language)
        .containsExactly(tuple("v1", "de"));
  }

  /** The form has no German: its consent was read in English, whatever is added later. */
  @Test
  void aConsentThatWasReadInEnglishOnAGermanPageIsStoredAsEnglish() throws Exception {
    var ada = somebody();
    var posted =
        new Stranger(host)
            .posts(
                "/forms/kinds?lang=de",
                "application/json",
                """
                {"email": "%s", "day": "2028-02-29", "guests": 2, "size": "m", "country": "at",
                 "rating": 5, "terms": true, "consent.newsletter": "v1", "_lang": "de"}
                """
                    .formatted(ada.address));
    assertThat(posted.status()).as(posted.body()).isEqualTo(202);
    var link = ada.link();
    assertThat(ada.get(link).body())
        .contains("<html lang=\"de\"")
        .contains("<blockquote id=\"text.newsletter\" lang=\"en\">Yes, send me the newsletter.");

    ada.presses(link, Map.of("consent.newsletter", "v1", "_lang", "de"));
    host.drain(LIMIT);

    assertThat(new Records(host).of(ada.address).consents())
        .extracting(CustomerRecord.Consent::wording, CustomerRecord.Consent::language)
        .containsExactly(tuple("v1", "en"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded token=%s",
        "application/json {\"token\":\"%s\"}"
      })
  void aNewsletterIsNotConfirmedWithoutItsConsent(String press) throws Exception {
    var ada = somebody();
    var _ = ada.signsUp();
    var link = ada.link();
    var page = ada.get(link).body();
    assertThat(page).contains("Confirm, and agree to: Marketing, such as newsletters");
    assertThat(page).containsOnlyOnce("class=\"big\"");

    var type = press.substring(0, press.indexOf(' '));
    var body = press.substring(press.indexOf(' ') + 1).formatted(Person.token(link));
    var refused = new Stranger(host).posts(link.getPath(), type, body);
    host.drain(LIMIT);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body())
        .contains("This form is of no use unless you agree to what it is for.")
        .contains(type.endsWith("json") ? "\"/consent.newsletter\"" : "Confirm, and agree to: ");
    assertThat(new Records(host).isKnown(ada.address)).isFalse();

    assertThat(ada.presses(link, AGREED).statusCode()).isEqualTo(303);
    host.drain(LIMIT);
    assertThat(new Records(host).of(ada.address).consents()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"token\":\"%s\",\"consent.newsletter\":\"v2\"}",
        "{\"token\":\"%s\",\"consent.other\":\"v1\"}"
      })
  void whatIsNotOfferedCannotBeGiven(String press) throws Exception {
    var ada = somebody();
    ada.submits(AGREED);
    var link = ada.link();

    var refused =
        new Stranger(host)
            .posts(link.getPath(), "application/json", press.formatted(Person.token(link)));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(ada.presses(link).statusCode()).as("the link still lives").isEqualTo(303);
  }

  @Test
  void ofTwoPressesAtOnceOneIsDoneAsItChose() throws Exception {
    for (int round = 0; round < 5; round++) {
      var ada = somebody();
      var id = ada.submits(AGREED);
      var link = ada.link();
      try (var presses = Executors.newFixedThreadPool(2)) {
        var answers =
            presses.invokeAll(
                List.<Callable<HttpResponse<String>>>of(
                    () -> ada.presses(link, AGREED),
                    () -> ada.presses(link, Map.of("answer", "disowned"))));
        for (var answer : answers) {
          assertThat(answer.get().statusCode()).isIn(200, 303, 410);
        }
        host.drain(LIMIT);
        assertThat(answers)
            .as("who is told that they have confirmed has")
            .allMatch(it -> it.resultNow().statusCode() != 200 || isDone(id));
      }

      if (isDone(id)) {
        assertThat(new Records(host).of(ada.address).consents()).hasSize(1);
      } else {
        assertThat(tables.status(id)).isEqualTo("ERASED disowned");
        assertThat(new Records(host).isKnown(ada.address)).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"submission", "request"})
  void whatItsOwnerHasNotHandedInIsGoneAtOnceAndCounted(String kind) throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var id = kind.equals("request") ? ada.asks("erase") : ada.submits(AGREED);
    var link = ada.link();

    var answer = ada.presses(link, Map.of("answer", "disowned"));
    var thanks = ada.get(host.uri().resolve(answer.headers().firstValue("Location").orElseThrow()));
    host.drain(LIMIT);

    assertThat(thanks.body()).contains("Thank you for telling us");
    assertThat(tables.status(id)).isEqualTo("ERASED disowned");
    assertThat(tables.submission(id))
        .doesNotContainKeys("sealed", "asked", "choice", "proof", "emailIndex", "tokenHash");
    assertThat(ada.get(link).statusCode()).isEqualTo(410);
    assertThat(new Records(host).isKnown(ada.address)).isTrue();
    assertThat(new Records(host).of(ada.address).consents()).isEmpty();
    assertThat(host.logs().get(kind.equals("request") ? "DeletionFunction" : "StoreFunction"))
        .anyMatch(line -> line.contains("SubmissionDisowned"));
  }

  /** A stranger may have asked for the link, before there was anything to withdraw. */
  @Test
  void aLinkThatIsOlderThanTheConsentWithdrawsIt() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    ada.asks("access");
    var link = ada.link();
    ada.becomesACustomer(AGREED);

    ada.presses(link, Map.of("deed", "withdraw", "purpose", "all"));
    host.drain(LIMIT);

    var record = new Records(host).of(ada.address);
    assertThat(record.consents()).hasSize(1).noneMatch(record::stands);
  }

  /** By whoever can write the row: nobody confirms what their page did not show. */
  @Test
  void aPageFromWhichALineWasHiddenConfirmsNothing() throws Exception {
    var ada = somebody();
    var id = ada.submits(Map.of("phone", PREMIUM));
    var link = ada.link();
    var shown = Tables.text(tables.submission(id), "asked");
    tables.set(id, Map.of("asked", shown.replace(",phone", "")));

    assertThat(ada.get(link).body()).doesNotContain("<li>Phone</li>");
    ada.presses(link);
    host.drain(LIMIT);

    assertThat(tables.status(id)).isEqualTo("HELD forged");
    assertThat(new Records(host).isKnown(ada.address)).isFalse();
  }

  /**
   * By the same: the row is made to look like one that was mailed before pages said what they ask.
   */
  @ParameterizedTest
  @ValueSource(strings = {"submission", "request"})
  void aPageFromWhichEverythingWasTakenConfirmsNothing(String kind) throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var id = kind.equals("request") ? ada.asks("erase") : ada.submits(Map.of("phone", PREMIUM));
    var link = ada.link();
    withoutAsked(id);
    tables.set(id, Map.of("kind", "access"));

    assertThat(ada.presses(link).statusCode()).isEqualTo(303);
    host.drain(LIMIT);

    assertThat(tables.status(id)).isEqualTo("HELD forged");
    assertThat(new Records(host).of(ada.address).fields()).doesNotContainKey("phone");
  }

  @Test
  void aRequestThatWasMailedBeforeDoesWhatWasTypedAndShowsItsReceipt() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(AGREED);
    var id = ada.asks("withdraw");
    var link = mailedBefore(id, ada.link());

    assertThat(ada.presses(link).statusCode()).isEqualTo(303);
    host.drain(LIMIT);

    assertThat(tables.status(id)).isEqualTo("DONE");
    assertThat(ada.get(link).body()).contains("Your consent is withdrawn");
  }

  /** VerifyFunction in an attacker's hands, who has the token that its owner was shown. */
  @Test
  void aChoiceOfWhatWasNotSealedIsForged() throws Exception {
    var ada = somebody();
    var id = new RowId(ada.submits(Map.of()));
    var link = ada.link();
    var consents =
        new Choice.Confirmed(new TreeMap<>(Map.of("newsletter", new Choice.Agreed("v1", "en"))));
    pressByHand(id, link, consents.text());

    host.drain(LIMIT);
    assertThat(tables.status(id.value())).isEqualTo("HELD forged");
  }

  @Test
  void aChoiceThatIsLongerThanAnyIsForged() throws Exception {
    var ada = somebody();
    var id = new RowId(ada.submits(AGREED));
    var link = ada.link();
    pressByHand(id, link, "consents=" + "newsletter.v1.en,".repeat(50));

    host.drain(LIMIT);
    assertThat(tables.status(id.value())).isEqualTo("HELD forged");
  }

  /** A link that was mailed before pages said what they ask, and its page and proof of then. */
  @Test
  void aLinkOfBeforeConfirmsAddressAndValuesAndNoConsent() throws Exception {
    var ada = somebody();
    var id = ada.submits(Map.of("consent.newsletter", "v1", "phone", PREMIUM));
    var link = mailedBefore(id, ada.link());

    assertThat(ada.get(link).body())
        .contains(">Confirm and send</button>")
        .doesNotContain("consent.newsletter", "disowned");
    assertThat(ada.presses(link, Map.of("answer", "disowned")).statusCode()).isEqualTo(422);
    assertThat(ada.presses(link).statusCode()).isEqualTo(303);
    assertThat(tables.submission(id)).doesNotContainKey("choice");
    host.drain(LIMIT);

    var record = new Records(host).of(ada.address);
    assertThat(record.fields()).containsKey("phone");
    assertThat(record.consents()).isEmpty();
  }

  /** Its page of then cannot ask for the consent without which the form is of no use. */
  @Test
  void aLinkOfBeforeToAFormThatNeedsAConsentIsDeadAndLeadsToTheForm() throws Exception {
    var ada = somebody();
    var id = ada.signsUp();
    var link = mailedBefore(id, ada.link());

    assertThat(ada.get(link).statusCode()).isEqualTo(410);
    var dead = ada.presses(link);
    host.drain(LIMIT);

    assertThat(dead.statusCode()).isEqualTo(410);
    assertThat(dead.body()).contains("/forms/newsletter");
    assertThat(new Records(host).isKnown(ada.address)).isFalse();
  }

  /** The version before is back for a while: it knows of no choice, and leaves what it finds. */
  @Test
  void aPressByTheVersionBeforeConfirmsWhateverIsInTheRowBesides() throws Exception {
    var ada = somebody();
    var id = new RowId(ada.submits(AGREED));
    var link = mailedBefore(id.value(), ada.link());
    var token = LinkToken.parse(Person.token(link)).orElseThrow();
    press(id, token.proof(id, 1), "consents=newsletter.v1.en");
    host.drain(LIMIT);

    assertThat(tables.status(id.value())).isEqualTo("DONE");
    assertThat(new Records(host).of(ada.address).consents()).isEmpty();
  }

  private boolean isDone(String id) {
    return tables.status(id).equals("DONE");
  }

  /** The row, and its link, as the version before would have mailed it. */
  private URI mailedBefore(String id, URI link) throws Exception {
    withoutAsked(id);
    var item = new HashMap<>(tables.submission(id));
    var row = SubmissionRow.read(new RowId(id).destination(), item).orElseThrow();
    var token = new Records(host).linkTokens().mailed(row);
    item.remove("links");
    item.put("tokenHash", AttributeValue.fromB(SdkBytes.fromByteArray(token.hash())));
    var table = new RowId(id).destination().choose("submissions", "requests");
    host.operator().dynamoDb().putItem(put -> put.tableName(table).item(item));
    return URI.create(link.toString().replace(Person.token(link), token.text()));
  }

  private void withoutAsked(String id) {
    host.operator()
        .dynamoDb()
        .updateItem(
            update ->
                update
                    .tableName(new RowId(id).destination().choose("submissions", "requests"))
                    .key(Map.of("id", AttributeValue.fromS(id)))
                    .updateExpression("REMOVE asked"));
  }

  private void pressByHand(RowId id, URI link, String choice) {
    var token = LinkToken.parse(Person.token(link)).orElseThrow();
    var asked = Tables.text(tables.submission(id.value()), "asked");
    press(id, token.proof(id, 1, asked, choice), choice);
  }

  private void press(RowId id, byte[] proof, String choice) {
    var values = new HashMap<String, AttributeValue>();
    values.put(":verified", AttributeValue.fromS("VERIFIED"));
    values.put(":proof", AttributeValue.fromB(SdkBytes.fromByteArray(proof)));
    values.put(":choice", AttributeValue.fromS(choice));
    as("VerifyFunction")
        .updateItem(
            update ->
                update
                    .tableName("submissions")
                    .key(Map.of("id", AttributeValue.fromS(id.value())))
                    .updateExpression("SET #status = :verified, proof = :proof, choice = :choice")
                    .expressionAttributeNames(Map.of("#status", "status"))
                    .expressionAttributeValues(values));
  }
}
