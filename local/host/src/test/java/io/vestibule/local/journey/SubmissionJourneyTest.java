package io.vestibule.local.journey;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.CustomerRecord;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Tag("check")
class SubmissionJourneyTest extends Journey {

  @Test
  void aSubmissionBecomesACustomerWhenTheOwnerOfTheMailboxPressesTheButton() throws Exception {
    var ada = somebody();
    var id = ada.submits(Map.of("name", "Ada Lovelace", "company", "Analytical Engines"));
    var link = ada.link();
    assertThat(tables.status(id)).isEqualTo("MAILED");
    var customersBefore = tables.items("customers").size();

    var page = ada.get(link);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Not confirmed yet").contains("Confirm and send");
    assertThat(tables.status(id)).isEqualTo("MAILED");

    var pressed = ada.presses(link);
    assertThat(pressed.statusCode()).isEqualTo(303);
    var done = ada.get(link.resolve(pressed.headers().firstValue("Location").orElseThrow()));
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(done.body()).contains("Confirmed");

    host.drain(LIMIT);
    assertThat(tables.status(id)).isEqualTo("DONE");
    assertThat(tables.items("customers")).hasSize(customersBefore + 1);
    CustomerRecord record = new Records(host).of(ada.address);
    assertThat(record.fields().keySet()).containsExactly("company", "email", "message", "name");
    assertThat(record.fields().get("name")).hasFieldOrPropertyWithValue("form", "contact");
  }

  @Test
  void whatRemainsOfADoneSubmissionIsATombstone() throws Exception {
    var id = somebody().becomesACustomer(Map.of());

    assertThat(tables.submission(id))
        .containsOnlyKeys(
            "id",
            "form",
            "status",
            "sealingKey",
            "tokenHash",
            "linkNo",
            "linkExpiresAt",
            "createdAt",
            "mailedAt",
            "verifiedAt",
            "doneAt",
            "expiresAt");
  }

  @Test
  void aSecondPressIsAnsweredKindlyAndDoesNothing() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var before = tables.snapshot();

