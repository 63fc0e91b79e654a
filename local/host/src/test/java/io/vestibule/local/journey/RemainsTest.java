package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import io.vestibule.local.journey.Traces.Trace;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Everything that still leads to somebody erased is where their receipt says. */
class RemainsTest extends Journey {

  private static final Pattern MAILBOX = Pattern.compile("mailbox=([^,\\]]+)");

  /** What the receipt tells by words of its own, and where that is. */
  private static final Map<String, String> NAMED =
      Map.of("NUMBER", "erasures", "MARKER", "mail-limits", "RECOVERABLE_KEY", "identities");

  @Override
  protected Map<String, String> parameters() {
    return Map.of(
        "StaffSignIn", "oidc",
        "StaffMail", "desk@business.example",
        "MailsPerMailboxAndDay", "20");
  }

  @Test
  void whatStillNamesSomebodyErasedIsWhereTheReceiptSays() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("company", "Analytical Engines"));
    var customerId = new Records(host).customerId(ada.address);
    new Staff(host, "agent").get("/staff/customers/" + customerId);
    var known = Set.of(customerId, new Records(host).emailIndex(ada.address), mailbox(ada));

    var request = Requests.asked(this, ada, "erase").woken();
    host.drain(LIMIT);

    var receipt = Json.MAPPER.readTree(request.file("receipt.json").body());
    var said = new TreeSet<>(receipt.path("remainsIn").findValuesAsText("where"));
    receipt
        .path("remains")
        .findValuesAsText("what")
        .forEach(what -> said.add(NAMED.getOrDefault(what, what)));
    var found =
        new Traces(host)
            .everything().stream()
                .filter(trace -> names(trace, known))
                .map(RemainsTest::place)
                .collect(Collectors.toCollection(TreeSet::new));
    new Backups(host).returns("DeadlineFunction", Map.of());
    assertThat(new Traces(host).everything())
        .as("what is kept of the request")
        .filteredOn(trace -> names(trace, Set.of(request.id())))
        .extracting(RemainsTest::place)
        .contains("audit");
    assertThat(found)
        .contains("audit", "erasures", "mail-limits", "recipients", "requests", "streams");
    assertThat(said).containsAll(found);
    assertThat(request.page().body())
        .contains(
            "The record of what was done about you",
            "for three years what your request was",
            "The database’s list of its latest");
  }

  private static String mailbox(Person person) throws Exception {
    var tags = MAILBOX.matcher(person.newestMail().headers().toString());
    assertThat(tags.find()).isTrue();
    return tags.group(1);
  }

  private static boolean names(Trace trace, Set<String> known) {
    var content = new String(trace.content(), ISO_8859_1);
    return known.stream().anyMatch(content::contains);
  }

  /** The ledger keeps the number out of restores, as the table of erasures does. */
  private static String place(Trace trace) {
    var where = trace.where();
    if (where.startsWith("table ")) {
      return where.substring("table ".length(), where.indexOf(','));
    }
    if (where.contains("stream")) {
      return "streams";
    }
    return where.startsWith("object ledger/") ? "erasures" : where;
  }
}
