package io.vestibule.local.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a file is told, all of it, with file and line, in words. */
class DefinitionsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;

  private Project project;

  @BeforeEach
  void copy() throws IOException {
    project = Project.copied(folder);
  }

  @Test
  void whatIsThereIsRightAndWhatIsShippedIsPublished() throws IOException {
    assertThat(new Definitions(Project.REAL).problems()).isEmpty();
    assertThat(project.run("deploy").lines()).isEmpty();
  }

  @Test
  void eachMistakeOfAFormHasALineOfItsOwn() throws IOException {
    project.add("event.json", "forms/event.json");
    project.add("sales.json", "targets/sales.json");

    var run = project.run("check");

    assertThat(run.isRight()).isFalse();
    assertThat(run.lines())
        .allMatch(line -> line.matches("shared/forms/event\\.json:[0-9]+: .*"))
        .noneMatch(line -> line.contains("[a-z") || line.contains("regex"))
        .noneMatch(line -> line.contains("java") || line.contains("Exception"));
    for (String told :
        List.of(
            "9: schema.properties.name.type has \"text\"",
            "10: schema.properties.guests lacks \"maximum\"",
            "12: \"Notes\" is no name of a field",
            "13: \"minimum\" is not known here",
            "15: schema.required names [adress]",
            "20: \"lable\" is not known here; did you mean \"label\"?",
            "20: fields.name lacks \"label\"",
            "20: fields.name.autocomplete has \"fullname\"",
            "21: fields.guests.label lacks \"en\"",
            "23: fields.diet.label lacks the language \"de\"",
            "25: fields.diet.rows is for texts that may have several lines",
            "26: fields.diet.options has [none], but the schema's values are [none, vegan]",
            "29: \"email\" is there twice; the first is in line 19",
            "30: fields.fax is no property",
            "33: consents.news lacks \"version\"",
            "33: consents.news.purpose has \"Marketing\"",
            "33: consents.news.wording must be members in {…}, and is a text",
            "34: consents.gifts.version has \"one\", which must be v1, v2 and so on",
            "34: consents.gifts lacks \"label\": what the purpose \"gifts\" is called",
            "36: tags has \"Event\", which must have a to z",
            "37: origins has \"http://www.example.com\", which must be an origin",
            "37: origins has \"https://www.example.com/\", which must be an origin",
            "38: next has \"/thanks\", which must be a whole address",
            "39: keep.unverified has \"3 days\", which must be hours or days",
            "40: deliver names the target \"sails\", but there is no shared/targets/sails.json;"
                + " did you mean \"sales\"?",
            "41: proofOfWork.maxNumber must be 1000 or more, and is 10",
            "42: \"colour\" is not known here")) {
      assertThat(run.lines()).anyMatch(line -> line.startsWith("shared/forms/event.json:" + told));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"tags\": [\"lead\"],' | '\"tags\": [], \"confirmed\": \"deletion\",' | 35: \"confirmed\" is \"deletion\" for the form privacy",
        "'\"zh\": \"电话\", '    | ''  | 21: fields.phone.label lacks the language \"zh\"",
        "', \"de\": \"Telefon\"' | ', \"de\": \"T\", \"fr\": \"T\"' | 21: fields.phone.label has the language \"fr\", which the title lacks",
        "', \"identity\": true' | '' | 17: fields: exactly one field must have \"identity\": true, and 0 have",
        "'\"format\": \"email\", ' | '' | 18: fields.email has \"identity\": true: it must have the format",
        "'\"maxLength\": 100}' | '\"maxLength\": 100, \"not\": {}}' | 10: \"not\" is not known here",
        "'\"string\", \"maxLength\": 100, \"pattern\"' | '\"string\", \"pattern\"' | 11: schema.properties.phone needs \"maxLength\"",
        "'p{Nd}'                | 'p{Nd}(' | 11: schema.properties.phone.pattern is no regular expression: Unclosed group",
        "'\"autocomplete\": \"tel\"' | '\"autocomplete\": \"phone\"' | 21: fields.phone.autocomplete has \"phone\", which is not known",
        "'\"phone\": {\"label\"' | '\"fon\": {\"label\"' | 11: schema.properties.phone is not shown",
        "'\"phone\": {\"label\"' | '\"fon\": {\"label\"' | 21: fields.fon is no property",
        "'\"PT72H\", \"held\": \"P30D\"' | '\"P20D\", \"held\": \"P30D\"' | 40: \"unverified\" and \"held\" must be 44 days together",
        "'\"deliver\"'          | '\"delivers\"' | 36: \"delivers\" is not known here; did you mean \"deliver\"?",
        "'\"purpose\": \"marketing\"' | '\"purpose\": \"all\"' | 26: consents.newsletter.purpose must not be \"all\"",
        "'\"purpose\": \"marketing\"' | '\"purpose\": \"marketings\"' | 26: consents.newsletter lacks \"label\": what the purpose",
      })
  void aMistakeInAFormIsToldWithItsLine(String part, String broken, String told)
      throws IOException {
    project.change(
        "forms/contact.json",
        "\"tags\": [\"lead\"],",
        "\"tags\": [\"lead\"],\n  \"deliver\": [],\n");
    project.change("forms/contact.json", part, broken);

    assertThat(project.run("check").lines())
        .anyMatch(line -> line.startsWith("shared/forms/contact.json:" + told));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'#1f5d4c' | '#8fb0a5' | 13: accent: white on #8fb0a5 has less contrast than 4.5 : 1",
        "'#1f5d4c' | 'green' | 13: accent has \"green\", which must be a colour such as",
        "'logo.svg' | 'none.svg' | 12: logo: there is no shared/forms/none.svg",
        "'https://www.example.com/privacy' | '/privacy' | 11: privacyNotice has \"/privacy\", which must be a whole address",
        "'Europe/Berlin' | 'Europe/Berlyn' | 14: timeZone is not known",
      })
  void aMistakeInTheBusinessIsToldWithItsLine(String part, String broken, String told)
      throws IOException {
    project.change("forms/business.json", part, broken);

    assertThat(project.run("check").lines())
        .anyMatch(line -> line.startsWith("shared/forms/business.json:" + told));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"ground\": \"processor\",' | '' | 1: the file must say \"purpose\" or \"ground\", and not both",
        "'\"ground\": \"processor\",' | '\"ground\": \"a\", \"purpose\": \"b\",' | 1: the file must say \"purpose\" or",
        "'\"kind\": \"webhook\"' | '\"kind\": \"pigeon\"' | 3: kind has \"pigeon\", which is not known; allowed are: \"mail\"",
        "'https://hooks' | 'http://hooks' | 4: url has \"http://hooks.example.com",
        "'hooks.example.com' | '10.0.0.1' | 4: \"url\" must have a name of the public DNS",
        "'\"country\": \"DE\"' | '\"country\": \"Germany\"' | 7: country has \"Germany\", which must be the two capital",
      })
  void aMistakeInATargetIsToldWithItsLine(String part, String broken, String told)
      throws IOException {
    project.add("sales.json", "targets/sales.json");
    project.change("targets/sales.json", part, broken);

    assertThat(project.run("check").lines())
        .anyMatch(line -> line.startsWith("shared/targets/sales.json:" + told));
  }

  private static final String MAILCHIMP =
      """
      {"kind": "mailchimp", "purpose": "marketing", "country": "US",
       "fields": {"email": "EMAIL"}%s,
       "mailchimp": {"audience": "%s"}}
      """;

  private static final String LISTMONK =
      """
      {"kind": "listmonk", "purpose": "marketing", "country": "DE",
       "fields": {"email": "email"},
       "url": "%s",
       "listmonk": {"lists": [
         %d, 7]}}
      """;

  @ParameterizedTest
  @ValueSource(strings = {"a1b2", "A1B2"})
  void twoTargetsOfOneAudienceAreToldAsEachWouldUndoTheOther(String audience) throws IOException {
    project.write("targets/letters.json", MAILCHIMP.formatted("", "a1b2"));
    project.write("targets/other.json", MAILCHIMP.formatted("", "c3d4"));
    project.write("targets/offers.json", MAILCHIMP.formatted("", audience));

    assertThat(project.run("check").lines())
        .singleElement()
        .asString()
        .startsWith("shared/targets/offers.json:3: the audience %s is that of".formatted(audience))
        .contains("shared/targets/letters.json, too");
  }

  @Test
  void aRetiredTargetMayHaveTheAudienceOfTheOneAfterIt() throws IOException {
    project.write("targets/first.json", MAILCHIMP.formatted(", \"retired\": true", "a1b2"));
    project.write("targets/second.json", MAILCHIMP.formatted("", "a1b2"));
    project.write("targets/third.json", MAILCHIMP.formatted(", \"retired\": true", "a1b2"));
    assertThat(project.run("check").lines()).isEmpty();

    project.write("targets/third.json", MAILCHIMP.formatted("", "a1b2"));
    assertThat(project.run("check").lines())
        .singleElement()
        .asString()
        .contains("shared/targets/second.json, too");
  }

  @ParameterizedTest
  @CsvSource({
    "https://lists.example.com, 2",
    "https://Lists.Example.com:443, 2",
    "https://lists.example.com/other, 0",
    "https://other.example.com, 0",
  })
  void twoTargetsOfOneListAreToldAndTwoListsOfOneServerAreNot(String url, int told)
      throws IOException {
    project.write("targets/letters.json", LISTMONK.formatted("https://lists.example.com", 1));
    project.write("targets/offers.json", LISTMONK.formatted(url, 1));

    var lines = project.run("check").lines();
    assertThat(lines).filteredOn(it -> it.contains("letters.json, too")).hasSize(told);
    if (told > 0) {
      assertThat(lines.getFirst()).startsWith("shared/targets/offers.json:5: the list 1 is that");
      project.write("targets/offers.json", LISTMONK.formatted(url, 2).replace(", 7", ""));
      assertThat(project.run("check").lines()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"optional\": \"(freiwillig)\",' | '' | 1: messages lacks the text \"optional\"",
        "'{title} – {business}' | '{title}' | 6: \"page.title\" has the placeholders [{title}], but in English",
        "'\"optional\"' | '\"otional\"' | 5: \"otional\" is not in shared/wording/en.json",
        "'\"messages\"' | '\"consents\": {}, \"messages\"' | 2: \"consents\" is not known here",
      })
  void aMistakeInALanguageIsToldWithItsLine(String part, String broken, String told)
      throws IOException {
    project.change("wording/de.json", part, broken);

    assertThat(project.run("check").lines())
        .anyMatch(
            line ->
                line.startsWith("shared/wording/de.json:" + told)
                    || line.startsWith("shared/wording/de.json:2:" + told.substring(2)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"title\": {' | '\"title\": {,' | 3: this is no JSON: a name in quotation marks must stand here",
        "'\"type\": \"object\",' | '\"type\": \"object\"' | 7: this is no JSON: a comma is missing before this",
        "'\"email\": {\"type\"' | '\"email\" {\"type\"' | 8: this is no JSON: a colon is missing",
        "'254}' | '254,}' | 8: this is no JSON: a name in quotation marks must stand here",
        "'254}' | '254]' | 8: this is no JSON: a bracket is closed that was not opened like this",
        "'254}' | '}' | 8: this is no JSON: here must be a value",
        "'254}' | '254} // long' | 8: this is no JSON: JSON has no comments",
        "'Kontakt\"' | 'Kontakt' | 3: this is no JSON: a text must not go over the end of its line",
      })
  void whatIsNoJsonIsToldWithItsLine(String part, String broken, String told) throws IOException {
    project.change("forms/contact.json", part, broken);

    assertThat(project.run("check").lines())
        .filteredOn(line -> line.startsWith("shared/forms/contact.json:"))
        .singleElement()
        .asString()
        .startsWith("shared/forms/contact.json:" + told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "{}", "7"})
  void aFileThatIsNoFormIsTold(String text) throws IOException {
    project.write("forms/event.json", text);

    assertThat(project.run("check").lines())
        .isNotEmpty()
        .allMatch(line -> line.startsWith("shared/forms/event.json:1: "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Event", "my_event", "2nd", "a-name-that-is-longer-than-forty-characters-is"})
  void aFileWhoseNameIsNoAddressIsTold(String name) throws IOException {
    project.write("forms/" + name + ".json", project.read("forms/feedback.json"));

    assertThat(project.run("check").lines())
        .singleElement()
        .asString()
        .startsWith("shared/forms/%s.json:1: the name of a form is its address".formatted(name));
  }

  /** Notepad writes it. */
  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE"})
  void aByteOrderMarkDoesNoHarm(String charset) throws IOException {
    Files.write(
        folder.resolve("shared/forms/feedback.json"),
        ("\ufeff" + project.read("forms/feedback.json")).getBytes(Charset.forName(charset)));

    assertThat(project.run("check").lines()).isEmpty();
  }

  /** A condition, and a consent, name a field that is not as it should be: they are right. */
  @Test
  void aMistakeOfAFieldIsNoneOfWhatNamesTheField() throws IOException {
    project.add("condition.json", "forms/condition.json");
    assertThat(project.run("check").lines()).allMatch(line -> line.startsWith("A draft: "));

    project.change("forms/condition.json", "\"autocomplete\": \"off\", \"options\"", "\"options\"");
    project.change("forms/condition.json", "\"autocomplete\": \"off\", \"sens", "\"sens");

    assertThat(project.run("check").lines())
        .hasSize(2)
        .allMatch(line -> line.contains("lacks \"autocomplete\""))
        .allMatch(line -> line.endsWith("\"off\" for what is only this form's)"));
  }

  @Test
  void whatIsNotInUtf8IsTold() throws IOException {
    Files.write(
        folder.resolve("shared/forms/feedback.json"),
        project.read("forms/feedback.json").getBytes(Charset.forName("GBK")));

    assertThat(project.run("check").lines())
        .containsExactly(
            "shared/forms/feedback.json:4: this is no JSON: the file is not in UTF-8: save it with"
                + " that encoding");
  }

  @Test
  void twoFormsThatCallAPurposeDifferentlyAreTold() throws IOException {
    project.change(
        "forms/contact.json",
        "\"purpose\": \"marketing\",",
        "\"purpose\": \"marketing\", \"label\": {\"en\": \"Ads\", \"zh\": \"A\", \"de\": \"Werbung\"},");

    assertThat(project.run("check").lines())
        .singleElement()
        .asString()
        .startsWith("shared/forms/newsletter.json:")
        .contains("calls the purpose \"marketing\" otherwise than shared/forms/contact.json does");
  }

  /** Whatever stands in the place of a member: it is right, or told in its own file. */
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "forms/contact.json",
        "forms/privacy.json",
        "forms/newsletter.json",
        "forms/business.json",
        "forms/published/wordings.json",
        "targets/sales.json"
      })
  void noMemberOfAFileBreaksTheCheck(String path) throws IOException {
    project.add("sales.json", "targets/sales.json");
    JsonNode good = JSON.readTree(project.read(path));
    for (String pointer : pointers("", good).toList()) {
      for (String other : List.of("null", "\"\"", "[{}]")) {
        project.write(path, replaced(good, JsonPointer.compile(pointer), other).toString());

        assertThat(project.run("deploy").lines())
            .as("%s of %s is %s", pointer, path, other)
            .allMatch(line -> line.matches("shared/[a-z/]+\\.json:[0-9]+: [^\n]+"))
            .noneMatch(line -> line.contains("io.vestibule") || line.contains("com.fasterxml"));
      }
    }
  }

  private static Stream<String> pointers(String at, JsonNode node) {
    var inside =
        node.isArray()
            ? IntStream.range(0, Math.min(node.size(), 2))
                .boxed()
                .flatMap(item -> pointers(at + "/" + item, node.get(item)))
            : node.propertyStream()
                .flatMap(it -> pointers(at + "/" + Source.escaped(it.getKey()), it.getValue()));
    return at.isEmpty() ? inside : Stream.concat(Stream.of(at), inside);
  }

  private static JsonNode replaced(JsonNode good, JsonPointer at, String other) throws IOException {
    JsonNode bad = good.deepCopy();
    JsonNode in = bad.at(at.head());
    if (in instanceof ArrayNode array) {
      array.set(at.last().getMatchingIndex(), JSON.readTree(other));
    } else {
      ((ObjectNode) in).set(at.last().getMatchingProperty(), JSON.readTree(other));
    }
    return bad;
  }

  /** What a rule means is said beside it, where editors show it too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "forms/schema/form.schema.json",
        "forms/schema/business.schema.json",
        "targets/schema/target.schema.json"
      })
  void eachPatternAndEachChoiceOfARulebookSaysWhatItMeans(String path) throws IOException {
    JsonNode rules = JSON.readTree(project.read(path));

    assertThat(nodes(rules).filter(rule -> rule.path("pattern").isTextual()))
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(rule.path("patternErrorMessage").asText()).isNotEmpty());
    assertThat(nodes(rules).filter(rule -> rule.has("anyOf") || rule.has("oneOf")))
        .allSatisfy(rule -> assertThat(rule.path("errorMessage").asText()).isNotEmpty());
  }

  private static Stream<JsonNode> nodes(JsonNode node) {
    return Stream.concat(Stream.of(node), node.valueStream().flatMap(DefinitionsTest::nodes));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<svg><script>alert(1)</script></svg>             | <script> is not a shape",
        "<svg><a href='#x'/></svg>                        | <a> is not a shape",
        "<svg onload='alert(1)'/>                         | has the script onload",
        "<svg><use href='https://evil.test/#x'/></svg>    | href leads out of the drawing",
        "<svg><path fill='url(https://evil.test)'/></svg> | fill leads out of the drawing",
        "<!DOCTYPE svg><svg/>                             | is no plain SVG",
        "<svg><style>@import 'x'</style></svg>            | <style> is not a shape",
      })
  void aLogoThatDoesMoreThanBeingSeenIsRefused(String svg, String sentence) throws IOException {
    project.write("forms/logo.svg", svg.replace('\'', '"'));

    assertThat(project.run("check").lines())
        .anyMatch(
            line ->
                line.startsWith("shared/forms/business.json:12: logo: ")
                    && line.contains(sentence));
  }

  @Test
  void whiteAndBlackAreAsFarApartAsCanBeAndAMixIsChromiums() {
    assertThat(Contrast.between("#ffffff", "#000000")).isEqualTo(21);
    assertThat(Contrast.lightened("#1f5d4c", 0.62)).isEqualTo("#a9bfb7");
  }
}