    var again = ada.presses(ada.link());

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).contains("Already confirmed");
    host.drain(LIMIT);
    assertThat(tables.snapshot()).isEqualTo(before);
  }

  @Test
  void twoSubmissionsOfOnePersonAreOneCustomerWithTheNewestValues() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("name", "Ada", "phone", "+49 30 123456"));
    var customers = tables.items("customers").size();
    ada.becomesACustomer(Map.of("name", "Ada Lovelace", "consent.newsletter", "v1"));

    assertThat(tables.items("customers")).hasSize(customers);
    var record = new Records(host).of(ada.address);
    assertThat(new Records(host).value(ada.address, "name")).isEqualTo("Ada Lovelace");
    assertThat(new Records(host).value(ada.address, "phone")).isEqualTo("+49 30 123456");
    assertThat(record.consents())
        .extracting(CustomerRecord.Consent::purpose)
        .containsExactly("marketing");
  }

  @Test
  void aNewLinkEndsNoneBeforeAndOneOfThemIsPressed() throws Exception {
    var ada = somebody();
    var id = ada.submits(Map.of());
    var first = ada.link();

    assertThat(ada.asksForANewLink(id).statusCode()).isEqualTo(200);
    var second = ada.link();

    assertThat(second).isNotEqualTo(first);
    assertThat(ada.get(second).statusCode()).isEqualTo(200);
    assertThat(ada.presses(first).statusCode()).isEqualTo(303);
    assertThat(ada.presses(second).statusCode()).as("one press").isEqualTo(410);
    host.drain(LIMIT);
    assertThat(tables.status(id)).isEqualTo("DONE");
    assertThat(ada.get(first).body()).contains("Already confirmed");
  }

  /** The id of a submission is no secret. */
  @Test
  void whoeverAsksForNewLinksEndsNoneOfTheOwnersAndSendsThreeAtMost() throws Exception {
    var ada = somebody();
    var id = ada.submits(Map.of());
    host.drain(LIMIT);
    var first = ada.link();
    for (int i = 0; i < 8; i++) {
      ada.asksForANewLink(id);
      host.drain(LIMIT);
    }

    assertThat(requireNonNull(tables.submission(id).get("links")).bs()).hasSize(3);
    assertThat(tables.status(id)).isEqualTo("MAILED");
    assertThat(requireNonNull(tables.submission(id).get("linkNo")).n())
        .as("asked for in vain")
        .isEqualTo("3");
    ada.presses(first);
    host.drain(LIMIT);
    assertThat(tables.status(id)).isEqualTo("DONE");
  }

  /** Its row has one link, as rows had when a new one took its place. */
  @Test
  void aLinkOfARowThatWasMailedBeforeLivesOnBesideANewOne() throws Exception {
    var ada = somebody();
    var id = ada.submits(Map.of());
    var first = ada.link();
    without(id, "links");
    ada.asksForANewLink(id);
    var second = ada.link();

    assertThat(second).isNotEqualTo(first);
    assertThat(ada.get(second).statusCode()).isEqualTo(200);
    assertThat(ada.presses(first).statusCode()).isEqualTo(303);
    host.drain(LIMIT);
    assertThat(tables.status(id)).isEqualTo("DONE");
  }

  private void without(String id, String column) {
    host.operator()
        .dynamoDb()
        .updateItem(
            update ->
                update
                    .tableName("submissions")
                    .key(Map.of("id", AttributeValue.fromS(id)))
                    .updateExpression("REMOVE " + column));
  }

  @Test
  void aMailboxGetsThreeMailsADayAndTheRestIsHeld() throws Exception {
    var bot = somebody();
    for (int i = 0; i < 3; i++) {
      bot.submits(Map.of());
    }
    var fourth = bot.submits(Map.of());
    assertThat(bot.mails()).hasSize(3);
    assertThat(tables.status(fourth)).isEqualTo("HELD capped");

    var tagged = new Person(host, bot.address.replace("@", "+another@"));
    assertThat(tables.status(tagged.submits(Map.of()))).isNotEmpty();
    assertThat(tagged.mails()).isEmpty();
  }

  @Test
  void aWrongTokenAnUnknownIdAndNonsenseGetOneAndTheSamePage() throws Exception {
    var ada = somebody();
    ada.submits(Map.of());
    var link = ada.link();
    var token = Person.token(link);
    var wrong = (token.startsWith("A") ? "B" : "A") + token.substring(1);

    var pages =
        Stream.of(
                link.getPath() + "?token=" + wrong + "&lang=en",
                link.getPath() + "?lang=en",
                "/verify/sAAAAAAAAAAAAAAAAAAAAAA?token=" + token + "&lang=en",
                "/verify/rAAAAAAAAAAAAAAAAAAAAAA?token=" + token + "&lang=en",
                "/verify/nonsense?token=%00&lang=en")
            .map(path -> answer(ada, path))
            .toList();

    assertThat(pages).allSatisfy(page -> assertThat(page.statusCode()).isEqualTo(410));
    assertThat(pages.stream().map(page -> page.body().replaceAll("/verify/[^/\"]*", "/verify/")))
        .containsOnly(pages.getFirst().body().replaceAll("/verify/[^/\"]*", "/verify/"));
  }

  private HttpResponse<String> answer(Person person, String path) {
    try {
      return person.get(host.uri().resolve(path));
    } catch (Exception e) {
      throw new AssertionError(path, e);
    }
  }

  @Test
  void aChineseVisitorGetsAChineseMailAndPage() throws Exception {
    var wei = somebody();
    wei.submits(Map.of("_lang", "zh-Hans", "name", "王伟", "message", "你好"));
    var link = wei.link();

    assertThat(wei.newestMail().subject()).contains("请确认");
    assertThat(link.getQuery()).contains("lang=zh-Hans");
    assertThat(wei.get(link).body()).contains("lang=\"zh-Hans\"").contains("确认并提交");
    wei.presses(link);
    host.drain(LIMIT);
    assertThat(new Records(host).value(wei.address, "name")).isEqualTo("王伟");
  }
}
