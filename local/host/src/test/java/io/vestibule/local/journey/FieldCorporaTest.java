package io.vestibule.local.journey;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.EntryNumber;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import io.vestibule.local.corpus.Corpus;
import io.vestibule.local.corpus.Dice;
import io.vestibule.local.corpus.Sample;
import io.vestibule.local.corpus.Sample.Expected;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What people, programs and bots send, by thousands and all the way: posted at the door, mailed,
 * pressed, stored and copied. Each is kept as the documents say, or refused by the name of what is
 * wrong; nothing makes a function fail, and nothing that was taken cannot be read later.
 */
class FieldCorporaTest extends Journey {

  /** Of each corpus; a build has fewer: {@code -Dvestibule.samples=2000}. */
  private static final int SAMPLES = Integer.getInteger("vestibule.samples", 8);

  private static final long SEED = Long.getLong("vestibule.seed", 1);

  /** Samples of one person: they are entries of one copy. */
  private static final int PER_PERSON = 20;

  private final Map<String, Integer> outcomes = new TreeMap<>();

  @Override
  protected Map<String, String> parameters() {
    return Map.of(
        "MailsPerMailboxAndDay",
        "1000",
        "MailsPerDomainAndDay",
        "1000",
        "MailsPerFormAndHour",
        "1000000");
  }

  @ParameterizedTest
  @EnumSource
  void everySampleIsKeptAsDocumentedOrRefusedByName(Corpus corpus) throws Exception {
    outcomes.clear();
    var dice = new Dice(SEED);
    for (int done = 0; done < SAMPLES; done += PER_PERSON) {
      var name = "ada@%s-%d.example.net".formatted(corpus.name().toLowerCase(Locale.ROOT), done);
      goAllTheWay(corpus.of(dice, name.replace('_', '-'), Math.min(PER_PERSON, SAMPLES - done)));
    }
    System.out.printf("%s, from seed %d: %s%n", corpus, SEED, outcomes);
    assertThat(outcomes).containsKey("kept");
    assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(SAMPLES);
  }

  /** Posts all, so that none waits for another, and then follows what was taken. */
  private void goAllTheWay(List<Sample> samples) throws Exception {
    var taken = new LinkedHashMap<String, Sample>();
    for (var sample : samples) {
      var answer =
          new Stranger(host)
              .posts(
                  "/forms/contact",
                  sample.body().type(),
                  sample.body().bytes(),
                  "Accept: application/json");
      switch (sample.expected()) {
        case Expected.Kept _ -> taken.put(idOf(answer, sample), sample);
        case Expected.Held _ -> isHeld(idOf(answer, sample), sample);
        case Expected.Refused(var names) -> isRefused(answer, names, sample);
      }
    }
    host.drain(LIMIT);
    press(taken);
    host.drain(LIMIT);
    for (var id : taken.keySet()) {
      assertThat(tables.status(id)).as("%s", taken.get(id)).isEqualTo("DONE");
    }
    areOnTheCopies(taken);
  }

  private String idOf(Stranger.Answer answer, Sample sample) throws Exception {
    assertThat(answer.status()).as("%s%n%s", answer.body(), sample).isEqualTo(202);
    return Json.MAPPER.readTree(answer.body()).path("id").asText();
  }

  private void isHeld(String id, Sample sample) throws Exception {
    host.drain(LIMIT);
    assertThat(tables.status(id)).as("%s", sample).isEqualTo("HELD spam");
    count("held");
  }

  private void isRefused(Stranger.Answer answer, Set<String> names, Sample sample)
      throws Exception {
    assertThat(answer.status()).as("%s%n%s", answer.body(), sample).isBetween(400, 499);
    var errors = Json.MAPPER.readTree(answer.body()).path("errors");
    assertThat(errors.findValuesAsText("pointer"))
        .as("%s%n%s", answer.body(), sample)
        .containsExactlyInAnyOrderElementsOf(names.stream().map(it -> "/" + it).toList());
    count("refused");
  }

  private void count(String outcome) {
    outcomes.merge(outcome, 1, Integer::sum);
  }

  private void press(Map<String, Sample> taken) throws Exception {
    var people = new HashMap<String, Person>();
    for (var sample : taken.entrySet()) {
      var person = people.computeIfAbsent(sample.getValue().email(), it -> new Person(host, it));
      var page = person.presses(person.link(sample.getKey()));
      assertThat(page.statusCode()).as("%s", sample.getValue()).isLessThan(400);
    }
  }

  /** Everybody asks for their copy: all that they sent is on it, each by its number. */
  private void areOnTheCopies(Map<String, Sample> taken) throws Exception {
    var emails = taken.values().stream().collect(groupingBy(Sample::email, counting()));
    var told = new HashMap<String, Map<String, String>>();
    for (var email : emails.keySet()) {
      var access = Requests.asked(this, new Person(host, email), "access");
      var entries = Json.MAPPER.readTree(access.file("copy.json").body()).path("entries");
      assertThat(entries).hasSize(Math.toIntExact(emails.get(email)));
      entries.forEach(it -> told.put(it.path("number").asText(), values(it.path("fields"))));
    }
    taken.forEach(
        (id, sample) -> {
          var number = EntryNumber.of(new RowId(id)).value();
          assertThat(sample.expected())
              .as("%s", sample)
              .isEqualTo(new Expected.Kept(told.getOrDefault(number, Map.of())));
          count("kept");
        });
  }

  private static Map<String, String> values(JsonNode fields) {
    return fields.propertyStream().collect(toMap(Map.Entry::getKey, it -> it.getValue().asText()));
  }
}
