package io.vestibule.core.targets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {

  private static final Path FOLDER = Path.of("../../shared/targets");
  private static final Path SALES =
      Path.of("../../shared/core/src/test/resources/targets/sales.json");

  private final Targets targets = new Targets(Optional.empty(), Optional.empty());
  private final Form contact = new Forms().find("contact").orElseThrow();

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return Stream.concat(Stream.of(SALES), files.filter(it -> it.toString().endsWith(".json")))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyTargetIsRight(Path file) throws IOException {
    String name = file.getFileName().toString().replace(".json", "");

    assertThat(broken(Files.readString(file))).isEmpty();
    assertThat(targets.find(name)).isPresent();
  }

  @Test
  void theShippedFormsTellNobody() {
    assertThat(List.of("contact", "feedback", "newsletter", "privacy"))
        .allSatisfy(name -> assertThat(targets.of(new Forms().find(name).orElseThrow())).isEmpty());
  }

  @Test
  void aFormsTargetsAreThoseThatItListsAndAWebhookIsThinUnlessItSays() throws IOException {
    var sales = targets.of(delivering("sales")).getFirst();

    assertThat(sales.name()).isEqualTo("sales");
    assertThat(sales.fields())
        .containsExactly(Map.entry("email", "mail"), Map.entry("message", "text"));
    assertThat(sales.isLocal()).isFalse();
    assertThat(read(text().replace(",\n  \"content\": \"full\"", ""), false).content())
        .isEqualTo(Target.Content.THIN);
  }

  @Test
  void anUnknownTargetIsToldWithTheFormTheFileAndTheCure() throws IOException {
    var form = delivering("nobody");

    assertThatThrownBy(() -> targets.of(form))
        .isInstanceOf(Targets.BrokenTarget.class)
        .hasMessage(
            "shared/forms/contact.json lists the target \"nobody\", but there is no"
                + " shared/targets/nobody.json. Add that file, or take the name out of"
                + " \"deliver\".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "../forms/contact", "sales.json", "Sales", "schema/target.schema", "staff"})
  void whatIsNotTheNameOfATargetFindsNone(String name) {
    assertThat(targets.find(name)).isEmpty();
  }

  @Test
  void theMailboxOfTheBusinessIsToldOfEveryFormButOfRequests() {
    var staffed = new Targets(EmailAddress.parse("owner@business.example"), Optional.empty());

    assertThat(staffed.of(contact)).extracting(Target::name).containsExactly("staff");
    assertThat(staffed.of(contact).getFirst().mailbox().normalised())
        .isEqualTo("owner@business.example");
    assertThat(staffed.of(new Forms().find(Form.PRIVACY).orElseThrow())).isEmpty();
  }

  @Test
  void aLocalRunAddsItsTargetsToEveryFormAndOnlyTheyMayBeOnThisMachine(@TempDir Path folder)
      throws IOException {
    String local = text().replace("https://hooks.example.com", "http://localhost:8080");
    Files.writeString(folder.resolve("demo.json"), local);
    Files.writeString(folder.resolve("demo.secret.json"), "{}");
    var run =
        Env.of(Map.of("LOCAL_TARGETS", folder.toString(), "STAFF_MAIL", "owner@business.example"))
            .read(Targets::of);

    assertThat(run.of(contact)).extracting(Target::name).containsExactly("demo", "staff");
    assertThat(run.find("demo").orElseThrow().isLocal()).isTrue();
    assertThatThrownBy(() -> read(local, false))
        .hasMessageContaining("shared/targets/sales.json: \"url\" must begin with https://");
  }

  @Test
  void whoIsRetiredIsToldNothingNewAndStillFound(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("old.json"), text().replace("\"kind\"", "\"retired\": true, \"kind\""));
    var run = new Targets(Optional.empty(), Optional.of(folder));

    assertThat(run.of(contact)).isEmpty();
    assertThat(run.find("old")).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"ground\": \"processor\",'   | ''                         | say \"purpose\" or \"ground\", and not both",
        "'\"ground\": \"processor\",'   | '\"ground\": \"a\", \"purpose\": \"b\",' | say \"purpose\" or \"ground\", and not both",
        "'\"kind\": \"webhook\",'       | '\"kind\": \"mail\",'      | a mail has \"to\", and neither",
        "'\"kind\": \"webhook\",'       | '\"kind\": \"bot\",'       | a bot has \"bot\", and neither",
        "'\"kind\": \"webhook\",'       | '\"kind\": \"pigeon\",'    | pigeon",
        "'\"kind\": \"webhook\",'       | '\"kind\": \"webhook\", \"digest\": \"daily\",' | \"digest\" is for targets of the kind mail",
        "'https://hooks.example.com'    | 'http://hooks.example.com' | \"url\" must begin with https://",
        "'hooks.example.com'            | '10.0.0.1'                 | \"url\" must have a name of the public DNS",
        "'\"country\"'                  | '\"colour\": 1, \"country\"' | colour",
      })
  void aBrokenTargetIsToldInASentenceAndRefusedByTheSchemaToo(
      String part, String broken, String sentence) throws IOException {
    assertThat(text()).contains(part);
    String bad = text().replace(part, broken);

    assertThatThrownBy(() -> read(bad, false))
        .hasMessageStartingWith("shared/targets/sales.json: ")
        .hasMessageContaining(sentence);
    if (!sentence.contains("digest") && !sentence.contains("public DNS")) {
      assertThat(broken(bad)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"kind\": \"zoho\",'       | '\"kind\": \"webhook\",'    | \"zoho\" is for targets of the kind zoho",
        "'\"dataCentre\": \"eu\"'    | '\"dataCentre\": \"mars\"'  | mars",
        "'\"Last_Name\": \"-\"'      | '\"City\": \"-\"'           | Zoho makes no record without Last_Name",
        "'\"message\": \"Description\"' | '\"message\": \"Vestibule_Id\"' | map no field to it",
        "'\"ground\"'                | '\"content\": \"thin\", \"ground\"' | a record is made of values",
        "'\"dataCentre\"'            | '\"here\": \"http://localhost:1\", \"dataCentre\"' | \"here\" is for the targets of a local run",
      })
  void aBrokenTargetOfZohoIsToldInASentence(String part, String broken, String sentence) {
    String good =
        """
        {"kind": "zoho", "zoho": {"dataCentre": "eu", "constants": {"Last_Name": "-"}},
         "fields": {"message": "Description"}, "ground": "processor", "country": "DE"}
        """;
    assertThat(read(good, false).content()).isEqualTo(Target.Content.FULL);
    assertThat(good).contains(part);

    assertThatThrownBy(() -> read(good.replace(part, broken), false))
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"kind\": \"fxiaoke\",'    | '\"kind\": \"webhook\",'    | \"fxiaoke\" is for targets of the kind fxiaoke",
        "'\"user\": \"1000\"'        | '\"cloud\": \"ale\"'         | user",
        "'\"user\"'                 | '\"cloud\": \"mars\", \"user\"' | mars",
        "'\"user\"'                 | '\"timeZone\": \"Mars/North\", \"user\"' | \"timeZone\" must be the name of a time zone",
        "'\"message\": \"remark\"'   | '\"message\": \"vestibule_id__c\"' | map no field to it",
        "'\"ground\": \"processor\"' | '\"purpose\": \"marketing\"' | say in \"optOut\" which field they tick",
        "'\"user\"'                 | '\"here\": \"http://localhost:1\", \"user\"' | \"here\" is for the targets of a local run",
      })
  void aBrokenTargetOfFxiaokeIsToldInASentence(String part, String broken, String sentence) {
    String good =
        """
        {"kind": "fxiaoke", "fxiaoke": {"user": "1000"},
         "fields": {"message": "remark"}, "ground": "processor", "country": "CN"}
        """;
    assertThat(read(good, false).content()).isEqualTo(Target.Content.FULL);
    assertThat(good).contains(part);

    assertThatThrownBy(() -> read(good.replace(part, broken), false))
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"kind\": \"mailchimp\",'  | '\"kind\": \"bot\",'         | \"mailchimp\" is for targets of the kind mailchimp",
        "'\"audience\": \"a1\"'      | '\"audience\": \"a/1\"'      | an id of letters and digits",
        "'\"EMAIL\"'                 | '\"FNAME\"'                  | map the field of the address to EMAIL",
        "'\"purpose\": \"marketing\"' | '\"ground\": \"contract\"'  | a newsletter goes to who agreed to it",
        "'\"purpose\"'               | '\"content\": \"thin\", \"purpose\"' | a record is made of values",
        "'\"purpose\"'               | '\"onErase\": \"unlink\", \"purpose\"' | \"unlink\" is for",
        "'\"audience\"'              | '\"here\": \"http://localhost:1\", \"audience\"' | \"here\" is for the targets of a local run",
      })
  void aBrokenTargetOfMailchimpIsToldInASentence(String part, String broken, String sentence) {
    String good =
        """
        {"kind": "mailchimp", "mailchimp": {"audience": "a1"},
         "fields": {"email": "EMAIL"}, "purpose": "marketing", "country": "US"}
        """;
    assertThat(read(good, false).atOnce()).isEqualTo(1);
    assertThat(good).contains(part);

    assertThatThrownBy(() -> read(good.replace(part, broken), false))
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"lists\": [1]'             | '\"lists\": []'             | \"lists\" has the id of one list or more",
        "'\"lists\": [1]'             | '\"lists\": [0]'            | \"lists\" has the id of one list or more",
        "'{\"email\": \"email\"}'     | '{\"email\": \"mail\"}'     | map the field of the address to email",
        "'\"email\"}'               | '\"email\", \"name\": \"vestibule_id\"}' | attributes that begin with vestibule_ are our own",
        "'\"url\": \"https:'          | '\"url\": \"http:'          | \"url\" must begin with https",
        "'lists.example.com'         | 'lists.example.com/'        | \"url\" must have no ?, and no / at its end",
        "'lists.example.com'         | 'lists.example.com/a?b=c'   | \"url\" must have no ?, and no / at its end",
        "'\"url\": \"https://lists.example.com\",' | ''             | a target of the kind listmonk needs \"url\"",
        "'\"purpose\": \"marketing\"' | '\"ground\": \"contract\"'  | a newsletter goes to who agreed to it",
      })
  void aBrokenTargetOfListmonkIsToldInASentence(String part, String broken, String sentence) {
    String good =
        """
        {"kind": "listmonk", "url": "https://lists.example.com", "listmonk": {"lists": [1]},
         "fields": {"email": "email"}, "purpose": "marketing", "country": "DE"}
        """;
    assertThat(read(good, false).atOnce()).isEqualTo(1);
    assertThat(good).contains(part);

    assertThatThrownBy(() -> read(good.replace(part, broken), false))
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"G-ABC123\"'     | '\"example.com\"'                  | must be a measurement id",
        "'\"ga4\"'          | '\"plausible\"'                    | must be the site's domain",
        "'\"G-ABC123\"'     | '\"G-ABC123\", \"here\": \"http://localhost:1\"' | \"here\" is for the targets of a local run",
        "'\"ground\"'       | '\"url\": \"https://a.example\", \"ground\"' | \"url\" is for a Plausible of your own",
        "'\"ground\"'       | '\"content\": \"full\", \"ground\"'  | counts are of nobody",
        "'\"ground\"'       | '\"fields\": {\"email\": \"mail\"}, \"ground\"' | counts are of nobody",
        "'\"ground\"'       | '\"sharing\": true, \"ground\"'    | counts are of nobody",
        "'\"ground\"'       | '\"purpose\"'                      | counts are of nobody",
      })
  void aBrokenTargetOfAnalyticsIsToldInASentence(String part, String broken, String sentence) {
    String good =
        """
        {"kind": "analytics", "analytics": {"service": "ga4", "id": "G-ABC123"},
         "ground": "processor", "country": "US"}
        """;
    assertThat(read(good, false).countsOnly()).isTrue();
    assertThat(good).contains(part);

    assertThatThrownBy(() -> read(good.replace(part, broken), false))
        .hasMessageContaining(sentence);
  }

  @Test
  void aMailboxIsOneAddress() {
    String mail = "{\"kind\": \"mail\", \"ground\": \"contract\", \"to\": \"%s\"}";

    assertThat(read(mail.formatted("a@b.example"), false).content()).isEqualTo(Target.Content.FULL);
    assertThatThrownBy(() -> read(mail.formatted("a@b.example, c@d.example"), false))
        .hasMessageContaining("\"to\" must be one e-mail address");
    assertThatThrownBy(
            () -> Env.of(Map.of("STAFF_MAIL", "a@b.example,c@d.example")).read(Targets::of))
        .hasMessageContaining("StaffMail");
  }

  private Target read(String text, boolean isLocal) {
    return targets.read("sales", new ByteArrayInputStream(text.getBytes(UTF_8)), isLocal);
  }

  private static String text() {
    try {
      return Files.readString(SALES);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The contact form, with a target. */
  private static Form delivering(String target) throws IOException {
    var contact =
        (ObjectNode)
            Json.MAPPER.readTree(Files.readString(Path.of("../../shared/forms/contact.json")));
    contact.putArray("deliver").add(target);
    byte[] definition = Json.MAPPER.writeValueAsBytes(contact);
    return new Forms(_ -> new ByteArrayInputStream(definition)).find("contact").orElseThrow();
  }

  private static List<String> broken(String target) throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Files.readString(FOLDER.resolve("schema").resolve("target.schema.json")))
        .validate(Json.MAPPER.readTree(target))
        .stream()
        .map(Object::toString)
        .toList();
  }
}
